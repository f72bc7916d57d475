/** What Node itself can do on this machine right now: a bare server that answers the same bytes from memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { thread } from './thread.ts';

/** @returns the port of a bare server, in a thread of its own, and how to stop it */
export async function bareServer(bytes: number): Promise<{ port: number; stop: () => Promise<unknown> }> {
  const { worker, word: port } = await thread<number>(import.meta.url, { bytes });
  return { port, stop: () => worker.terminate() };
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
