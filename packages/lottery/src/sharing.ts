import type { Grouped, HouseholdClass } from './grouping.ts';
import type { Composition } from './problem.ts';
import { shuffle } from './random.ts';
import type { Random } from './random.ts';

/**
 * Puts people on the panels: within a type by turns, so that everyone is on as many panels as the others, up to one,
 * in an order drawn at random. Members of one household never meet on a panel.
 * @returns the panels as lists of indices of people, ascending
 */
export function sharePlaces(
  grouped: Grouped,
  compositions: readonly Composition[],
  random: Random,
): number[][] {
  const panels: number[][] = compositions.map(() => []);
  for (const household of grouped.classes) {
    if (household.types.length === 1) shareType(household, compositions, panels, random);
    else shareHouseholds(household, compositions, panels, random);
  }
  for (const panel of panels) panel.sort((a, b) => a - b);
  return panels;
}

/** One type alone: households take turns, and within a household its members do. */
function shareType(
  kind: HouseholdClass,
  compositions: readonly Composition[],
  panels: number[][],
  random: Random,
): void {
  const type = kind.types[0]!;
  const turns = shuffle(
    kind.households.map((members) => shuffle([...members[0]!], random)),
    random,
  );
  let turn = 0;
  compositions.forEach((composition, p) => {
    for (let place = 0; place < composition[type]!; place++, turn++) {
      const members = turns[turn % turns.length]!;
      panels[p]!.push(members[Math.floor(turn / turns.length) % members.length]!);
    }
  });
}

/** Which household gives a person of which of the kind's types on a panel: −1 for none. */
type Roles = Int16Array;

/** Several types in one kind of household: the least used household first, then exchanges until uses are even. */
function shareHouseholds(
  kind: HouseholdClass,
  compositions: readonly Composition[],
  panels: number[][],
  random: Random,
): void {
  const homes = kind.households.length;
  const uses = kind.types.map(() => new Int32Array(homes));
  const order = shuffle([...kind.households.keys()], random);
  const roles = compositions.map((composition) => {
    const role: Roles = new Int16Array(homes).fill(-1);
    kind.types.forEach((type, v) => {
      for (let place = 0; place < composition[type]!; place++) {
        let least = -1;
        for (const h of order) {
          if (role[h] === -1 && (least < 0 || uses[v]![h]! < uses[v]![least]!)) least = h;
        }
        role[least] = v;
        uses[v]![least]!++;
      }
    });
    return role;
  });
  evenOut(roles, uses);
  const given = kind.households.map((members) => members.map((people) => shuffle([...people], random)));
  const next = kind.households.map((members) => members.map(() => 0));
  roles.forEach((role, p) => {
    role.forEach((v, h) => {
      if (v < 0) return;
      const people = given[h]![v]!;
      panels[p]!.push(people[next[h]![v]!++ % people.length]!);
    });
  });
}

/** Exchanges the roles of two households on a panel while that brings their uses closer together. */
function evenOut(roles: readonly Roles[], uses: readonly Int32Array[]): void {
  for (let again = true; again;) {
    again = false;
    for (const role of roles) {
      for (let a = 0; a < role.length; a++) {
        for (let b = a + 1; b < role.length; b++) {
          if (gainOfExchange(role, uses, a, b) <= 0) continue;
          count(role, uses, a, b, -1);
          [role[a], role[b]] = [role[b]!, role[a]!];
          count(role, uses, a, b, 1);
          again = true;
        }
      }
    }
  }
}

function count(role: Roles, uses: readonly Int32Array[], a: number, b: number, by: number): void {
  for (const h of [a, b]) if (role[h]! >= 0) uses[role[h]!]![h]! += by;
}

/** By how much the sum of squared uses falls when households a and b change roles. */
function gainOfExchange(role: Roles, uses: readonly Int32Array[], a: number, b: number): number {
  if (role[a] === role[b]) return 0;
  let gain = 0;
  if (role[a]! >= 0) gain += 2 * (uses[role[a]!]![a]! - uses[role[a]!]![b]! - 1);
  if (role[b]! >= 0) gain += 2 * (uses[role[b]!]![b]! - uses[role[b]!]![a]! - 1);
  return gain;
}
