/**
 * Loaded into a server before it starts (`node --import`): tells whoever started it what it holds, once with the
 * garbage and once without. Only the second says whether it keeps what it should let go.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MB = 1_024 * 1_024;
/** what ends only when the collection has told of it (sockets, buffers) goes with the next one */
const ROUNDS = 3;

/** Megabytes: what the system gives the process, and what of it something in JavaScript still holds. */
export type Held = { resident: number; held: number };

process.on('message', async () => {
  const { rss } = process.memoryUsage();
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    await new Promise((soon) => setTimeout(soon, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ resident: rss / MB, held: (heapUsed + external) / MB } satisfies Held);
});
// whoever listens here must not keep the server from stopping
process.channel?.unref();
