import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Vote } from '../src/index.ts';

/** Votes of made-up people of four minds, in a mixed order: the same for the same numbers. */
export function syntheticVotes(people: number, statements: number, votes: number, seed = 7): Vote[] {
  const random = xoroshiro128plus(seed);
  const draw = () => uniformFloat64(random);
  const leaning = Array.from({ length: 4 }, () =>
    Array.from({ length: statements }, () => draw() * 1.6 - 0.8),
  );
  const mind = Array.from({ length: people }, () => Math.floor(draw() ** 1.5 * 4));
  const share = votes / (people * statements);
  const made: Vote[] = [];
  for (let person = 0; person < people; person++) {
    const activity = share * (0.2 + 1.6 * draw());
    for (let statement = 0; statement < statements; statement++) {
      if (draw() >= activity) continue;
      const lean = leaning[mind[person]!]![statement]!;
      const mark = draw();
      const vote = mark < 0.15 ? 0 : draw() * 2 - 1 < lean ? 1 : -1;
      made.push({ person: String(person), statement: String(statement), vote, time: 0 });
    }
  }
  for (let at = made.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [made[at], made[other]] = [made[other]!, made[at]!];
  }
  return made.map((vote, at) => ({ ...vote, time: at }));
}
