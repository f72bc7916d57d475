import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

/**
 * Checks a lottery that was written out, with code of its own: it shares nothing with the rest of this package, so
 * that an error there is not repeated here. It reads the four files and the inputs as bytes.
 */

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

interface Written {
  readonly size: number;
  readonly places_drawn: number;
  readonly lowest_chance: number;
  readonly bound: number;
  readonly gini: number;
  readonly household_columns: readonly string[];
  readonly id_column: string | null;
  readonly uncoverable: readonly { id: string }[];
  readonly inputs: readonly { name: string; path: string; sha256: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly hash: string;
}

interface Member {
  readonly cells: ReadonlyMap<string, string>;
  readonly home: string | undefined;
}

interface Rule {
  readonly column: string;
  readonly value: string;
  readonly min: number;
  readonly max: number;
}

const fold = (text: string | undefined) =>
  (text ?? '').normalize('NFC').trim().split(/\s+/).join(' ').toLowerCase();
const hashOf = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
const failures = (bad: readonly string[], good: string) =>
  bad.length === 0
    ? good
    : `${bad.slice(0, 3).join('; ')}${bad.length > 3 ? ` and ${bad.length - 3} more` : ''}`;

/**
 * Verifies the folder of a lottery. Inputs are found where the report says, or at the paths given.
 * @throws when a file cannot be read
 */
export function verifyFolder(
  folder: string,
  paths: Readonly<Record<string, string | undefined>> = {},
): Check[] {
  const written = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Written;
  const inputs = new Map<string, Uint8Array>();
  for (const input of written.inputs) {
    inputs.set(input.name, readFileSync(paths[input.name] ?? resolve(folder, input.path)));
  }
  const panelsFile = readFileSync(join(folder, 'panels.csv'));
  const chancesFile = readFileSync(join(folder, 'chances.csv'));
  const members = membersOf(inputs.get('respondents')!, written);
  const settled = confirmedOf(inputs.get('confirmed'));
  const panels = parse(panelsFile, { bom: true }) as string[][];
  const chances = (parse(chancesFile, { bom: true }) as string[][]).slice(1);
  const counts = new Map<string, number>();
  for (const panel of panels) for (const id of panel) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [
    checkHashes(written, inputs, { 'panels.csv': panelsFile, 'chances.csv': chancesFile }),
    checkPanels(written, panels, members, settled.in),
    checkGone(panels, settled, members),
    checkQuotas(inputs.get('categories')!, panels, members, settled.in),
    checkCounts(panels, chances, counts),
    checkChances(written, panels.length, chances),
    checkFigures(written, chances),
  ];
}

function table(bytes: Uint8Array): Map<string, string>[] {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  const heading = text.split('\n')[0] ?? '';
  const semicolons = heading.split(';').length;
  const tabs = heading.split('\t').length;
  const commas = heading.split(',').length;
  const delimiter = semicolons > commas ? ';' : tabs > commas ? '\t' : ',';
  const lines = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }) as string[][];
  const names = (lines[0] ?? []).map(fold);
  return lines
    .slice(1)
    .filter((line) => line.some((cell) => cell.trim() !== ''))
    .map((line) => new Map(names.map((name, i) => [name, line[i] ?? ''])));
}

function membersOf(bytes: Uint8Array, written: Written): Map<string, Member> {
  const people = new Map<string, Member>();
  table(bytes).forEach((cells, i) => {
    const id = written.id_column === null ? String(i + 1) : (cells.get(fold(written.id_column)) ?? '').trim();
    const parts = written.household_columns.map((column) => fold(cells.get(fold(column))));
    people.set(id, { cells, home: parts.length > 0 ? JSON.stringify(parts) : undefined });
  });
  return people;
}

function confirmedOf(bytes: Uint8Array | undefined): { in: string[]; out: string[] } {
  const answers = { in: [] as string[], out: [] as string[] };
  if (!bytes) return answers;
  const ids =
    'id,person_id,respondent_id,participant_id,nationbuilder_id,unique_id,user_id,uid,pseudonym,code'.split(
      ',',
    );
  for (const row of table(bytes)) {
    const column = ids.find((name) => row.has(name)) ?? 'id';
    const status = fold(row.get('status') ?? row.get('confirmed') ?? row.get('answer'));
    const yes = ['', 'confirmed', 'accepted', 'yes', 'true', '1'].includes(status);
    (yes ? answers.in : answers.out).push((row.get(column) ?? '').trim());
  }
  return answers;
}

function checkHashes(
  written: Written,
  inputs: ReadonlyMap<string, Uint8Array>,
  outputs: Readonly<Record<string, Uint8Array>>,
): Check {
  const bad: string[] = [];
  const lines: string[] = [];
  for (const input of written.inputs) {
    const hash = hashOf(inputs.get(input.name)!);
    if (hash !== input.sha256) bad.push(`${input.name} is not the file the lottery was made from`);
    lines.push(`${hash}  ${input.name}`);
  }
  for (const [name, bytes] of Object.entries(outputs)) {
    const hash = hashOf(bytes);
    if (hash !== written.outputs[name]) bad.push(`${name} was changed`);
    lines.push(`${hash}  ${name}`);
  }
  if (hashOf(lines.join('\n')) !== written.hash)
    bad.push('the published hash does not belong to these files');
  return { name: 'hash', ok: bad.length === 0, detail: failures(bad, written.hash) };
}

