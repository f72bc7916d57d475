/**
 * A load generator in a thread of its own: raw keep-alive connections from many loopback addresses (one address
 * would rightly be told "too many"), each sending its next request when the answer to the last is whole, or several
 * at once where `pipelining` says so. It reads lengths and chunks, counts statuses and notes how long each took.
 */
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

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
export type Hammered = {
  perSecond: number;
  total: number;
  statuses: Record<string, number>;
  /** milliseconds */
  p50: number;
  p95: number;
  p99: number;
  max: number;
  bytesPerAnswer: number;
};

const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** @returns where the first answer in `data` ends and its status, or null while it is not whole */
function firstAnswer(data: Buffer): { end: number; status: string } | null {
  const head = data.indexOf(END);
  if (head < 0) return null;
  const text = data.toString('latin1', 0, head).toLowerCase();
  const status = text.slice(9, 12);
  const length = /content-length: (\d+)/.exec(text);
  if (length) {
    const end = head + 4 + Number(length[1]);
    return data.length >= end ? { end, status } : null;
  }
  if (status === '304' || status === '204') return { end: head + 4, status };
  const last = data.indexOf(LAST_CHUNK, head);
  return last < 0 ? null : { end: last + LAST_CHUNK.length, status };
}

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
        tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1;
        tally.bytes += answer.end;
      }
      data = data.subarray(answer.end);
      send();
    }
  });
  socket.on('error', () => (tally.statuses['broken'] = (tally.statuses['broken'] ?? 0) + 1));
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
  const times = Float64Array.from(tally.times).sort();
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: times.length / seconds,
    total: times.length,
    statuses: tally.statuses,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    bytesPerAnswer: tally.bytes / Math.max(1, times.length),
  };
}

/** Sends for one second to warm up, then for `seconds` and counts. */
export function hammer(it: Hammering): Promise<Hammered> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: it });
    worker.once('message', done);
    worker.once('error', failed);
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(await run(workerData as Hammering));
