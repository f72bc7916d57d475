import type { Job } from './job.ts';
import type { PanelSet, TypeLottery } from './panels.ts';
import type { Pricer } from './pricing.ts';
import { dot } from './problem.ts';
import type { Composition, PanelProblem } from './problem.ts';

/** Whose chance lies furthest below the target, at most this, counts as attained. */
export const ATTAINED = 1e-6;

export interface Projection {
  /** `separated`: proven to be no average of panels. `stalled`: neither reached nor ruled out. */
  readonly kind: 'attained' | 'separated' | 'stopped' | 'stalled';
  /** The most by which anyone's chance lies below the target. */
  readonly shortfall: number;
}

/**
 * Finds the lottery whose expected numbers come nearest to a target, by fully corrective Frank–Wolfe: the panel
 * that goes furthest towards the target joins (one pricing), then pairs of panels exchange probability until none
 * of the known ones can do better (pairwise steps on the Gram matrix; Lacoste-Julien and Jaggi 2015). Distances
 * are over people, ½ Σ (target − expected)² / people. Where the target is no average of panels, the residual at
 * the nearest point is the normal of a plane that parts them, and pricing along it proves so.
 */
export class Projector {
  readonly #problem: PanelProblem;
  readonly #pricer: Pricer;
  readonly #panels: PanelSet;
  readonly #supports: Int32Array[] = [];
  readonly #weights: number[] = [];
  readonly #gains: number[] = [];
  #gram = new Float64Array(0);
  #capacity = 0;
  #known = 0;
  #target: Float64Array;
  #expected: Float64Array;

  constructor(problem: PanelProblem, pricer: Pricer, panels: PanelSet) {
    this.#problem = problem;
    this.#pricer = pricer;
    this.#panels = panels;
    this.#target = new Float64Array(problem.people.length);
    this.#expected = new Float64Array(problem.people.length);
  }