function checkPanels(
  written: Written,
  panels: readonly string[][],
  members: ReadonlyMap<string, Member>,
  settled: readonly string[],
): Check {
  const bad: string[] = [];
  panels.forEach((panel, p) => {
    if (panel.length + settled.length !== written.size) bad.push(`panel ${p} has ${panel.length} people`);
    if (new Set(panel).size !== panel.length) bad.push(`panel ${p} has someone twice`);
    const stranger = panel.find((id) => !members.has(id));
    if (stranger !== undefined) bad.push(`panel ${p} has ${stranger}, who is not in the pool`);
  });
  return {
    name: 'panels',
    ok: bad.length === 0,
    detail: failures(bad, `${panels.length} panels of ${written.size}`),
  };
}

/** Households, and those confirmed or gone: none of them is drawn again. */
function checkGone(
  panels: readonly string[][],
  settled: { in: readonly string[]; out: readonly string[] },
  members: ReadonlyMap<string, Member>,
): Check {
  const bad: string[] = [];
  const gone = new Set([...settled.in, ...settled.out]);
  panels.forEach((panel, p) => {
    const again = panel.find((id) => gone.has(id));
    if (again !== undefined) bad.push(`panel ${p} has ${again}, who had answered already`);
    const homes = [...settled.in, ...panel]
      .map((id) => members.get(id)?.home)
      .filter((home) => home !== undefined);
    if (new Set(homes).size !== homes.length) bad.push(`panel ${p} has two people of one household`);
  });
  return { name: 'households', ok: bad.length === 0, detail: failures(bad, 'nobody with a housemate') };
}

function rulesOf(bytes: Uint8Array): Rule[] {
  return table(bytes).map((row) => {
    const hasCategory = row.has('category');
    const column = hasCategory ? row.get('category') : row.get('feature');
    const value = row.get('value') ?? row.get('name') ?? row.get('feature');
    const bound = (short: string, long: string) => Number(row.get(short) ?? row.get(long));
    return {
      column: fold(column),
      value: fold(value),
      min: bound('min', 'minimum'),
      max: bound('max', 'maximum'),
    };
  });
}

function checkQuotas(
  categories: Uint8Array,
  panels: readonly string[][],
  members: ReadonlyMap<string, Member>,
  settled: readonly string[],
): Check {
  const bad: string[] = [];
  const rules = rulesOf(categories);
  panels.forEach((panel, p) => {
    const everyone = [...settled, ...panel].map((id) => members.get(id));
    for (const rule of rules) {
      const there = everyone.filter((member) => fold(member?.cells.get(rule.column)) === rule.value).length;
      if (!(there >= rule.min && there <= rule.max))
        bad.push(`panel ${p} has ${there} of ${rule.column} ${rule.value}`);
    }
  });
  return {
    name: 'quotas',
    ok: bad.length === 0,
    detail: failures(bad, `${rules.length} quotas kept by every panel`),
  };
}

function checkCounts(
  panels: readonly string[][],
  chances: readonly string[][],
  counts: ReadonlyMap<string, number>,
): Check {
  const listed = new Map(chances.map(([id, , count]) => [id!, Number(count)]));
  const bad = chances
    .filter(([id, , count]) => Number(count) !== (counts.get(id!) ?? 0))
    .map(([id, , count]) => `${id} is said to be on ${count} panels, and is on ${counts.get(id!) ?? 0}`);
  for (const id of counts.keys()) if (!listed.has(id)) bad.push(`${id} is on panels, but not in chances.csv`);
  return {
    name: 'counts',
    ok: bad.length === 0,
    detail: failures(bad, `${chances.length} people, ${panels.length} panels`),
  };
}

function checkChances(written: Written, panels: number, chances: readonly string[][]): Check {
  const bad: string[] = [];
  const allowed = written.places_drawn / panels + 1e-6;
  let total = 0;
  for (const [id, chance, count] of chances) {
    total += Number(chance);
    const shift = Math.abs(Number(chance) - Number(count) / panels);
    if (!(shift <= allowed)) bad.push(`${id} shifts by ${shift.toFixed(4)}`);
  }
  if (!(Math.abs(total - written.places_drawn) < 1e-3)) bad.push(`the chances add up to ${total}`);
  const good = `they add up to ${total.toFixed(3)}; nobody shifts by more than ${allowed.toFixed(4)}`;
  return { name: 'chances', ok: bad.length === 0, detail: failures(bad, good) };
}

function checkFigures(written: Written, chances: readonly string[][]): Check {
  const outside = new Set(written.uncoverable.map(({ id }) => id));
  const inside = chances.filter(([id]) => !outside.has(id!)).map(([, chance]) => Number(chance));
  const lowest = Math.min(...inside);
  const mean = inside.reduce((sum, chance) => sum + chance, 0) / inside.length;
  let apart = 0;
  for (const a of inside) for (const b of inside) apart += Math.abs(a - b);
  const gini = apart / (2 * inside.length ** 2 * mean);
  const bad: string[] = [];
  if (Math.abs(lowest - written.lowest_chance) > 1e-6) bad.push(`the lowest chance is ${lowest}`);
  if (Math.abs(gini - written.gini) > 1e-5) bad.push(`the Gini coefficient is ${gini}`);
  if (lowest > written.bound + 1e-6) bad.push('the lowest chance is above its bound');
  const good = `lowest chance ${lowest.toFixed(6)}, Gini ${gini.toFixed(4)}`;
  return { name: 'figures', ok: bad.length === 0, detail: failures(bad, good) };
}
