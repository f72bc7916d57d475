import type { LotteryInput, Mistake, Quota } from './contract.ts';

/** A pool that has been checked: names resolved, in an order that the order of the files does not change. */
export interface PoolValue {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly minFlex: number;
  readonly maxFlex: number;
}
export interface PoolCategory {
  readonly name: string;
  readonly values: readonly PoolValue[];
}
export interface PoolPerson {
  readonly id: string;
  /** Index of the value in each category. */
  readonly values: readonly number[];
  readonly household: string | undefined;
}
export interface Pool {
  readonly size: number;
  readonly categories: readonly PoolCategory[];
  readonly people: readonly PoolPerson[];
}

/** How names are compared: trimmed, inner spaces as one, without case, composed letters alike. */
export function plain(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Numbers in the order of numbers, everything else in the order of letters. */
function beforeId(a: string, b: string): number {
  const numbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  return (numbers && a.length - b.length) || before(a, b);
}

interface Named {
  readonly name: string;
  readonly quotas: Quota[];
}

/** Checks quotas and people; gives the pool, or every mistake found. */
export function checkInput(input: LotteryInput): { pool: Pool | undefined; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  if (!Number.isInteger(input.size) || input.size < 1) {
    const message = `The size of the panel is ${input.size}.`;
    mistakes.push({ file: 'options', message, fix: 'Give a whole number of 1 or more.' });
    return { pool: undefined, mistakes };
  }
  const categories = groupQuotas(input.quotas, mistakes);
  for (const category of categories) checkCategory(category, input.size, mistakes);
  const people = resolvePeople(input, categories, mistakes);
  if (mistakes.length === 0) checkCounts(input, categories, people, mistakes);
  if (mistakes.length > 0) return { pool: undefined, mistakes };
  const pool: Pool = {
    size: input.size,
    categories: categories.map((category) => ({
      name: category.name,
      values: category.quotas.map((quota) => ({
        name: quota.value.trim(),
        min: quota.min,
        max: quota.max,
        minFlex: Math.min(quota.min, quota.minFlex ?? 0),
        maxFlex: Math.max(quota.max, quota.maxFlex ?? input.size),
      })),
    })),
    people,
  };
  return { pool, mistakes };
}

function groupQuotas(quotas: readonly Quota[], mistakes: Mistake[]): Named[] {
  const found = new Map<string, { name: string; values: Map<string, Quota> }>();
  for (const quota of quotas) {
    const at = { file: 'categories' as const, ...(quota.row === undefined ? {} : { row: quota.row }) };
    if (plain(quota.category) === '' || plain(quota.value) === '') {
      const what = plain(quota.category) === '' ? 'category' : 'value';
      mistakes.push({
        ...at,
        message: `The ${what} is blank.`,
        fix: `Write the name of the ${what}, or delete the row.`,
      });
      continue;
    }
    const key = plain(quota.category);
    const category = found.get(key) ?? { name: quota.category.trim(), values: new Map<string, Quota>() };
    found.set(key, category);
    if (category.values.has(plain(quota.value))) {
      const message = `“${quota.value.trim()}” is there twice in ${category.name}.`;
      mistakes.push({ ...at, message, fix: 'Keep one of the two rows.' });
      continue;
    }
    category.values.set(plain(quota.value), quota);
  }
  if (found.size === 0 && mistakes.length === 0) {
    mistakes.push({
      file: 'categories',
      message: 'There are no quotas.',
      fix: 'Give at least one category with its values.',
    });
  }
  return [...found.entries()]
    .sort(([a], [b]) => before(a, b))
    .map(([, { name, values }]) => ({
      name,
      quotas: [...values.entries()].sort(([a], [b]) => before(a, b)).map(([, quota]) => quota),
    }));
}

function checkCategory(category: Named, size: number, mistakes: Mistake[]): void {
  const file = 'categories' as const;
  for (const quota of category.quotas) {
    const at = { file, ...(quota.row === undefined ? {} : { row: quota.row }) };
    const name = `${category.name} “${quota.value.trim()}”`;
    const numbers = [quota.min, quota.max, quota.minFlex ?? 0, quota.maxFlex ?? 0];
    if (numbers.some((number) => !Number.isInteger(number) || number < 0)) {
      mistakes.push({
        ...at,
        message: `${name} has a bound that is no whole number of 0 or more.`,
        fix: 'Write whole numbers.',
      });
    } else if (quota.min > quota.max) {
      const message = `${name} has a minimum of ${quota.min} and a maximum of ${quota.max}.`;
      mistakes.push({ ...at, message, fix: 'Lower the minimum or raise the maximum.' });
    } else if ((quota.minFlex ?? 0) > quota.min || (quota.maxFlex ?? size) < Math.min(quota.max, size)) {
      const message = `${name} has a flexible range narrower than its quota.`;
      mistakes.push({ ...at, message, fix: 'min_flex may not be above min, nor max_flex below max.' });
    }
  }
  const least = sum(category.quotas.map((quota) => quota.min));
  const most = sum(category.quotas.map((quota) => quota.max));
  const row = category.quotas.find((quota) => quota.row !== undefined)?.row;
  const at = { file, ...(row === undefined ? {} : { row }) };
  if (least > size) {
    const message = `The minimums of ${category.name} add up to ${least}, more than the ${size} places.`;
    mistakes.push({ ...at, message, fix: `Lower minimums by ${least - size} in all.` });
  }
  if (most < size) {
    const message = `The maximums of ${category.name} add up to ${most}, fewer than the ${size} places.`;
    mistakes.push({ ...at, message, fix: `Raise maximums by ${size - most} in all.` });
  }
}

function resolvePeople(input: LotteryInput, categories: readonly Named[], mistakes: Mistake[]): PoolPerson[] {
  const lookup = categories.map((c) => new Map(c.quotas.map((quota, v) => [plain(quota.value), v])));
  const rowOfId = new Map<string, number | undefined>();
  const people: PoolPerson[] = [];
  for (const person of input.people) {
    const at = { file: 'respondents' as const, ...(person.row === undefined ? {} : { row: person.row }) };
    const id = person.id.trim();
    if (id === '') mistakes.push({ ...at, message: 'The id is blank.', fix: 'Give this person an id.' });
    else if (rowOfId.has(id)) {
      const first = rowOfId.get(id);
      const message = `The id ${id} is there twice${first === undefined ? '' : ` (first in row ${first})`}.`;
      mistakes.push({
        ...at,
        message,
        fix: 'Give each person an id of their own, or delete the double entry.',
      });
    }
    rowOfId.set(id, person.row);
    const named = new Map(Object.entries(person.values).map(([column, value]) => [plain(column), value]));
    const values = categories.map((category, c) => valueOf(category, lookup[c]!, named, at, mistakes));
    people.push({ id, values, household: person.household });
  }
  return people.sort((a, b) => beforeId(a.id, b.id));
}

function valueOf(
  category: Named,
  values: ReadonlyMap<string, number>,
  named: ReadonlyMap<string, string>,
  at: Pick<Mistake, 'file' | 'row'>,
  mistakes: Mistake[],
): number {
  const given = named.get(plain(category.name)) ?? '';
  const index = values.get(plain(given));
  if (index !== undefined) return index;
  const known = category.quotas.map((quota) => quota.value.trim()).join(', ');
  const blank = plain(given) === '';
  mistakes.push({
    ...at,
    message: blank ? `${category.name} is blank.` : `“${given.trim()}” is no value of ${category.name}.`,
    fix: `Write one of: ${known}${blank ? ', or take the person out of the pool' : ', or add a quota for it'}.`,
  });
  return -1;
}

function checkCounts(
  input: LotteryInput,
  categories: readonly Named[],
  people: readonly PoolPerson[],
  mistakes: Mistake[],
): void {
  if (people.length < input.size) {
    const message = `There are ${people.length} people for ${input.size} places.`;
    mistakes.push({
      file: 'respondents',
      message,
      fix: `Invite more people, or draw a panel of at most ${people.length}.`,
    });
  }
  categories.forEach((category, c) => {
    category.quotas.forEach((quota, v) => {
      const there = people.filter((person) => person.values[c] === v).length;
      if (there >= quota.min) return;
      mistakes.push({
        file: 'categories',
        ...(quota.row === undefined ? {} : { row: quota.row }),
        message: `${category.name} “${quota.value.trim()}” has a minimum of ${quota.min}, but ${there} in the pool.`,
        fix: `Lower the minimum to ${there}, or invite ${quota.min - there} more.`,
      });
    });
  });
  const households = people.map((person) => person.household);
  if (people.length > 1 && households[0] !== undefined && households.every((h) => h === households[0])) {
    const fix = 'Choose the columns that hold the address, or leave the household rule out.';
    mistakes.push({ file: 'respondents', message: 'Everyone has the same address.', fix });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A person's household from the chosen columns, or undefined when none were chosen. */
export function householdOf(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : parts.map(plain).join('\u001f');
}
