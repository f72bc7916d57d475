import { parentPort, workerData } from 'node:worker_threads';
import { drawLottery } from './lottery.ts';
import type { Order, Word } from './thread.ts';

/** The thread of one lottery; `drawInWorker` starts it. Any message means: stop, and give what you have. */
const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread, started by drawInWorker.');
const say = (word: Word) => port.postMessage(word);
const controller = new AbortController();
port.once('message', () => controller.abort());
const { input, options } = workerData as Order;
const outcome = await drawLottery(input, {
  ...options,
  signal: controller.signal,
  onProgress: (progress) => say({ kind: 'progress', progress }),
});
say({ kind: 'outcome', outcome });
port.close();