  get lottery(): TypeLottery {
    return { panels: this.#panels.list.slice(0, this.#known), weights: [...this.#weights] };
  }

  /** Goes on until the target is attained, proven unattainable, or the shortfall is at most `enough`. */
  async towards(target: Float64Array, lowest: number, job: Job, enough = ATTAINED): Promise<Projection> {
    this.#target = target;
    this.#learn();
    this.#refresh();
    let repeats = 0;
    for (;;) {
      this.#exchange((repeats === 0 ? 2 : 40) * this.#known + 50);
      this.#refresh();
      const shortfall = this.#shortfall();
      if (shortfall <= enough) return { kind: 'attained', shortfall };
      const share = Math.min(1, Math.max(0, Math.log(shortfall) / Math.log(ATTAINED)));
      const worst = Math.max(0, lowest - shortfall);
      const text = `Chances within ${shortfall.toExponential(1)} of the fairest`;
      job.report('panels', text, { panels: this.#known, share, lowest: worst, bound: lowest });
      await job.breathe();
      if (job.stoppedBy()) return { kind: 'stopped', shortfall };
      const step = this.#step(repeats > 0, job);
      if (step.apart) return { kind: 'separated', shortfall };
      repeats = step.added ? 0 : repeats + 1;
      if (repeats > 3) return { kind: 'stalled', shortfall };
    }
  }

  /** One pricing towards the target: a new panel, or the proof that the target is out of reach. */
  #step(exact: boolean, job: Job): { added: boolean; apart: boolean } {
    const weights = this.#target.map((goal, t) => (goal - this.#expected[t]!) / this.#problem.people[t]!);
    const scale = weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    for (let t = 0; t < weights.length; t++) weights[t]! /= scale;
    const priced = this.#pricer.price(weights, { exact, ...job.left });
    const reach = dot(weights, this.#target) - dot(weights, this.#expected);
    const apart = dot(weights, this.#target) - priced.bound;
    if (apart > 0.5 * reach) return { added: false, apart: true };
    const added = priced.panel !== undefined && this.#panels.add(priced.panel);
    if (added) this.#learn();
    return { added, apart: false };
  }

  #shortfall(): number {
    let most = 0;
    for (let t = 0; t < this.#target.length; t++) {
      most = Math.max(most, (this.#target[t]! - this.#expected[t]!) / this.#problem.people[t]!);
    }
    return most;
  }

  /** Takes in panels that joined the set: their inner products with all others. */
  #learn(): void {
    const { list } = this.#panels;
    if (list.length > this.#capacity) this.#grow(list.length);
    const people = this.#problem.people;
    for (; this.#known < list.length; this.#known++) {
      const id = this.#known;
      const panel = list[id]!;
      const support = supportOf(panel);
      this.#supports.push(support);
      this.#weights.push(id === 0 ? 1 : 0);
      const scaled = Float64Array.from(panel, (c, t) => c / people[t]!);
      let gain = 0;
      for (const t of support) gain += (this.#target[t]! - this.#expected[t]!) * scaled[t]!;
      this.#gains.push(gain);
      for (let j = 0; j <= id; j++) {
        const other = list[j]!;
        let product = 0;
        for (const t of this.#supports[j]!) product += scaled[t]! * other[t]!;
        this.#gram[id * this.#capacity + j] = product;
        this.#gram[j * this.#capacity + id] = product;
      }
    }
  }

  #grow(needed: number): void {
    const capacity = Math.max(256, 2 ** Math.ceil(Math.log2(needed + 1)));
    const gram = new Float64Array(capacity * capacity);
    for (let i = 0; i < this.#known; i++) {
      gram.set(this.#gram.subarray(i * this.#capacity, i * this.#capacity + this.#known), i * capacity);
    }
    this.#gram = gram;
    this.#capacity = capacity;
  }

  /** Computes the expected numbers and the gains afresh, so that rounding errors do not add up. */
  #refresh(): void {
    const expected = new Float64Array(this.#target.length);
    const list = this.#panels.list;
    for (let j = 0; j < this.#known; j++) {
      const x = this.#weights[j]!;
      if (x !== 0) for (const t of this.#supports[j]!) expected[t]! += x * list[j]![t]!;
    }
    this.#expected = expected;
    const residual = this.#target.map((goal, t) => (goal - expected[t]!) / this.#problem.people[t]!);
    for (let j = 0; j < this.#known; j++) {
      let gain = 0;
      for (const t of this.#supports[j]!) gain += residual[t]! * list[j]![t]!;
      this.#gains[j] = gain;
    }
  }

  /** Pairwise steps: from the panel that helps least to the one that helps most, as far as it pays. */
  #exchange(most: number): void {
    const gains = this.#gains;
    const weights = this.#weights;
    const capacity = this.#capacity;
    for (let step = 0; step < most; step++) {
      let best = 0;
      let worst = -1;
      for (let j = 0; j < this.#known; j++) {
        if (gains[j]! > gains[best]!) best = j;
        if (weights[j]! > 0 && (worst < 0 || gains[j]! < gains[worst]!)) worst = j;
      }
      const slope = gains[best]! - gains[worst]!;
      if (slope < 1e-14) return;
      const b = best * capacity;
      const w = worst * capacity;
      const curve = this.#gram[b + best]! + this.#gram[w + worst]! - 2 * this.#gram[b + worst]!;
      const whole = slope / curve >= weights[worst]!;
      const moved = whole ? weights[worst]! : slope / curve;
      weights[best]! += moved;
      weights[worst] = whole ? 0 : weights[worst]! - moved;
      for (let j = 0; j < this.#known; j++) gains[j]! -= moved * (this.#gram[b + j]! - this.#gram[w + j]!);
    }
  }
}

function supportOf(panel: Composition): Int32Array {
  return Int32Array.from([...panel.keys()].filter((t) => panel[t]! > 0));
}
