import { parseArgs } from 'node:util';
import type { LotteryInput, Method } from '../src/contract.ts';
import { drawLottery } from '../src/lottery.ts';
import { hasData, published } from '../src/testing.ts';
import { TIGHT, WIDE, makePool } from './pools.ts';
import type { BenchShape } from './pools.ts';

/**
 * Prints the figures of the README: `node packages/lottery/bench/figures.ts [--pool NAME] [--method M] [--limit S]
 * [--seed N] [--shared 0.3]`. Each line: time beside its goal, lowest chance, proven bound, their ratio, the
 * largest shift by rounding.
 */
const { values } = parseArgs({
  options: {
    pool: { type: 'string' },
    method: { type: 'string', default: 'leximin' },
    limit: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    shared: { type: 'string', default: '0' },
  },
});

interface Entry {
  readonly goal: number;
  readonly input: () => LotteryInput;
}

const made = (shape: BenchShape) => () =>
  makePool({ ...shape, shared: Number(values.shared) }, Number(values.seed));
const POOLS: Readonly<Record<string, Entry>> = {
  ...(hasData
    ? {
        example_small_20: { goal: 3, input: () => published('example_small_20').input },
        example_large_200: { goal: 3, input: () => published('example_large_200').input },
        sf_demo_22: { goal: 5, input: () => published('sf_demo_22').input },
        israel_wide_60: { goal: 10, input: () => published('israel_wide_60').input },
      }
    : {}),
  tight: { goal: 180, input: made(TIGHT) },
  wide: { goal: 300, input: made(WIDE) },
};

const say = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
say([
  'pool',
  'people',
  'types',
  'places',
  'method',
  'seconds',
  'goal',
  'finished',
  'lowest',
  'bound',
  'bound/z',
  'panels',
  'shift',
]);
say(new Array<string>(13).fill('---'));
for (const [name, { goal, input }] of Object.entries(POOLS)) {
  if (values.pool !== undefined && values.pool !== name) continue;
  const pool = input();
  const drawn = await drawLottery(pool, {
    method: values.method as Method,
    seed: Number(values.seed),
    timeLimit: Number(values.limit),
  });
  if (drawn.kind !== 'drawn') {
    say([name, String(pool.people.length), '', String(pool.size), values.method, drawn.kind]);
    continue;
  }
  say([
    name,
    String(pool.people.length),
    String(drawn.types),
    String(pool.size),
    drawn.method,
    (drawn.seconds['total'] ?? 0).toFixed(1),
    String(goal),
    drawn.finished ? 'yes' : (drawn.stoppedBy ?? 'no'),
    drawn.lowest.toFixed(6),
    drawn.bound.toFixed(6),
    (drawn.bound / drawn.lowest).toFixed(4),
    String(drawn.work['panels']),
    drawn.largestShift.toFixed(4),
  ]);
}
