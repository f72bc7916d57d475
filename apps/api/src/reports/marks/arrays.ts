/**
 * All public reports in memory: three shelves (changed in the last months, older, and those that came or moved since
 * the last rebuild), so that the usual question, "the last half year", finds whole blocks that fit. Private, hidden
 * and unconfirmed reports are never read into it.
 */
import { LOOK_OF, REPORT_LOOKS, type ReportState } from '@folkmoot/core/reports/plain';
import { codeOf, GONE, lookOf, MOST_GROUPS, type Row, Rows } from './rows.ts';
import { Shelf } from './shelf.ts';
import { AGES } from './sieve.ts';
import { keyOf, toX, toY } from './world.ts';

/** A row as the query gives it. */
export type Fact = {
  id: number;
  lon: number;
  lat: number;
  state: ReportState;
  group: string;
  ward: string | null;
  created: number;
  updated: number;
  supports: number;
};

/** so many new or moved ones are sorted in before they get a shelf of their own */
const MOST_FRESH = 4_000;
/** reports grow older where they stand: after so long (seconds) those past half a year move to the older shelf */
const REBUILD_AFTER = 6 * 3_600;
const GROUP_ROOM = 8;

/** Words that stand for small numbers: category groups and ward ids. Number 0 is "none". */
class Names {
  readonly #numbers = new Map<string, number>();
  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size + 1);
    return this.#numbers.size;
  }
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }
  get size(): number {
    return this.#numbers.size + 1;
  }
}

export class ReportArrays {
  readonly groups = new Names();
  readonly wards = new Names();
  /** goes up with every change: what answers were made from */
  version = 0;
  #young: Shelf;
  #old: Shelf;
  #fresh: Shelf;
  /** what the fresh shelf is made of */
  readonly #new = new Map<number, Row>();
  #freshIsOld = false;
  #groupRoom = GROUP_ROOM;
  #builtAt = 0;

  constructor() {
    this.#young = new Shelf(new Rows(), this.#groupRoom);
    this.#old = this.#young;
    this.#fresh = this.#young;
  }

  #rowOf(fact: Fact): Row {
    const look = REPORT_LOOKS.indexOf(LOOK_OF[fact.state]);
    // a place with more kinds of report than fit in eight bits keeps the rest under "none"
    const group = this.groups.number(fact.group) % MOST_GROUPS;
    const code = codeOf(look, group, fact.ward ? this.wards.number(fact.ward) : 0);
    const { id, created, updated, supports } = fact;
    return { id, x: toX(fact.lon), y: toY(fact.lat), code, created, updated, supports };
  }

  /** Adds to rows that will become shelves; see `build`. */
  gather(rows: Rows, fact: Fact): void {
    rows.push(this.#rowOf(fact));
  }

  /** Sorts everything anew: about 0.4 s a million. @param now seconds since 1970 */
  build(all: Rows, now: number): void {
    this.#groupRoom = Math.min(MOST_GROUPS, this.groups.size + GROUP_ROOM);
    const [young, old] = [new Rows(), new Rows()];
    const cut = now - AGES.half_year;
    for (let i = 0; i < all.length; i++) (all.updated[i]! >= cut ? young : old).push(all.at(i));
    this.#young = new Shelf(young, this.#groupRoom);
    this.#old = new Shelf(old, this.#groupRoom);
    this.#new.clear();
    this.#freshIsOld = true;
    this.#builtAt = now;
    this.version += 1;
  }

  /** Builds again from what is here. */
  rebuild(now: number): void {
    const all = new Rows();
    for (const shelf of this.shelves()) {
      for (let i = 0; i < shelf.rows.length; i++)
        if (lookOf(shelf.rows.codes[i]!) !== GONE) all.push(shelf.rows.at(i));
    }
    this.build(all, now);
  }

  /** Whether enough came, moved or grew older that the shelves should be sorted again. */
  isTired(now: number): boolean {
    return this.#new.size > MOST_FRESH || now - this.#builtAt > REBUILD_AFTER;
  }

  /** Where a report stands; null when it is not for everybody. */
  locate(id: number): { shelf: Shelf; at: number } | null {
    return this.#held(id, this.shelves());
  }

  #held(id: number, shelves: readonly Shelf[]): { shelf: Shelf; at: number } | null {
    for (const shelf of shelves) {
      const at = shelf.find(id);
      if (at >= 0 && lookOf(shelf.rows.codes[at]!) !== GONE) return { shelf, at };
    }
    return null;
  }

  #forget(id: number): void {
    const held = this.#held(id, [this.#young, this.#old]);
    if (held) held.shelf.change(held.at, { ...held.shelf.rows.at(held.at), code: GONE });
    if (this.#new.delete(id)) this.#freshIsOld = true;
  }

  /** A report as it is now; null when it is not (or no longer) for everybody. */
  put(id: number, fact: Fact | null): void {
    this.version += 1;
    if (!fact) return this.#forget(id);
    const row = this.#rowOf(fact);
    const held = this.#held(id, [this.#young, this.#old]);
    const fits = this.groups.size <= this.#groupRoom;
    const { rows } = held?.shelf ?? {};
    if (held && rows && fits && keyOf(rows.x[held.at]!, rows.y[held.at]!) === keyOf(row.x, row.y)) {
      held.shelf.change(held.at, row);
      return;
    }
    this.#forget(id);
    this.#new.set(id, row);
    this.#freshIsOld = true;
  }

  shelves(): readonly Shelf[] {
    if (this.#freshIsOld) {
      this.#freshIsOld = false;
      const rows = new Rows();
      for (const row of this.#new.values()) rows.push(row);
      this.#fresh = new Shelf(rows, Math.min(MOST_GROUPS, Math.max(this.#groupRoom, this.groups.size)));
    }
    return [this.#young, this.#old, this.#fresh];
  }
}
