import type { Method } from './contract.ts';
import type { Job } from './job.ts';
import { drawLegacy } from './legacy.ts';
import { spreadNash } from './nash.ts';
import { expectedCounts } from './panels.ts';
import type { PanelSet, TypeLottery } from './panels.ts';
import type { Pricer } from './pricing.ts';
import type { PanelProblem } from './problem.ts';
import { ATTAINED, Projector } from './projecting.ts';
import type { Projection } from './projecting.ts';
import type { Random } from './random.ts';
import type { Solver } from './solver.ts';
import { Stages } from './staging.ts';
import type { Staged } from './staging.ts';
import { relaxedLeximin } from './target.ts';
import type { Target } from './target.ts';

/** What a method gives: a lottery over compositions, and what is proven about it. */
export interface Spread {
  readonly method: Method;
  readonly lottery: TypeLottery;
  readonly bound: number;
  readonly finished: boolean;
  readonly shortfall?: number;
  readonly geometricMeanBound?: number;
  readonly work: Readonly<Record<string, number>>;
}

export interface Workshop {
  readonly solver: Solver;
  readonly problem: PanelProblem;
  readonly pricer: Pricer;
  readonly panels: PanelSet;
  /** Whether every type that is on some panel is on one of these. */
  readonly proven: boolean;
  readonly random: Random;
  readonly job: Job;
}

/** Maximin and Nash start from panels whose average is this near to the leximin target, as a share of z. */
const NEAR = 0.02;

/** Runs a method on a pool whose types are covered. */
export function spread(method: Method, shop: Workshop): Promise<Spread> {
  if (method === 'leximin') return spreadLeximin(shop);
  if (method === 'maximin') return spreadMaximin(shop);
  if (method === 'nash') return nash(shop);
  return legacy(shop);
}

interface Approach extends Projection {
  readonly target: Target | undefined;
  readonly projector: Projector;
}

/** Towards the leximin of the relaxation, from panels that are as good for every other method to start with. */
async function approach(shop: Workshop, near: number): Promise<Approach> {
  const { solver, problem, pricer, panels, job } = shop;
  const projector = new Projector(problem, pricer, panels);
  job.report('target', 'Finding the fairest chances of the relaxation', { panels: panels.list.length });
  await job.breathe();
  const target = relaxedLeximin(solver, problem, panels.covered, shop.proven);
  if (!target) return { target, projector, kind: 'stalled', shortfall: Infinity };
  const enough = Math.max(ATTAINED, near * target.lowest);
  return { target, projector, ...(await projector.towards(target.counts, target.lowest, job, enough)) };
}

async function spreadLeximin(shop: Workshop): Promise<Spread> {
  const near = await approach(shop, 0);
  const bound = near.target?.lowest ?? 1;
  const work = { levels: near.target?.levels ?? 0 };
  if (near.kind === 'attained') {
    const { lottery } = near.projector;
    return { method: 'leximin', lottery, bound, finished: true, shortfall: near.shortfall, work };
  }
  if (near.kind === 'stopped') return stoppedEarly(shop, near, bound, work);
  const staged = await stages(shop, true, bound, near.projector.lottery);
  const shortfall = staged.finished ? { shortfall: 1e-5 } : {};
  return { method: 'leximin', ...staged, ...shortfall, work: { ...work, stages: staged.levels } };
}

/** At the limit: the nearest lottery so far, or the maximin one of the known panels where that is clearly better. */
async function stoppedEarly(
  shop: Workshop,
  near: Approach,
  bound: number,
  work: Readonly<Record<string, number>>,
): Promise<Spread> {
  const { lottery } = near.projector;
  const known = { method: 'leximin' as const, bound, finished: false, work };
  const lowest = lowestOf(shop, lottery);
  if (lowest >= 0.8 * bound) return { ...known, lottery, shortfall: near.shortfall };
  const staged = await stages(shop, false, bound, lottery);
  if (staged.lowest <= lowest) return { ...known, lottery, shortfall: near.shortfall };
  return { ...known, lottery: staged.lottery };
}

async function spreadMaximin(shop: Workshop): Promise<Spread> {
  const near = await approach(shop, NEAR);
  const staged = await stages(shop, false, near.target?.lowest ?? 1, near.projector.lottery);
  return { method: 'maximin', ...staged, work: { levels: staged.levels } };
}

/** The stages; should the solver give up on the very first programme, the lottery so far stands. */
async function stages(shop: Workshop, all: boolean, bound: number, sofar: TypeLottery): Promise<Staged> {
  const run = new Stages(shop.solver, shop.problem, shop.pricer, shop.panels);
  try {
    const staged = await run.run(all, bound, shop.job);
    const empty = staged.lottery.weights.every((x) => x < 1e-6);
    return empty ? { ...staged, lottery: sofar, finished: false } : staged;
  } finally {
    run.dispose();
  }
}

async function nash(shop: Workshop): Promise<Spread> {
  const near = await approach(shop, NEAR);
  const result = await spreadNash(shop, near.projector.lottery);
  return {
    method: 'nash',
    lottery: result.lottery,
    bound: near.target?.lowest ?? 1,
    finished: result.finished,
    geometricMeanBound: result.geometricMeanBound,
    work: { rounds: result.rounds },
  };
}

async function legacy(shop: Workshop): Promise<Spread> {
  const target = relaxedLeximin(shop.solver, shop.problem, shop.panels.covered, shop.proven);
  const drawn = await drawLegacy(shop);
  return {
    method: 'legacy',
    lottery: drawn.lottery,
    bound: target?.lowest ?? 1,
    finished: drawn.finished,
    work: { draws: drawn.draws, failures: drawn.failures },
  };
}

/** The lowest chance of anyone who is on some panel. */
export function lowestOf(shop: Pick<Workshop, 'problem' | 'panels'>, lottery: TypeLottery): number {
  const { people } = shop.problem;
  const counts = expectedCounts(lottery, people.length);
  return people.reduce((low, n, t) => (shop.panels.covered[t] ? Math.min(low, counts[t]! / n) : low), 1);
}
