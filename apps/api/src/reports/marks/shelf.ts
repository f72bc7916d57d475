/**
 * A shelf of reports in the order of their places, in blocks of 256 that know their bounds, their ages and how many
 * they hold of each look and group. Whole blocks are counted without looking at a row, so a town of a million is
 * counted in some 4,000 steps; only blocks at an edge are read row by row.
 */
import { REPORT_LOOKS } from '@folkmoot/core/reports/plain';
import { GONE, groupOfCode, lookOf, Places, type Row, type Rows, wardOf } from './rows.ts';
import type { Sieve } from './sieve.ts';
import { type Tally } from './sieve.ts';
import type { Box } from './world.ts';

const BLOCK = 256;
const LOOKS = REPORT_LOOKS.length;
const MIXED = -1;
/** below this many a block is read after all, so that single reports are known by name */
const FEW = 8;

export const SKIP = 0;
export const WHOLE = 1;
export const READ = 2;

export class Shelf {
  readonly rows: Rows;
  readonly blocks: number;
  readonly minX: Uint32Array;
  readonly minY: Uint32Array;
  readonly maxX: Uint32Array;
  readonly maxY: Uint32Array;
  readonly minUpdated: Uint32Array;
  readonly most: { updated: Float64Array; created: Float64Array; supports: Float64Array };
  /** counts by block and look, then by block, group and look */
  readonly #looks: Uint16Array;
  readonly #groups: Uint16Array;
  readonly #groupCount: number;
  /** the ward all rows of a block lie in, or MIXED */
  readonly #ward: Int32Array;
  readonly #keys: Float64Array;
  readonly #places: Places;
  readonly #orders = new Map<string, Uint32Array>();

  /** @param groups how many groups there may be */
  constructor(unsorted: Rows, groups: number) {
    const { rows, keys } = unsorted.sorted();
    this.rows = rows;
    this.#keys = keys;
    this.#places = new Places(rows.ids, rows.length);
    const blocks = Math.ceil(rows.length / BLOCK);
    this.blocks = blocks;
    this.minX = new Uint32Array(blocks).fill(2 ** 32 - 1);
    this.minY = new Uint32Array(blocks).fill(2 ** 32 - 1);
    this.maxX = new Uint32Array(blocks);
    this.maxY = new Uint32Array(blocks);
    this.minUpdated = new Uint32Array(blocks).fill(2 ** 32 - 1);
    this.most = {
      updated: new Float64Array(blocks),
      created: new Float64Array(blocks),
      supports: new Float64Array(blocks),
    };
    this.#groupCount = groups;
    this.#looks = new Uint16Array(blocks * LOOKS);
    this.#groups = new Uint16Array(blocks * LOOKS * groups);
    this.#ward = new Int32Array(blocks).fill(-2);
    for (let i = 0; i < rows.length; i++) this.#enter(i);
  }

