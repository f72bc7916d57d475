import { describe, expect, it } from 'vitest';
import type { Progress } from './contract.ts';
import { drawLottery } from './lottery.ts';
import { plantedPool } from './testing.ts';
import { drawInWorker } from './thread.ts';

const small = plantedPool({ people: 30, size: 6, categories: [2, 3], slack: 1 }, 4)!;
const large = plantedPool({ people: 700, size: 60, categories: [3, 5, 6, 4, 4], slack: 0 }, 4)!;

describe('a lottery in a thread of its own', () => {
  it('gives what the same call gives here', async () => {
    const [there, here] = [await drawInWorker(small, { seed: 9 }), await drawLottery(small, { seed: 9 })];
    if (there.kind !== 'drawn' || here.kind !== 'drawn') throw new Error('not drawn');
    expect(there.panels).toEqual(here.panels);
    expect(there.chances).toEqual(here.chances);
  });

  it('tells how far it is, and stops when asked, with a valid lottery and its bound', async () => {
    const stop = new AbortController();
    const heard: Progress[] = [];
    const outcome = await drawInWorker(large, {
      seed: 1,
      signal: stop.signal,
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.stage === 'panels') stop.abort();
      },
    });
    if (outcome.kind !== 'drawn') throw new Error(outcome.kind);
    expect(outcome.finished).toBe(false);
    expect(outcome.stoppedBy).toBe('stop');
    expect(outcome.bound).toBeGreaterThanOrEqual(outcome.lowest);
    expect(outcome.panels).toHaveLength(1000);
    expect(heard.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['feasibility', 'panels', 'done']),
    );
  });

  it('gives mistakes as an outcome', async () => {
    const outcome = await drawInWorker({ ...small, size: 0 });
    expect(outcome.kind).toBe('invalid');
  });
});
