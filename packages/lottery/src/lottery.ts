import { explainImpossible, whyUncoverable } from './changing.ts';
import { checkInput } from './checking.ts';
import type { Pool } from './checking.ts';
import type { Drawn, LotteryInput, LotteryOptions, LotteryOutcome } from './contract.ts';
import { figuresOf } from './figures.ts';
import { groupPeople } from './grouping.ts';
import type { Grouped } from './grouping.ts';
import { Job } from './job.ts';
import { spread } from './methods.ts';
import type { Spread } from './methods.ts';
import { PanelSet, coverTypes, expectedCounts, tidyLottery } from './panels.ts';
import { Pricer } from './pricing.ts';
import { realRandom, seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { roundLottery } from './rounding.ts';
import { sharePlaces } from './sharing.ts';
import { loadSolver } from './solver.ts';
import type { Solver } from './solver.ts';

/** Roundings drawn again before the best of them is taken. */
const MOST_REDRAWS = 100;

/**
 * Draws a fair lottery over panels. Never throws for anything in the input: mistakes, impossible quotas and limits
 * are outcomes. Chances add up to the size of the panel over those who are on some panel; the others are named.
 */
export async function drawLottery(
  input: LotteryInput,
  options: LotteryOptions = {},
): Promise<LotteryOutcome> {
  const { pool, mistakes } = checkInput(input);
  if (!pool) return { kind: 'invalid', mistakes };
  const job = new Job(options);
  const solver = await loadSolver();
  const random = options.seed === undefined ? realRandom() : seededRandom(options.seed);
  const grouped = groupPeople(pool);
  const { problem } = grouped;
  const pricer = new Pricer(solver, problem);
  try {
    const panels = new PanelSet(problem.people.length);
    const covering = await job.time('coverage', () => coverTypes(problem, pricer, panels, job));
    if (covering === 'impossible') return explainImpossible(solver, pool, grouped);
    if (panels.list.length === 0) {
      const reason = `No panel was found before the ${job.stoppedBy() ?? 'time limit'}, and none was ruled out.`;
      return { kind: 'nothing', reason };
    }
    const proven = covering === 'covered';
    const shop = { solver, problem, pricer, panels, proven, random, job, rounds: options.panels ?? 1000 };
    const found = await job.time('lottery', () => spread(options.method ?? 'leximin', shop));
    const result = { ...found, finished: found.finished && proven };
    const drawn = await job.time('rounding', () => finish(pool, grouped, result, panels.covered, shop));
    const uncoverable = await job.time('reasons', () =>
      covering === 'covered'
        ? nameUncoverable(solver, pool, grouped, panels, job)
        : nameUnproven(pool, grouped, panels),
    );
    const work = { ...result.work, panels: panels.list.length, ...pricer.count };
    job.report('done', 'Done', { panels: panels.list.length, lowest: drawn.lowest, bound: drawn.bound });
    return { ...drawn, uncoverable, seconds: { ...job.seconds, total: job.elapsed() }, work };
  } finally {
    pricer.dispose();
  }
}

type Finished = Omit<Drawn, 'uncoverable' | 'seconds' | 'work'>;

/** From a lottery over compositions to equal panels of people, with everyone's chance. */
function finish(
  pool: Pool,
  grouped: Grouped,
  result: Spread,
  covered: Uint8Array,
  { rounds: panels, random, job }: { rounds: number; random: Random; job: Job },
): Finished {
  const { people } = grouped.problem;
  const lottery = tidyLottery(result.lottery);
  const counts = expectedCounts(lottery, people.length);
  const chances = grouped.typeOf.map((t) => counts[t]! / people[t]!);
  job.report('rounding', `Rounding to ${panels} equal panels`, { panels: lottery.panels.length });
  const rounded = roundWithin(grouped, lottery, chances, panels, random);
  const reached = chances.filter((_, i) => covered[grouped.typeOf[i]!]);
  const figures = figuresOf(reached);
  const stoppedBy = result.finished ? undefined : job.stoppedBy();
  return {
    kind: 'drawn',
    method: result.method,
    finished: result.finished,
    ...(stoppedBy ? { stoppedBy } : {}),
    lowest: figures.lowest,
    bound: Math.max(result.bound, figures.lowest),
    ...(result.shortfall === undefined ? {} : { shortfall: result.shortfall }),
    ...(result.geometricMeanBound === undefined ? {} : { geometricMeanBound: result.geometricMeanBound }),
    figures,
    chances: pool.people.map((person, i) => ({
      id: person.id,
      chance: chances[i]!,
      count: rounded.counts[i]!,
    })),
    panels: rounded.lists.map((list) => list.map((i) => pool.people[i]!.id)),
    types: people.length,
    support: lottery.panels.length,
    largestShift: rounded.shift,
    redraws: rounded.redraws,
    randomness: random.real
      ? 'the operating system’s cryptographic generator (node:crypto); nobody can repeat this draw'
      : 'a seed (xoroshiro128+); the same seed and files give the same panels',
  };
}

/** Rounds, and draws the rounding again in the rare case that someone's chance shifts by more than k/panels. */
function roundWithin(
  grouped: Grouped,
  lottery: Parameters<typeof roundLottery>[0],
  chances: readonly number[],
  panels: number,
  random: Random,
) {
  let best: { lists: number[][]; counts: Int32Array; shift: number; redraws: number } | undefined;
  for (let redraws = 0; redraws <= MOST_REDRAWS; redraws++) {
    const lists = sharePlaces(grouped, roundLottery(lottery, panels, random), random);
    const counts = new Int32Array(chances.length);
    for (const list of lists) for (const i of list) counts[i]!++;
    const shift = chances.reduce(
      (most, chance, i) => Math.max(most, Math.abs(counts[i]! / panels - chance)),
      0,
    );
    if (!best || shift < best.shift) best = { lists, counts, shift, redraws };
    if (shift <= grouped.problem.size / panels) return best;
  }
  return { ...best!, redraws: MOST_REDRAWS };
}

/** Those on no panel, each with the reason; one reason a type. */
async function nameUncoverable(solver: Solver, pool: Pool, grouped: Grouped, panels: PanelSet, job: Job) {
  const reasons = new Map<number, string>();
  const named: { id: string; reason: string }[] = [];
  for (const [i, t] of grouped.typeOf.entries()) {
    if (panels.covered[t]) continue;
    await job.breathe();
    const reason = reasons.get(t) ?? whyUncoverable(solver, pool, grouped, t);
    reasons.set(t, reason);
    named.push({ id: pool.people[i]!.id, reason });
  }
  return named;
}

function nameUnproven(pool: Pool, grouped: Grouped, panels: PanelSet) {
  const reason = 'No panel with this person was found before the run ended, and none was ruled out.';
  return grouped.typeOf.flatMap((t, i) => (panels.covered[t] ? [] : [{ id: pool.people[i]!.id, reason }]));
}
