import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedPool } from './testing.ts';

const cli = new URL('./cli.ts', import.meta.url).pathname;
let folder = '';

/** Runs the command as pnpm does: from another folder, with INIT_CWD naming the caller's. */
function lottery(...words: string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  const run = spawnSync(process.execPath, [cli, ...words], { cwd: tmpdir(), env, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const text = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const report = (out: string) => JSON.parse(text(out, 'report.json')) as Record<string, unknown>;
const sources = ['--categories', 'quotas.csv', '--respondents', 'people.csv', '--size', '6'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lottery-'));
  const pool = plantedPool({ people: 40, size: 6, categories: [2, 3, 2], slack: 1, shared: 0.3 }, 11)!;
  const quotas = pool.quotas.map(({ category, value, min, max }) => `${category},${value},${min},${max}`);
  writeFileSync(join(folder, 'quotas.csv'), `category,feature,min,max\n${quotas.join('\n')}\n`);
  const people = pool.people.map(({ id, values, household }) =>
    [id, ...Object.values(values), household].join(','),
  );
  writeFileSync(join(folder, 'people.csv'), `id,c0,c1,c2,home\n${people.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
  it('draws, writes the four files and verifies them', () => {
    const run = lottery(...sources, '--household', 'home', '--seed', '3', '--out', 'a');
    expect(run.code, run.err).toBe(0);
    expect(run.err).toContain('Looking for a first panel');
    const panels = text('a', 'panels.csv').trim().split('\n');
    expect(panels).toHaveLength(1000);
    expect(panels.every((panel) => panel.split(',').length === 6)).toBe(true);
    expect(text('a', 'chances.csv').split('\n')[0]).toBe('id,chance,panels');
    expect(text('a', 'report.md')).toContain('Lowest chance');
    expect(report('a')).toMatchObject({
      method: 'leximin',
      seed: 3,
      finished: true,
      people: 40,
      panels: 1000,
    });
    const check = lottery('verify', 'a');
    expect(check.code, check.out).toBe(0);
    expect(check.out.match(/^ok/gm)).toHaveLength(7);
  });

  it('repeats a seeded draw to the byte, and not another seed', () => {
    for (const [seed, out] of [
      ['3', 'b'],
      ['4', 'c'],
    ] as const) {
      expect(lottery(...sources, '--household', 'home', '--seed', seed, '--out', out).code).toBe(0);
    }
    expect(text('b', 'panels.csv')).toBe(text('a', 'panels.csv'));
    expect(report('b')['hash']).toBe(report('a')['hash']);
    expect(text('c', 'panels.csv')).not.toBe(text('a', 'panels.csv'));
  });

  it('finds a panel that was changed after the draw', () => {
    mkdirSync(join(folder, 'd'), { recursive: true });
    for (const name of ['panels.csv', 'chances.csv', 'report.json']) {
      writeFileSync(join(folder, 'd', name), text('a', name));
    }
    const panels = text('d', 'panels.csv').split('\n');
    const members = panels[0]!.split(',');
    panels[0] = [members[1], ...members.slice(1)].join(',');
    writeFileSync(join(folder, 'd', 'panels.csv'), panels.join('\n'));
    const check = lottery('verify', 'd');
    expect(check.code).toBe(1);
    expect(check.out).toContain('FAILED  hash: panels.csv was changed');
    expect(check.out).toContain('FAILED  panels: panel 0 has someone twice');
    expect(check.out).toContain('FAILED  counts');
  });

  it('draws replacements for those who declined', () => {
    const [first] = text('a', 'panels.csv').split('\n');
    const [gone, ...stay] = first!.split(',');
    writeFileSync(
      join(folder, 'answers.csv'),
      `id,status\n${gone},declined\n${stay.map((id) => `${id},yes`).join('\n')}\n`,
    );
    const run = lottery(...sources, '--household', 'home', '--confirmed', 'answers.csv', '--out', 'e');
    expect(run.code, run.err).toBe(0);
    expect(report('e')).toMatchObject({ places_drawn: 1, size: 6, seed: null });
    expect(lottery('verify', 'e').code).toBe(0);
    expect(text('e', 'panels.csv').split('\n')).not.toContain(gone);
  });

  it('ends with 2 for bad input, and names file, row and fix', () => {
    writeFileSync(
      join(folder, 'bad.csv'),
      text('people.csv').replace('p3,v0', 'p3,w0').replace('p5,', 'p4,'),
    );
    const run = lottery(
      '--categories',
      'quotas.csv',
      '--respondents',
      'bad.csv',
      '--size',
      '6',
      '--out',
      'x',
    );
    expect(run.code).toBe(2);
    expect(run.err).toMatch(
      /bad\.csv, row 7: The id p4 is there twice \(first in row 6\)\. Give each person an id/,
    );
    expect(run.err).toContain('nothing was drawn');
  });

  it.each([
    [['--size', '6', '--out', 'x'], '--categories is missing'],
    [
      ['--categories', 'nowhere.csv', '--respondents', 'people.csv', '--size', '6', '--out', 'x'],
      'nowhere.csv cannot be read',
    ],
    [[...sources, '--out', 'x', '--method', 'luck'], '--method is “luck”'],
    [[...sources, '--out', 'x', '--seed', 'x'], '--seed is “x”'],
    [[...sources, '--frob'], '--frob'],
    [['verify'], 'verify needs a folder'],
    [['verify', 'nothing-here'], 'nothing-here'],
  ])('ends with 2 for %j', (words, message) => {
    const run = lottery(...words);
    expect(run.code).toBe(2);
    expect(run.err).toContain(message);
  });

  it('ends with 3 when quotas cannot be met, and says the smallest change', () => {
    writeFileSync(
      join(folder, 'q3.csv'),
      'category,feature,min,max\nage,a,2,2\nage,b,1,1\nsex,f,1,1\nsex,m,2,2\n',
    );
    writeFileSync(join(folder, 'p3.csv'), 'id,age,sex\n1,a,f\n2,a,f\n3,b,m\n4,b,m\n');
    const run = lottery('--categories', 'q3.csv', '--respondents', 'p3.csv', '--size', '3', '--out', 'x');
    expect(run.code).toBe(3);
    expect(run.err).toMatch(
      /The smallest change.*\n.*(lower|raise) the (minimum|maximum) of (age|sex) [abfm] from \d to \d/,
    );
  });

  it('ends with 4 at the time limit, with a lottery that verifies', () => {
    const pool = plantedPool({ people: 700, size: 60, categories: [3, 5, 6, 4, 4], slack: 0 }, 4)!;
    const quotas = pool.quotas.map(({ category, value, min, max }) => `${category},${value},${min},${max}`);
    writeFileSync(join(folder, 'q4.csv'), `feature,value,min,max\n${quotas.join('\n')}\n`);
    writeFileSync(join(folder, 'p4.csv'), 'id,c0,c1,c2,c3,c4\n');
    for (const { id, values } of pool.people)
      appendFileSync(join(folder, 'p4.csv'), `${[id, ...Object.values(values)].join(',')}\n`);
    const run = lottery(
      '--categories',
      'q4.csv',
      '--respondents',
      'p4.csv',
      '--size',
      '60',
      '--time-limit',
      '2',
      '--out',
      'f',
    );
    expect(run.code, run.err).toBe(4);
    expect(report('f')).toMatchObject({ finished: false, stopped_by: 'time limit' });
    expect(lottery('verify', 'f').code).toBe(0);
  });
});
