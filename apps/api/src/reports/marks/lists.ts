/**
 * One page of a list from the arrays: the best by a value, found by reading the blocks in the order of their best
 * and stopping when no block can hold a better one.
 */
import type { REPORT_SORTS } from '@folkmoot/core/reports/plain';
import type { ReportArrays } from './arrays.ts';
import type { Shelf } from './shelf.ts';
import { lookOf } from './rows.ts';
import { type Sieve, Tally } from './sieve.ts';
import type { Box } from './world.ts';

export type Sort = (typeof REPORT_SORTS)[number];

/** The `room` best of what it is offered; of equals the newer number is better. */
class Best {
  readonly #values: number[] = [];
  readonly #ids: number[] = [];
  readonly #room: number;
  constructor(room: number) {
    this.#room = room;
  }
  /** what one must reach to get in */
  get bar(): number {
    return this.#values.length < this.#room ? -Infinity : this.#values[0]!;
  }
  #worse(a: number, b: number): boolean {
    const [va, vb] = [this.#values[a]!, this.#values[b]!];
    return va < vb || (va === vb && this.#ids[a]! < this.#ids[b]!);
  }
  #swap(a: number, b: number): void {
    [this.#values[a], this.#values[b]] = [this.#values[b]!, this.#values[a]!];
    [this.#ids[a], this.#ids[b]] = [this.#ids[b]!, this.#ids[a]!];
  }
  #sink(): void {
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      if (left >= this.#values.length) return;
      const child = left + 1 < this.#values.length && this.#worse(left + 1, left) ? left + 1 : left;
      if (!this.#worse(child, i)) return;
      this.#swap(i, child);
      i = child;
    }
  }
  offer(value: number, id: number): void {
    if (this.#values.length === this.#room) {
      const [least, leastId] = [this.#values[0]!, this.#ids[0]!];
      if (value < least || (value === least && id < leastId)) return;
      this.#values[0] = value;
      this.#ids[0] = id;
      this.#sink();
      return;
    }
    let i = this.#values.push(value) - 1;
    this.#ids.push(id);
    while (i > 0) {
      const parent = (i - 1) >>> 1;
      if (!this.#worse(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }
  /** Best first. */
  ids(): number[] {
    return this.#ids
      .map((id, i) => ({ id, value: this.#values[i]! }))
      .sort((a, b) => b.value - a.value || b.id - a.id)
      .map(({ id }) => id);
  }
}

type Point = { x: number; y: number };
const COLUMN = { updated: 'updated', new: 'created', supported: 'supports' } as const;

const far = (from: Point, x: number, y: number): number => -((from.x - x) ** 2 + (from.y - y) ** 2);
const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** By block: the best it may hold; and the blocks in that order. */
function ranked(shelf: Shelf, sort: Sort, from: Point) {
  if (sort !== 'near') {
    const by = COLUMN[sort];
    return { most: shelf.most[by], order: shelf.order(by) };
  }
  const most = new Float64Array(shelf.blocks);
  for (let b = 0; b < shelf.blocks; b++)
    most[b] = far(
      from,
      between(from.x, shelf.minX[b]!, shelf.maxX[b]!),
      between(from.y, shelf.minY[b]!, shelf.maxY[b]!),
    );
  const order = Uint32Array.from({ length: shelf.blocks }, (_, b) => b).sort((a, b) => most[b]! - most[a]!);
  return { most, order };
}

export type PageAsked = {
  sieve: Sieve;
  box: Box | null;
  sort: Sort;
  /** where "near" is measured from */
  from: Point;
  /** the first is 1 */
  page: number;
  size: number;
};

const valueOf = ({ rows }: Shelf, i: number, sort: Sort, from: Point): number =>
  sort === 'near' ? far(from, rows.x[i]!, rows.y[i]!) : rows[COLUMN[sort]][i]!;

/** One page of those found by their words, and how many there are of each look. */
export function pageAmong(
  arrays: ReportArrays,
  found: readonly number[],
  { sieve, box, sort, from, page, size }: PageAsked,
): { ids: number[]; tally: Tally } {
  const best = new Best(page * size);
  const tally = new Tally();
  const any = sieve.anyState();
  for (const id of found) {
    const held = arrays.locate(id);
    if (!held || !held.shelf.passes(held.at, any, box)) continue;
    const { shelf, at } = held;
    tally.add(id, lookOf(shelf.rows.codes[at]!), shelf.rows.x[at]!, shelf.rows.y[at]!);
    if (shelf.passes(at, sieve, box)) best.offer(valueOf(shelf, at, sort, from), id);
  }
  return { ids: best.ids().slice((page - 1) * size, page * size), tally };
}

/** The numbers of the reports on one page, best first. */
export function pageOf(arrays: ReportArrays, asked: PageAsked): number[] {
  const { sieve, box, sort, from, page, size } = asked;
  const best = new Best(page * size);
  for (const shelf of arrays.shelves()) {
    const { most, order } = ranked(shelf, sort, from);
    const { rows } = shelf;
    for (const b of order) {
      if (most[b]! < best.bar) break;
      if ((box && shelf.outside(b, box)) || shelf.ask(b, sieve) === 0) continue;
      shelf.each(b, sieve, box, (i) => best.offer(valueOf(shelf, i, sort, from), rows.ids[i]!));
    }
  }
  return best.ids().slice((page - 1) * size, page * size);
}
