import type { LotteryInput, Mistake } from './contract.ts';
import { plain } from './checking.ts';

/** What someone who was drawn has answered. */
export interface Confirmation {
  readonly id: string;
  /** True: has declined or dropped out, and is not drawn again. */
  readonly declined: boolean;
  readonly row?: number;
}

/**
 * The draw that fills the places left: the size less those confirmed, each quota less its confirmed people, and a
 * pool without the confirmed, their housemates, and those who declined.
 */
export function replacementInput(
  input: LotteryInput,
  answers: readonly Confirmation[],
): { input: LotteryInput; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const byId = new Map(input.people.map((person) => [person.id.trim(), person]));
  const seen = new Set<string>();
  for (const answer of answers) {
    const at = { file: 'confirmed' as const, ...(answer.row === undefined ? {} : { row: answer.row }) };
    const id = answer.id.trim();
    if (!byId.has(id)) {
      mistakes.push({
        ...at,
        message: `Nobody in the pool has the id “${id}”.`,
        fix: 'Use the ids of the respondents.',
      });
    } else if (seen.has(id)) {
      mistakes.push({ ...at, message: `The id ${id} is there twice.`, fix: 'Keep one of the two rows.' });
    }
    seen.add(id);
  }
  const known = answers.filter((answer) => byId.has(answer.id.trim()));
  const confirmed = known.filter((answer) => !answer.declined).map((answer) => byId.get(answer.id.trim())!);
  if (confirmed.length >= input.size) {
    const message = `${confirmed.length} people are confirmed for ${input.size} places.`;
    mistakes.push({
      file: 'confirmed',
      message,
      fix: 'There is nobody to replace; check the size and the list.',
    });
  }
  const gone = new Set(known.map((answer) => answer.id.trim()));
  const homes = new Set(confirmed.map((person) => person.household).filter((home) => home !== undefined));
  const quotas = input.quotas.map((quota) => {
    const there = confirmed.filter(
      (person) => valueOf(person.values, quota.category) === plain(quota.value),
    ).length;
    if (there > quota.max) {
      const message = `${there} people confirmed are ${quota.category} ${quota.value}; the maximum is ${quota.max}.`;
      mistakes.push({
        file: 'confirmed',
        message,
        fix: 'Raise the maximum in the categories, or check the list.',
      });
    }
    return {
      ...quota,
      min: Math.max(0, quota.min - there),
      max: Math.max(0, quota.max - there),
      ...(quota.minFlex === undefined ? {} : { minFlex: Math.max(0, quota.minFlex - there) }),
      ...(quota.maxFlex === undefined ? {} : { maxFlex: Math.max(0, quota.maxFlex - there) }),
    };
  });
  const people = input.people.filter(
    (person) =>
      !gone.has(person.id.trim()) && (person.household === undefined || !homes.has(person.household)),
  );
  return { input: { size: input.size - confirmed.length, quotas, people }, mistakes };
}

function valueOf(values: Readonly<Record<string, string>>, category: string): string {
  const entry = Object.entries(values).find(([name]) => plain(name) === plain(category));
  return plain(entry?.[1] ?? '');
}
