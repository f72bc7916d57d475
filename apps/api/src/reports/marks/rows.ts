/** Reports as columns of numbers: 40 bytes each, no objects for the collector to walk. */
import { keyOf } from './world.ts';

/** A report as the arrays know it. */
export type Row = {
  id: number;
  x: number;
  y: number;
  /** look, group and ward in one number; see `codeOf` */
  code: number;
  /** seconds since 1970 */
  created: number;
  updated: number;
  supports: number;
};

export const LOOK_BITS = 3;
const GROUP_BITS = 8;
/** A look that no filter asks for: the row is gone. */
export const GONE = 7;
export const MOST_GROUPS = 2 ** GROUP_BITS;

export const codeOf = (look: number, group: number, ward: number): number =>
  look | (group << LOOK_BITS) | (ward << (LOOK_BITS + GROUP_BITS));
export const lookOf = (code: number): number => code & 7;
export const groupOfCode = (code: number): number => (code >>> LOOK_BITS) & (MOST_GROUPS - 1);
export const wardOf = (code: number): number => code >>> (LOOK_BITS + GROUP_BITS);

/** Columns that grow by doubling. */
export class Rows {
  length = 0;
  ids = new Float64Array(64);
  x = new Uint32Array(64);
  y = new Uint32Array(64);
  codes = new Uint32Array(64);
  created = new Uint32Array(64);
  updated = new Uint32Array(64);
  supports = new Uint32Array(64);

  #grow(): void {
    const wider = <A extends Uint32Array | Float64Array>(old: A): A => {
      const made = new (old.constructor as new (length: number) => A)(old.length * 2);
      made.set(old);
      return made;
    };
    this.ids = wider(this.ids);
    this.x = wider(this.x);
    this.y = wider(this.y);
    this.codes = wider(this.codes);
    this.created = wider(this.created);
    this.updated = wider(this.updated);
    this.supports = wider(this.supports);
  }

  push({ id, x, y, code, created, updated, supports }: Row): void {
    if (this.length === this.ids.length) this.#grow();
    this.ids[this.length] = id;
    this.x[this.length] = x;
    this.y[this.length] = y;
    this.codes[this.length] = code;
    this.created[this.length] = created;
    this.updated[this.length] = updated;
    this.supports[this.length] = supports;
    this.length += 1;
  }

  at(i: number): Row {
    return {
      id: this.ids[i]!,
      x: this.x[i]!,
      y: this.y[i]!,
      code: this.codes[i]!,
      created: this.created[i]!,
      updated: this.updated[i]!,
      supports: this.supports[i]!,
    };
  }

  /** The same rows in the order of their keys, exactly as long as needed. Rows that are gone are left behind. */
  sorted(): { rows: Rows; keys: Float64Array } {
    const living: number[] | Uint32Array = new Uint32Array(this.length);
    let n = 0;
    for (let i = 0; i < this.length; i++) if (lookOf(this.codes[i]!) !== GONE) living[n++] = i;
    // key (42 bits) and row (22 bits) in one 64-bit number: the engine sorts those without a comparator
    const both = new BigUint64Array(n);
    const halves = new Uint32Array(both.buffer);
    for (let j = 0; j < n; j++) {
      const i = living[j]!;
      const key = keyOf(this.x[i]!, this.y[i]!);
      halves[2 * j] = ((key % 1024) << 22) | j;
      halves[2 * j + 1] = Math.floor(key / 1024);
    }
    both.sort();
    const rows = new Rows();
    const keys = new Float64Array(n);
    const order = new Uint32Array(n);
    for (let j = 0; j < n; j++) {
      const low = halves[2 * j]!;
      order[j] = living[low & 0x3fffff]!;
      keys[j] = halves[2 * j + 1]! * 1024 + (low >>> 22);
    }
    const picked = <A extends Uint32Array | Float64Array>(from: A): A =>
      new (from.constructor as new (length: number) => A)(n).map((_, j) => from[order[j]!]!) as A;
    rows.length = n;
    rows.ids = picked(this.ids);
    rows.x = picked(this.x);
    rows.y = picked(this.y);
    rows.codes = picked(this.codes);
    rows.created = picked(this.created);
    rows.updated = picked(this.updated);
    rows.supports = picked(this.supports);
    return { rows, keys };
  }
}

/** Where a report's number stands in the columns: a hash table of numbers (open addressing, half full). */
export class Places {
  readonly #keys: Float64Array;
  readonly #at: Int32Array;
  readonly #mask: number;
  constructor(ids: Float64Array, length: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, length * 2)));
    this.#mask = size - 1;
    this.#keys = new Float64Array(size).fill(-1);
    this.#at = new Int32Array(size);
    for (let i = 0; i < length; i++) {
      const slot = this.#slot(ids[i]!);
      this.#keys[slot] = ids[i]!;
      this.#at[slot] = i;
    }
  }
  #slot(id: number): number {
    let slot = Math.imul(id % SIDE32, 0x9e3779b1) & this.#mask;
    while (this.#keys[slot] !== -1 && this.#keys[slot] !== id) slot = (slot + 1) & this.#mask;
    return slot;
  }
  /** -1 where it is not. */
  find(id: number): number {
    const slot = this.#slot(id);
    return this.#keys[slot] === id ? this.#at[slot]! : -1;
  }
}
const SIDE32 = 2 ** 32;
