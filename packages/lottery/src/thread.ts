import { Worker } from 'node:worker_threads';
import type { LotteryInput, LotteryOptions, LotteryOutcome, Progress } from './contract.ts';

/** What the worker is told, and what it says. */
export interface Order {
  readonly input: LotteryInput;
  readonly options: Pick<LotteryOptions, 'method' | 'seed' | 'timeLimit' | 'panels'>;
}
export type Word =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'outcome'; readonly outcome: LotteryOutcome };

/**
 * Runs the lottery in a worker thread of its own, so that the calling thread stays free. The options are those of
 * `drawLottery`; when the signal is aborted, the best lottery so far comes back with `stoppedBy: 'stop'`.
 * Rejects only when the thread breaks.
 */
export function drawInWorker(input: LotteryInput, options: LotteryOptions = {}): Promise<LotteryOutcome> {
  const { signal, onProgress, ...plain } = options;
  return new Promise((settle, reject) => {
    const order: Order = { input, options: plain };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    const stop = () => worker.postMessage('stop');
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    let settled = false;
    worker.on('message', (word: Word) => {
      if (word.kind === 'progress') return onProgress?.(word.progress);
      settled = true;
      settle(word.outcome);
      return undefined;
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      if (!settled) reject(new Error(`The lottery's thread ended with code ${code}.`));
    });
  });
}
