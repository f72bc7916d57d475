/**
 * Measures the map: `node --expose-gc packages/opinions/bench/bench.ts` (npm script `bench`). Each case is run
 * five times; the median is what counts, the slowest is shown.
 */
import { existsSync } from 'node:fs';
import { readInput } from '../src/files.ts';
import { begin, map, update } from '../src/index.ts';
import type { Options, Vote } from '../src/index.ts';
import { syntheticVotes } from './synthetic.ts';

const DATA = new URL('../../../../shared/data/opinions/', import.meta.url).pathname;
const lines: string[] = [];

function time(name: string, limit: number | null, run: () => void, rounds = 5): void {
  const took = Array.from({ length: rounds }, () => {
    const from = performance.now();
    run();
    return performance.now() - from;
  }).sort((a, b) => a - b);
  const median = took[Math.floor(rounds / 2)]!;
  const against = limit === null ? '' : `${(median / limit).toFixed(2)} of ${limit} ms`;
  lines.push(
    [
      name.padEnd(52),
      `${median.toFixed(0)} ms`.padStart(9),
      `${took.at(-1)!.toFixed(0)} ms`.padStart(9),
      against,
    ].join('  '),
  );
}

function memory(run: () => unknown): string {
  const collect = globalThis.gc;
  if (!collect) return 'run with --expose-gc to see memory';
  collect();
  const before = process.memoryUsage();
  const kept = run();
  const after = process.memoryUsage();
  collect();
  const settled = process.memoryUsage();
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const sum = ({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage) => heapUsed + arrayBuffers;
  return `kept ${mb(sum(settled) - sum(before))}, in use before collection ${mb(sum(after) - sum(before))}, process ${mb(after.rss)}${kept ? '' : ' '}`;
}

function conversation(name: string): void {
  if (!existsSync(DATA + name)) {
    lines.push(`${name}: left out, no data at ${DATA}`);
    return;
  }
  const { votes, statements } = readInput(DATA + name);
  const options: Options = { statements };
  time(`${name} (${votes.length} votes)`, null, () => map(votes, options));
}

const large: Vote[] = syntheticVotes(5_000, 500, 500_000);
const middling: Vote[] = syntheticVotes(2_031, 896, 225_000);
const old = large.slice(0, -100);
const fresh = large.slice(-100);
lines.push(`${''.padEnd(52)}  ${'median'.padStart(9)}  ${'slowest'.padStart(9)}`);
time(`5,000 × 500, ${large.length} votes, from nothing`, 2_000, () => map(large));
const state = begin(old);
time('the same, 100 new votes', 200, () => update(state, fresh));
time('2,031 × 896, 225,000 votes, from nothing', 1_000, () => map(middling));
conversation('vtaiwan.uberx');
conversation('scoop-hivemind.biodiversity');
conversation('brexit-consensus');
lines.push(`memory of a state of ${large.length} votes: ${memory(() => begin(large))}`);
process.stdout.write(`${lines.join('\n')}\n`);
