/**
 * A crowd in a thread of its own: keep-alive connections from many loopback addresses that each send their next POST
 * when the last was answered. Bodies are made by number, so that every request is somebody else.
 */
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export type Crowd = {
  port: number;
  path: string;
  connections: number;
  /** requests in all, or as many as fit into `seconds` */
  most: number;
  seconds: number;
  /** what is sent, with `{n}` where the number stands; in `path`, too */
  body: string;
  /** a form of a page instead of JSON, from our own origin */
  form?: boolean;
};
export type CrowdDid = {
  answered: number;
  perSecond: number;
  statuses: Record<string, number>;
  /** milliseconds */
  p50: number;
  p99: number;
  max: number;
};

const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

function run(it: Crowd): Promise<CrowdDid> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const until = began + it.seconds * 1_000;
  let next = 0;
  let open = it.connections;
  const ours = `host: 127.0.0.1:${it.port}\r\n`;
  const head = it.form
    ? `${ours}origin: http://127.0.0.1:${it.port}\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n`
    : `${ours}content-type: application/json\r\n`;
  return new Promise((done) => {
    const end = (socket: Socket) => {
      socket.destroy();
      open -= 1;
      if (open > 0) return;
      const seconds = (performance.now() - began) / 1_000;
      const sorted = Float64Array.from(times).sort();
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      const answered = times.length;
      done({ answered, perSecond: answered / seconds, statuses, p50: at(0.5), p99: at(0.99), max: at(1) });
    };
    for (let index = 0; index < it.connections; index++) {
      const localAddress = `127.0.${1 + (index >> 7)}.${1 + (index & 127)}`;
      const socket = connect({ port: it.port, host: '127.0.0.1', localAddress });
      socket.setNoDelay(true);
      let sent = 0;
      let data: Buffer = Buffer.alloc(0);
      const send = () => {
        if (next >= it.most || performance.now() >= until) return end(socket);
        const number = String(next++);
        const body = it.body.replaceAll('{n}', number);
        const path = it.path.replaceAll('{n}', number);
        sent = performance.now();
        socket.write(
          `POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.on('connect', send);
      socket.on('data', (chunk: Buffer) => {
        data = data.length ? Buffer.concat([data, chunk]) : chunk;
        const head = data.indexOf(END);
        if (head < 0) return;
        const text = data.toString('latin1', 0, head).toLowerCase();
        const length = /content-length: (\d+)/.exec(text)?.[1];
        const last = length ? -1 : data.indexOf(LAST_CHUNK, head);
        if (!length && last < 0) return;
        const whole = length ? head + 4 + Number(length) : last + LAST_CHUNK.length;
        if (data.length < whole) return;
        data = data.subarray(whole);
        times.push(performance.now() - sent);
        const status = text.slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        send();
      });
      socket.on('error', () => {
        statuses['broken'] = (statuses['broken'] ?? 0) + 1;
        end(socket);
      });
    }
  });
}

/** Sends until `most` were answered or the seconds are over. */
export function crowd(it: Crowd): Promise<CrowdDid> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: it });
    worker.once('message', done);
    worker.once('error', failed);
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(await run(workerData as Crowd));
