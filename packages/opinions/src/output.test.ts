import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './command.ts';
import { full, open } from './disclosure.ts';
import { convexHull } from './hull.ts';
import { map } from './map.ts';
import { drawMap, escapeText } from './svg.ts';
import { tables, toCsv } from './tables.ts';
import type { Vote } from './types.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opinions-output-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** 40 people for, 12 against and 5 of a third mind, whose group is too small to be shown. */
function threeMinds() {
  const votes: Vote[] = [];
  const given: Record<string, string> = {};
  for (let person = 0; person < 57; person++) {
    const mind = person < 40 ? 0 : person < 52 ? 1 : 2;
    given[`secret-${person}`] = ['Large', 'Middle', 'Tiny'][mind]!;
    for (let statement = 0; statement < 9; statement++) {
      const vote = statement % 3 === mind ? 1 : (person + statement) % 7 === 0 ? 0 : -1;
      votes.push({ person: `secret-${person}`, statement: `s${statement}`, vote });
    }
  }
  return { votes, given };
}

const { votes, given } = threeMinds();
const made = map(votes, { given, statements: [{ id: 's8', text: 'Libel', moderation: 'out' }] });
const publicText = () =>
  [
    ...tables(made, open, new Map()).flatMap((table) => [toCsv(table), JSON.stringify(table.rows)]),
    drawMap(made, open, 'Map'),
  ].join('\n');

describe('what the public may see', () => {
  it('has no person, no small group and nothing moderated out in it', () => {
    const text = publicText();
    for (const hidden of ['secret-', 'Tiny', 'Libel', 's8']) expect(text).not.toContain(hidden);
    expect(tables(made, open, new Map()).map(({ name }) => name)).toEqual([
      'statements',
      'groups',
      'group-votes',
      'representative',
      'consensus',
    ]);
  });

  it('draws only people of groups of eight and more, and says that one is left out', () => {
    const count = (text: string) => text.split('<use ').length - 1;
    expect(count(drawMap(made, full, 'Map'))).toBe(57);
    const svg = drawMap(made, open, 'Map');
    expect(count(svg)).toBe(52);
    expect(svg).toContain(
      'About 50 people on the map in 2 groups: group Large with about 40, group Middle with about 10. 1 smaller group is not shown.',
    );
  });

  it('shows every count as 0, "c" or rounded to 5', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (count) => {
        const shown = open.count(count);
        if (count === 0) expect(shown).toBe(0);
        else if (count < 8) expect(shown).toBe('c');
        else {
          expect(Number(shown) % 5).toBe(0);
          expect(Math.abs(Number(shown) - count)).toBeLessThanOrEqual(2);
        }
      }),
    );
    for (const table of tables(made, open, new Map())) {
      for (const row of table.rows) {
        for (const name of ['agrees', 'disagrees', 'passes', 'seen', 'success', 'trials', 'size']) {
          if (!(name in row)) continue;
          expect(row[name] === 'c' || Number(row[name]) % 5 === 0).toBe(true);
        }
      }
    }
  });

  it('shows a share only from rounded counts on thirty people or more', () => {
    expect(open.share(10, 27)).toBeNull();
    expect(open.share(3, 100)).toBeNull();
    expect(open.share(11, 31)).toBe(10 / 30);
    expect(open.share(33, 32)).toBe(1);
    expect(full.share(1, 0)).toBeNull();
  });

  it('keeps silent on figures over all groups where one is left out', () => {
    const [statements] = tables(made, open, new Map());
    expect(statements!.rows.every(({ consensus, division }) => consensus === null && division === null)).toBe(
      true,
    );
    const [, whole] = tables(made, full, new Map());
    expect(whole!.rows.every(({ consensus }) => typeof consensus === 'number')).toBe(true);
  });
});

describe('CSV', () => {
  it('gives text that a spreadsheet would run as text, and leaves numbers alone', () => {
    const cells = ['=1+1', '+44', '@SUM(A1)', '-cmd', '\tx', '＝1', '-5', 'a,b', 'say "hi"', 'x\ny'];
    const table = {
      name: 't',
      columns: ['cell', 'number'],
      rows: cells.map((cell) => ({ cell, number: -0.5 })),
    };
    const read = parse(toCsv(table), { columns: true }) as Record<string, string>[];
    expect(read.map(({ cell }) => cell)).toEqual([
      "'=1+1",
      "'+44",
      "'@SUM(A1)",
      "'-cmd",
      "'\tx",
      "'＝1",
      '-5',
      'a,b',
      'say "hi"',
      'x\ny',
    ]);
    expect(read.every(({ number }) => number === '-0.5')).toBe(true);
  });

  it('says the same as JSON', () => {
    for (const table of tables(made, full, new Map([['secret-1', 'outside']]))) {
      const read = parse(toCsv(table), { columns: true }) as Record<string, string>[];
      expect(read).toHaveLength(table.rows.length);
      read.forEach((row, at) => {
        for (const name of table.columns) expect(row[name]).toBe(String(table.rows[at]![name] ?? ''));
      });
    }
  });
});

