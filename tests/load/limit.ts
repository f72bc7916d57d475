/** What Node itself can do on this machine right now: a bare server that answers the same bytes from memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** @returns the port of a bare server, in a thread of its own, and how to stop it */
export function bareServer(bytes: number): Promise<{ port: number; stop: () => Promise<unknown> }> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { bytes } });
    worker.once('message', (port: number) => done({ port, stop: () => worker.terminate() }));
    worker.once('error', failed);
  });
}

if (!isMainThread && parentPort) {
  const body = Buffer.alloc((workerData as { bytes: number }).bytes, 'x');
  const headers = ['content-type', 'text/html', 'content-length', String(body.length)];
  const server = createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}
