/** Dice that fall the same way every time for one seed. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Dice = {
  int: (from: number, to: number) => number;
  share: () => number;
  pick: <T>(list: readonly T[]) => T;
  chance: (p: number) => boolean;
};
/** @param seed any whole number */
export function dice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const int = (from: number, to: number) => uniformInt(generator, from, to);
  const share = () => int(0, 999_999) / 1_000_000;
  return { int, share, pick: (list) => list[int(0, list.length - 1)]!, chance: (p) => share() < p };
}

/** One of the list, each as likely as its weight. */
export function weighted<T>(d: Dice, list: readonly T[], weight: (it: T) => number): T {
  let left = d.share() * list.reduce((sum, it) => sum + weight(it), 0);
  for (const it of list) {
    left -= weight(it);
    if (left <= 0) return it;
  }
  return list.at(-1)!;
}