describe('the drawing', () => {
  it('is well-formed whatever people write', () => {
    expect(escapeText('<b> & "x" \u0000\u0007')).toBe('&lt;b&gt; &amp; &quot;x&quot; ');
    expect(drawMap(made, full, '</title><script>')).not.toContain('<script>');
  });

  it('says so where nobody is on the map', () => {
    expect(drawMap(map([]), full, 'Map')).toContain('Nobody is on the map yet.');
  });

  it('puts even one lone person inside the frame', () => {
    const svg = drawMap(map([{ person: 'p', statement: 's', vote: 1 }]), full, 'Map');
    expect(svg).toContain('1 person');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('outlines groups by a hull that no point is outside of', () => {
    const point = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 30 }), (points) => {
        const hull = convexHull(points);
        hull.forEach(([ax, ay], at) => {
          const [bx, by] = hull[(at + 1) % hull.length]!;
          for (const [x, y] of points)
            expect((bx - ax) * (y - ay) - (by - ay) * (x - ax)).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });
});

describe('the command line', () => {
  const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const csv = (list: readonly Vote[], sign = 1) =>
    `person,statement,vote\n${list.map((one) => `${one.person},${one.statement},${one.vote * sign}`).join('\n')}\n`;

  it('writes every table twice, a summary, a map and a report', () => {
    file('votes.csv', csv(votes));
    const { code, said } = run(['votes.csv', '--out', 'whole', '--seed', '3', '--title', 'A & B'], folder);
    expect(said).toMatch(/^57 people, 9 statements, 513 votes; 57 placed in \d groups/);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'whole'))).toEqual(
      ['people', 'statements', 'groups', 'group-votes', 'representative', 'consensus', 'priorities']
        .flatMap((name) => [`${name}.csv`, `${name}.json`])
        .concat('summary.json', 'map.svg', 'report.html')
        .sort(),
    );
    const report = readFileSync(join(folder, 'whole', 'report.html'), 'utf8');
    expect(report).toContain('<h1>A &amp; B</h1>');
    for (const outside of ['http://', 'https://', '<script', '<link']) {
      expect(report.replaceAll('http://www.w3.org/2000/svg', '')).not.toContain(outside);
    }
  });

  it('gives the same files again, and from votes of the other sign', () => {
    file('votes.csv', csv(votes));
    file('flipped.csv', csv(votes, -1));
    run(['votes.csv', '--out', 'one', '--title', 'T'], folder);
    run(['flipped.csv', '--out', 'two', '--title', 'T', '--agree', '-1'], folder);
    for (const name of ['people.csv', 'statements.json', 'representative.csv', 'map.svg']) {
      expect(readFileSync(join(folder, 'two', name), 'utf8')).toBe(
        readFileSync(join(folder, 'one', name), 'utf8'),
      );
    }
  });

  it('takes groups as given, and the number of groups as asked', () => {
    file('votes.csv', csv(votes));
    file(
      'groups.csv',
      `person,group\n${Object.entries(given)
        .map(([id, label]) => `${id},${label}`)
        .join('\n')}\n`,
    );
    run(['votes.csv', '--out', 'given', '--groups', 'groups.csv'], folder);
    expect(readFileSync(join(folder, 'given', 'groups.csv'), 'utf8')).toMatch(
      /Large,40[^]*Middle,12[^]*Tiny,5/,
    );
    expect(run(['votes.csv', '--out', 'four', '--k', '4'], folder).said).toContain('in 4 groups');
  });

  it('does not write for the public beside a list of people', () => {
    file('votes.csv', csv(votes));
    run(['votes.csv', '--out', 'mixed'], folder);
    expect(run(['votes.csv', '--out', 'mixed', '--public'], folder)).toMatchObject({ code: 1 });
    expect(run(['votes.csv', '--out', 'open', '--public'], folder).code).toBe(0);
    expect(existsSync(join(folder, 'open', 'people.csv'))).toBe(false);
    const all = readdirSync(join(folder, 'open')).map((name) =>
      readFileSync(join(folder, 'open', name), 'utf8'),
    );
    expect(all.join('')).not.toContain('secret-');
  });

  it.each([
    [[], 'name one file'],
    [['a', 'b', '--out', 'x'], 'name one file'],
    [['a'], 'say where to write'],
    [['a', '--out', 'x', '--seed', 'ten'], '--seed takes a whole number'],
    [['votes.csv', '--out', 'x', '--agree', '2'], '--agree is 1 or -1'],
    [['votes.csv', '--out', 'x', '--k', '1'], '--k takes'],
    [['--nonsense'], 'nonsense'],
  ])('answers %j with what is wrong and how to call it', (args, message) => {
    file('votes.csv', csv(votes));
    const { code, said } = run(args, folder);
    expect(code).toBe(2);
    expect(said).toContain(message);
    expect(said).toContain('Usage:');
  });

  it('says which file cannot be read', () => {
    expect(run(['nowhere.csv', '--out', 'x'], folder)).toMatchObject({ code: 1 });
    expect(run(['--help'], folder)).toMatchObject({ code: 0 });
  });

  it('runs as a program and takes paths from where the person stands', () => {
    file('small.csv', 'person,a,b\nAnn,1,-1\nBob,-1,1\n');
    const cli = new URL('cli.ts', import.meta.url).pathname;
    const said = execFileSync(process.execPath, [cli, 'small.csv', '--out', 'small', '--seed', '-4'], {
      env: { ...process.env, INIT_CWD: folder },
      encoding: 'utf8',
    });
    expect(said).toContain('2 people, 2 statements, 4 votes; 2 placed in 1 group.');
    expect(existsSync(join(folder, 'small', 'report.html'))).toBe(true);
  });
});
