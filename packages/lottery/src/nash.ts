import type { Workshop } from './methods.ts';
import type { TypeLottery } from './panels.ts';

/** Stop when no panel's Σ 1/π exceeds the number of people by more than this share. */
const EPSILON = 2e-4;

export interface NashResult {
  readonly lottery: TypeLottery;
  readonly finished: boolean;
  readonly geometricMeanBound: number;
  readonly rounds: number;
}

/**
 * Makes the product of all chances as large as it can be. At the optimum Σ_{i∈P} 1/π_i ≤ n for every panel P, with
 * equality for those in use. Known panels share probability by multiplicative steps (Cover's algorithm, 1984:
 * x ← x·(Σ 1/π)/n, which never lowers the product), then by pairs, with Newton's step length; pricing with weights
 * 1/π finds the panel that breaks the condition most. By concavity the log of the geometric mean is within
 * (largest/n − 1) of the best, which is the bound given back.
 */
export async function spreadNash(shop: Workshop, start: TypeLottery): Promise<NashResult> {
  const { problem, panels, pricer, job } = shop;
  const balance = new Balance(problem.people, panels.covered);
  start.panels.forEach((panel, j) => balance.add(panel, 0.9 * start.weights[j]! + 0.1 / start.panels.length));
  let rounds = 0;
  let best = Infinity;
  let last = 1;
  let stale = false;
  for (;;) {
    rounds++;
    // While panels are missing it is idle to share out exactly among those there are.
    balance.settle(20, Math.max(0.1 * EPSILON, 0.1 * last));
    const { people, logMean } = balance;
    const weights = balance.prices();
    const rough = pricer.price(weights, { exact: stale, ...job.left });
    best = Math.min(best, logMean + Math.max(0, rough.bound / people - 1));
    const over = rough.bound / people - 1;
    last = Math.max(0, over);
    const text = `Largest Σ 1/π is ${(100 * over).toFixed(3)} % above the number of people`;
    job.report('panels', text, { panels: panels.list.length });
    await job.breathe();
    const finished = over <= EPSILON;
    const fresh = rough.panel !== undefined && panels.add(rough.panel);
    if (
      finished ||
      job.stoppedBy() ||
      (!fresh && balance.settled(EPSILON) && rough.value / people - 1 <= EPSILON)
    ) {
      return { lottery: balance.lottery, finished, geometricMeanBound: Math.exp(best), rounds };
    }
    stale = !fresh;
    if (fresh) balance.add(rough.panel!, 0);
  }
}

/** Probability shared among known panels, with the slope of Σ log π for each. */
class Balance {
  readonly people: number;
  readonly #size: Float64Array;
  readonly #panels: Int32Array[] = [];
  readonly #supports: Int32Array[] = [];
  readonly #x: number[] = [];
  #expected: Float64Array;

  constructor(people: readonly number[], covered: Uint8Array) {
    this.#size = Float64Array.from(people, (n, t) => (covered[t] ? n : 0));
    this.people = this.#size.reduce((sum, n) => sum + n, 0);
    this.#expected = new Float64Array(people.length);
  }

  get lottery(): TypeLottery {
    return { panels: [...this.#panels], weights: [...this.#x] };
  }

  /** The mean of log π over the people. */
  get logMean(): number {
    let sum = 0;
    this.#size.forEach((n, t) => (sum += n === 0 ? 0 : n * Math.log(this.#expected[t]! / n)));
    return sum / this.people;
  }

  add(panel: Int32Array, x: number): void {
    this.#panels.push(panel);
    this.#supports.push(Int32Array.from([...panel.keys()].filter((t) => panel[t]! > 0)));
    this.#x.push(x);
  }

  /** Weight of a type: 1/π of its people. */
  prices(): Float64Array {
    return this.#size.map((n, t) => (n === 0 ? 0 : n / this.#expected[t]!));
  }

  settle(multiplicative: number, level: number): void {
    const entries = this.#supports.reduce((sum, support) => sum + support.length, 0);
    const pairs = Math.min(1000, Math.ceil(1e7 / entries));
    for (let round = 0; round < multiplicative; round++) {
      const slopes = this.#slopes();
      slopes.forEach((slope, j) => (this.#x[j]! *= slope / this.people));
    }
    let slopes = this.#slopes();
    for (let step = 0; step < pairs && this.#exchange(slopes, level); step++) slopes = this.#slopes();
  }

  settled(epsilon: number): boolean {
    return Math.max(...this.#slopes()) / this.people - 1 <= epsilon;
  }

  #slopes(): Float64Array {
    const expected = new Float64Array(this.#size.length);
    this.#panels.forEach((panel, j) => {
      for (const t of this.#supports[j]!) expected[t]! += this.#x[j]! * panel[t]!;
    });
    this.#expected = expected;
    const prices = this.prices();
    return Float64Array.from(this.#panels, (panel, j) => {
      let slope = 0;
      for (const t of this.#supports[j]!) slope += prices[t]! * panel[t]!;
      return slope;
    });
  }

  /** Moves probability from the flattest panel in use to the steepest; false when they are level. */
  #exchange(slopes: Float64Array, level: number): boolean {
    let best = 0;
    let worst = -1;
    slopes.forEach((slope, j) => {
      if (slope > slopes[best]!) best = j;
      if (this.#x[j]! > 0 && (worst < 0 || slope < slopes[worst]!)) worst = j;
    });
    const gain = slopes[best]! - slopes[worst]!;
    if (gain < level * this.people) return false;
    let curve = 0;
    this.#size.forEach((n, t) => {
      const d = this.#panels[best]![t]! - this.#panels[worst]![t]!;
      if (d !== 0) curve += (n * d * d) / this.#expected[t]! ** 2;
    });
    const moved = Math.min((0.9 * gain) / curve, this.#x[worst]!);
    this.#x[best]! += moved;
    this.#x[worst]! -= moved;
    return true;
  }
}
