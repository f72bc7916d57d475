/** A part of a bench in a thread of its own, so that it does not wait for the rest. */
import { Worker } from 'node:worker_threads';

/** @returns its first message, and the thread; rejects when it breaks before */
export function thread<Word>(file: string, workerData?: unknown): Promise<{ worker: Worker; word: Word }> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(file), { workerData });
    worker.once('error', failed);
    worker.once('message', (word: Word) => done({ worker, word }));
  });
}

/** Asks a thread that answers every message with one. */
export const askThread = <Word>(worker: Worker): Promise<Word> =>
  new Promise((told) => {
    worker.once('message', told);
    worker.postMessage('?');
  });
