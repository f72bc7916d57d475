/** Many who only look: sockets in a thread of their own that watch one topic and count what they are told. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { askThread, thread } from './thread.ts';

type Watching = { port: number; topic: string; sockets: number };
export type Watchers = {
  open: number;
  /** how many messages they heard in all, and the highest total */
  heard: () => Promise<{ messages: number; total: number }>;
  stop: () => Promise<unknown>;
};
const AT_ONCE = 100;

async function watch({ port, topic, sockets }: Watching): Promise<void> {
  let messages = 0;
  let total = 0;
  let open = 0;
  const all: WebSocket[] = [];
  const one = (index: number) =>
    new Promise<void>((ready) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, {
        origin: `http://127.0.0.1:${port}`,
        localAddress: `127.0.${10 + (index >> 7)}.${1 + (index & 127)}`,
        perMessageDeflate: false,
      });
      socket.on('open', () => {
        open += 1;
        socket.send(JSON.stringify({ subscribe: { [topic]: null } }));
        ready();
      });
      socket.on('message', (raw: Buffer) => {
        messages += 1;
        const said = JSON.parse(raw.toString()) as { data?: { total?: number } };
        total = Math.max(total, said.data?.total ?? 0);
      });
      socket.on('error', () => ready());
      all.push(socket);
    });
  for (let begun = 0; begun < sockets; begun += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, sockets - begun) }, (_, n) => one(begun + n)));
  parentPort!.postMessage({ open });
  parentPort!.on('message', () => parentPort!.postMessage({ messages, total }));
}

/** Opens them all. @returns once each is open or has failed */
export async function watchers(it: Watching): Promise<Watchers> {
  const { worker, word } = await thread<{ open: number }>(import.meta.url, it);
  return { open: word.open, heard: () => askThread(worker), stop: () => worker.terminate() };
}

if (!isMainThread && parentPort) await watch(workerData as Watching);
