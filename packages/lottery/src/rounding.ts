import type { TypeLottery } from './panels.ts';
import type { Composition } from './problem.ts';
import { shuffle } from './random.ts';
import type { Random } from './random.ts';

/** How many candidates are looked at for the panel most like this one. */
const LOOK_AHEAD = 64;

/**
 * Rounds a lottery to equal panels by pipage (dependent) rounding, after Flanigan, Kehne and Procaccia, “Fair
 * sortition made transparent” (NeurIPS 2021). The number of copies of each panel is its probability times `panels`,
 * rounded down or up; two fractional panels at a time exchange their fractions at random, so that each keeps its
 * expectation, until none is fractional. Every result is a panel of the lottery, so every quota is kept. Panels
 * that are alike are paired first, which moves anyone's chance less.
 * @returns `panels` compositions in random order
 */
export function roundLottery(lottery: TypeLottery, panels: number, random: Random): Composition[] {
  const copies = roundCopies(lottery, panels, random);
  const drawn = lottery.panels.flatMap((panel, j) => new Array<Composition>(copies[j]!).fill(panel));
  return shuffle(drawn, random);
}

function roundCopies(lottery: TypeLottery, panels: number, random: Random): number[] {
  const exact = lottery.weights.map((x) => x * panels);
  const copies = exact.map((copy) => Math.floor(copy + 1e-9));
  const parts = exact.map((copy, j) => Math.max(0, copy - copies[j]!));
  const waiting = shuffle(
    [...parts.keys()].filter((j) => parts[j]! > 1e-9),
    random,
  );
  let current = waiting.pop();
  while (current !== undefined && waiting.length > 0) {
    const other = takeNearest(lottery.panels, current, waiting);
    const up = Math.min(1 - parts[current]!, parts[other]!);
    const down = Math.min(parts[current]!, 1 - parts[other]!);
    const rise = random.unit() * (up + down) < down;
    parts[current]! += rise ? up : -down;
    parts[other]! -= rise ? up : -down;
    const open = [current, other].filter((j) => {
      if (parts[j]! > 1 - 1e-9) copies[j]!++;
      return parts[j]! > 1e-9 && parts[j]! < 1 - 1e-9;
    });
    current = open[0] ?? waiting.pop();
  }
  const missing = panels - copies.reduce((sum, copy) => sum + copy, 0);
  // Fractions add up to a whole number but for rounding errors: the last open panel takes what is left.
  if (missing !== 0) copies[current ?? exact.indexOf(Math.max(...exact))]! += missing;
  return copies;
}

/** Takes from the waiting panels the one that has most people in common with this. */
function takeNearest(panels: readonly Composition[], current: number, waiting: number[]): number {
  const mine = panels[current]!;
  let best = waiting.length - 1;
  let most = -1;
  for (let w = waiting.length - 1; w >= Math.max(0, waiting.length - LOOK_AHEAD); w--) {
    const other = panels[waiting[w]!]!;
    let common = 0;
    for (let t = 0; t < mine.length; t++) if (mine[t]! > 0) common += Math.min(mine[t]!, other[t]!);
    if (common > most) {
      most = common;
      best = w;
    }
  }
  const taken = waiting[best]!;
  waiting[best] = waiting[waiting.length - 1]!;
  waiting.pop();
  return taken;
}
