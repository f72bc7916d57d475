/**
 * A load generator in a thread of its own: raw keep-alive connections from many loopback addresses (one address
 * would rightly be told "too many"), each sending its next request when the answer to the last is whole, or several
 * at once where `pipelining` says so. It reads lengths and chunks, counts statuses and notes how long each took.
 */
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { count, firstAnswer, type Times, timesOf } from './answers.ts';
import { thread } from './thread.ts';

export type Hammering = {
  port: number;
  paths: string[];
  connections: number;
  seconds: number;
  /** requests under way on one connection (default 1) */
  pipelining?: number;
  headers?: Record<string, string>;
  /** requests offered a second over all connections; then times count from when each was due, waiting included */
  rate?: number;
};
export type Hammered = Times & {
  perSecond: number;
  total: number;
  statuses: Record<string, number>;
  bytesPerAnswer: number;
};

type Tally = { times: number[]; statuses: Record<string, number>; bytes: number; counting: boolean };

function connection(it: Hammering, index: number, tally: Tally, path: () => string): Socket {
  const headers = { host: `127.0.0.1:${it.port}`, 'accept-encoding': 'gzip', ...it.headers };
  const tail = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const socket = connect({
    port: it.port,
    host: '127.0.0.1',
    localAddress: `127.0.${1 + (index >> 8)}.${1 + (index % 250)}`,
  });
  socket.setNoDelay(true);
  const sent: number[] = [];
  let data: Buffer = Buffer.alloc(0);
  const write = (since: number) => {
    if (socket.destroyed) return;
    sent.push(since);
    socket.write(`GET ${path()} HTTP/1.1\r\n${tail}\r\n`);
  };
  const apart = it.rate ? (1_000 * it.connections) / it.rate : 0;
  let due = performance.now() + apart * (index / it.connections);
  const send = () => {
    if (!apart) return write(performance.now());
    const mine = due;
    due += apart;
    const early = mine - performance.now();
    if (early <= 0) write(mine);
    // timers may fire a little early: then it counts from when it was sent
    else setTimeout(() => write(Math.min(mine, performance.now())), early);
  };
  socket.on('connect', () => {
    for (let n = 0; n < (it.pipelining ?? 1); n++) send();
  });
  socket.on('data', (chunk: Buffer) => {
    data = data.length ? Buffer.concat([data, chunk]) : chunk;
    for (let answer = firstAnswer(data); answer; answer = firstAnswer(data)) {
      const began = sent.shift() ?? 0;
      if (tally.counting) {
        tally.times.push(performance.now() - began);
        count(tally.statuses, answer.status);
        tally.bytes += answer.end;
      }
      data = data.subarray(answer.end);
      send();
    }
  });
  socket.on('error', () => count(tally.statuses, 'broken'));
  return socket;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function run(it: Hammering): Promise<Hammered> {
  let next = 0;
  const path = () => it.paths[next++ % it.paths.length] as string;
  const tally: Tally = { times: [], statuses: {}, bytes: 0, counting: false };
  const sockets = Array.from({ length: it.connections }, (_, index) => connection(it, index, tally, path));
  await wait(1_000);
  tally.counting = true;
  const began = performance.now();
  await wait(it.seconds * 1_000);
  tally.counting = false;
  const seconds = (performance.now() - began) / 1_000;
  for (const socket of sockets) socket.destroy();
  return {
    ...timesOf(tally.times),
    perSecond: tally.times.length / seconds,
    total: tally.times.length,
    statuses: tally.statuses,
    bytesPerAnswer: tally.bytes / Math.max(1, tally.times.length),
  };
}

/** Sends for one second to warm up, then for `seconds` and counts. */
export const hammer = async (it: Hammering): Promise<Hammered> =>
  (await thread<Hammered>(import.meta.url, it)).word;

if (!isMainThread && parentPort) parentPort.postMessage(await run(workerData as Hammering));