  /** Bounds of a block only ever widen; a rebuild draws them tight again. */
  #enter(i: number): void {
    const { rows } = this;
    const b = Math.floor(i / BLOCK);
    const [x, y, code] = [rows.x[i]!, rows.y[i]!, rows.codes[i]!];
    if (x < this.minX[b]!) this.minX[b] = x;
    if (x > this.maxX[b]!) this.maxX[b] = x;
    if (y < this.minY[b]!) this.minY[b] = y;
    if (y > this.maxY[b]!) this.maxY[b] = y;
    this.#widen(i);
    this.#count(b, code, 1);
  }

  #widen(i: number): void {
    const { rows, most } = this;
    const b = Math.floor(i / BLOCK);
    if (rows.updated[i]! < this.minUpdated[b]!) this.minUpdated[b] = rows.updated[i]!;
    if (rows.updated[i]! > most.updated[b]!) most.updated[b] = rows.updated[i]!;
    if (rows.created[i]! > most.created[b]!) most.created[b] = rows.created[i]!;
    if (rows.supports[i]! > most.supports[b]!) most.supports[b] = rows.supports[i]!;
    const ward = wardOf(rows.codes[i]!);
    if (this.#ward[b] === -2) this.#ward[b] = ward;
    else if (this.#ward[b] !== ward) this.#ward[b] = MIXED;
  }

  #count(b: number, code: number, by: 1 | -1): void {
    const look = lookOf(code);
    if (look === GONE) return;
    const i = b * LOOKS + look;
    const j = (b * this.#groupCount + groupOfCode(code)) * LOOKS + look;
    this.#looks[i] = this.#looks[i]! + by;
    this.#groups[j] = this.#groups[j]! + by;
  }

  find(id: number): number {
    return this.#places.find(id);
  }

  /** Takes a row's new state where it stands. Its key must be the same. */
  change(i: number, row: Row): void {
    const { rows } = this;
    this.#count(Math.floor(i / BLOCK), rows.codes[i]!, -1);
    rows.x[i] = row.x;
    rows.y[i] = row.y;
    rows.codes[i] = row.code;
    rows.created[i] = row.created;
    rows.updated[i] = row.updated;
    rows.supports[i] = row.supports;
    this.#enter(i);
    this.#orders.clear();
  }

  /** Whether a block can be skipped, counted whole, or must be read. */
  ask(b: number, sieve: Sieve): typeof SKIP | typeof WHOLE | typeof READ {
    if (this.most.updated[b]! < sieve.since) return SKIP;
    if (sieve.ward >= 0 && this.#ward[b] !== sieve.ward) return this.#ward[b] === MIXED ? READ : SKIP;
    return this.minUpdated[b]! < sieve.since ? READ : WHOLE;
  }

  #addWhole(b: number, sieve: Sieve, tally: Tally): void {
    const table = sieve.group >= 0 ? this.#groups : this.#looks;
    const from = sieve.group >= 0 ? (b * this.#groupCount + sieve.group) * LOOKS : b * LOOKS;
    let count = 0;
    for (let look = 0; look < LOOKS; look++) if ((sieve.looks >>> look) & 1) count += table[from + look]!;
    if (count === 0) return;
    if (count <= FEW) {
      this.#addRows(b * BLOCK, Math.min((b + 1) * BLOCK, this.rows.length), sieve, tally, null);
      return;
    }
    for (let look = 0; look < LOOKS; look++)
      if ((sieve.looks >>> look) & 1) tally.looks[look] = tally.looks[look]! + table[from + look]!;
    tally.addMany(count, this.minX[b]!, this.minY[b]!, this.maxX[b]!, this.maxY[b]!);
  }

  #addRows(from: number, to: number, sieve: Sieve, tally: Tally, box: Box | null): void {
    const { codes, updated, x, y, ids } = this.rows;
    const { mask, want, looks, since } = sieve;
    for (let i = from; i < to; i++) {
      const code = codes[i]!;
      if ((code & mask) !== want || ((looks >>> (code & 7)) & 1) === 0 || updated[i]! < since) continue;
      if (box && (x[i]! < box.minX || x[i]! > box.maxX || y[i]! < box.minY || y[i]! > box.maxY)) continue;
      tally.add(ids[i]!, code & 7, x[i]!, y[i]!);
    }
  }

  /** Counts what passes among the rows whose keys lie from `low` up to but not including `high`. */
  tallyKeys(low: number, high: number, sieve: Sieve, tally: Tally): void {
    const from = this.#firstFrom(low);
    const to = this.#firstFrom(high);
    let i = from;
    while (i < to) {
      const b = Math.floor(i / BLOCK);
      const end = Math.min((b + 1) * BLOCK, to);
      const whole = i === b * BLOCK && end === Math.min((b + 1) * BLOCK, this.rows.length);
      const asked = this.ask(b, sieve);
      if (asked === WHOLE && whole) this.#addWhole(b, sieve, tally);
      else if (asked !== SKIP) this.#addRows(i, end, sieve, tally, null);
      i = end;
    }
  }

  /** Counts what passes inside a box, exactly. */
  tallyBox(sieve: Sieve, box: Box | null, tally: Tally): void {
    for (let b = 0; b < this.blocks; b++) {
      if (box && this.outside(b, box)) continue;
      const asked = this.ask(b, sieve);
      if (asked === SKIP) continue;
      const inside = !box || this.#inside(b, box);
      if (asked === WHOLE && inside) this.#addWhole(b, sieve, tally);
      else {
        const end = Math.min((b + 1) * BLOCK, this.rows.length);
        this.#addRows(b * BLOCK, end, sieve, tally, inside ? null : box);
      }
    }
  }

  outside(b: number, box: Box): boolean {
    return (
      this.minX[b]! > box.maxX ||
      this.maxX[b]! < box.minX ||
      this.minY[b]! > box.maxY ||
      this.maxY[b]! < box.minY
    );
  }
  #inside(b: number, box: Box): boolean {
    return (
      this.minX[b]! >= box.minX &&
      this.maxX[b]! <= box.maxX &&
      this.minY[b]! >= box.minY &&
      this.maxY[b]! <= box.maxY
    );
  }

  /** The rows of a block that pass, one after another. */
  each(b: number, sieve: Sieve, box: Box | null, take: (row: number) => void): void {
    const { codes, updated, x, y } = this.rows;
    const { mask, want, looks, since } = sieve;
    const end = Math.min((b + 1) * BLOCK, this.rows.length);
    for (let i = b * BLOCK; i < end; i++) {
      const code = codes[i]!;
      if ((code & mask) !== want || ((looks >>> (code & 7)) & 1) === 0 || updated[i]! < since) continue;
      if (box && (x[i]! < box.minX || x[i]! > box.maxX || y[i]! < box.minY || y[i]! > box.maxY)) continue;
      take(i);
    }
  }

  passes(i: number, sieve: Sieve, box: Box | null): boolean {
    const { codes, updated, x, y } = this.rows;
    const code = codes[i]!;
    if ((code & sieve.mask) !== sieve.want || ((sieve.looks >>> (code & 7)) & 1) === 0) return false;
    if (updated[i]! < sieve.since) return false;
    return !box || (x[i]! >= box.minX && x[i]! <= box.maxX && y[i]! >= box.minY && y[i]! <= box.maxY);
  }

  /** The blocks with the highest value first; kept until a row changes. */
  order(by: keyof Shelf['most']): Uint32Array {
    const known = this.#orders.get(by);
    if (known) return known;
    const values = this.most[by];
    const order = Uint32Array.from({ length: this.blocks }, (_, b) => b).sort(
      (a, b) => values[b]! - values[a]!,
    );
    this.#orders.set(by, order);
    return order;
  }

  #firstFrom(key: number): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
