/** What a filter asks, as numbers; and what was counted. */
import type { ReportFilters } from '@folkmoot/core/reports/contract';
import { groupOf, LOOK_OF, REPORT_LOOKS, type ReportState } from '@folkmoot/core/reports/plain';
import { LOOK_BITS, MOST_GROUPS } from './rows.ts';

const DAY = 86_400;
/** seconds; half a year is 26 weeks and a day, so that a report of the same date half a year ago is in */
export const AGES = { week: 7 * DAY, month: 31 * DAY, half_year: 184 * DAY, all: Infinity } as const;

const allLooks = 2 ** REPORT_LOOKS.length - 1;
/** by group of states, which looks count */
const looksIn = Object.fromEntries(
  (['open', 'fixed', 'closed'] as const).map((group) => [
    group,
    (Object.keys(LOOK_OF) as ReportState[])
      .filter((state) => groupOf(state) === group)
      .reduce((bits, state) => bits | (1 << REPORT_LOOKS.indexOf(LOOK_OF[state])), 0),
  ]),
) as Record<'open' | 'fixed' | 'closed', number>;

export class Sieve {
  readonly looks: number;
  readonly group: number;
  readonly ward: number;
  /** seconds since 1970: reports that changed since then */
  readonly since: number;
  readonly mask: number;
  readonly want: number;
  constructor(looks: number, group: number, ward: number, since: number) {
    this.looks = looks;
    this.group = group;
    this.ward = ward;
    this.since = since;
    const groupMask = group >= 0 ? (MOST_GROUPS - 1) << LOOK_BITS : 0;
    const wardShift = LOOK_BITS + Math.log2(MOST_GROUPS);
    const wardMask = ward >= 0 ? 0xffff << wardShift : 0;
    this.mask = groupMask | wardMask;
    this.want = (group >= 0 ? group << LOOK_BITS : 0) | (ward >= 0 ? ward << wardShift : 0);
  }
  /** The same filter for every state: what the tabs count. */
  anyState(): Sieve {
    return new Sieve(allLooks, this.group, this.ward, this.since);
  }
}

/** @returns null where the filter names a group or a ward that no report has: nothing can pass */
export function sieveOf(
  { state, group, ward, age }: Omit<ReportFilters, 'bbox'>,
  names: { group: (name: string) => number | undefined; ward: (slug: string) => number | undefined },
  now: Date,
): Sieve | null {
  const groupNumber = group ? names.group(group) : -1;
  const wardNumber = ward ? names.ward(ward) : -1;
  if (groupNumber === undefined || wardNumber === undefined) return null;
  const since = age === 'all' ? 0 : Math.max(0, Math.floor(now.getTime() / 1000) - AGES[age]);
  return new Sieve(state === 'all' ? allLooks : looksIn[state], groupNumber, wardNumber, since);
}

/** What was counted: how many of each look, about where, within which bounds; and which one if it is but one. */
export class Tally {
  readonly looks = new Uint32Array(REPORT_LOOKS.length);
  count = 0;
  sumX = 0;
  sumY = 0;
  minX = Infinity;
  minY = Infinity;
  maxX = -1;
  maxY = -1;
  id = 0;
  look = 0;

  add(id: number, look: number, x: number, y: number): void {
    this.looks[look] = this.looks[look]! + 1;
    this.id = id;
    this.look = look;
    this.addMany(1, x, y, x, y);
  }
  /** `count` reports somewhere in these bounds: their middle is the middle of the bounds. */
  addMany(count: number, minX: number, minY: number, maxX: number, maxY: number): void {
    this.count += count;
    this.sumX += (count * (minX + maxX)) / 2;
    this.sumY += (count * (minY + maxY)) / 2;
    if (minX < this.minX) this.minX = minX;
    if (minY < this.minY) this.minY = minY;
    if (maxX > this.maxX) this.maxX = maxX;
    if (maxY > this.maxY) this.maxY = maxY;
  }
  /** `{ open, fixed, closed }` */
  groups(): Record<'open' | 'fixed' | 'closed', number> {
    const sum = (bits: number) =>
      this.looks.reduce((n, count, look) => n + (((bits >>> look) & 1) === 1 ? count : 0), 0);
    return { open: sum(looksIn.open), fixed: sum(looksIn.fixed), closed: sum(looksIn.closed) };
  }
}
