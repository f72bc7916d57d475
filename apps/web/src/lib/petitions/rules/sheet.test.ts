import { describe, expect, it } from 'vitest';
import { momentOf } from './doubts.ts';
import { pasted, sheetRows, withRoom } from './sheet.ts';

describe('Rows pasted from a spreadsheet', () => {
  it.each([
    ['Ann One\tAB1 2CD', 'Ann One', 'AB1 2CD'],
    ['ab12cd\tAnn\tOne', 'Ann One', 'ab12cd'],
    ['Ann One, 4 High Street, AB1 2CD', 'Ann One, 4 High Street', 'AB1 2CD'],
    ['Ann One;AB1 2CD;', 'Ann One', 'AB1 2CD'],
    ['Ann One', 'Ann One', ''],
  ])('are understood: %s', (line, name, postcode) => {
    expect(pasted(line)).toEqual([{ name, postcode }]);
  });
  it('leave headings and empty lines out', () => {
    expect(pasted('Name\tPostcode\n\nAnn One\tAB1 2CD\r\n')).toEqual([
      { name: 'Ann One', postcode: 'AB1 2CD' },
    ]);
    expect(pasted('Enw, Cod post\n')).toEqual([]);
  });
  it('stand after what was typed, and an empty row follows', () => {
    const form = new FormData();
    for (const [name, postcode] of [
      ['Ann', 'AB1 2CD'],
      ['', ''],
      ['Ben', ''],
    ] as const) {
      form.append('name[]', name);
      form.append('postcode[]', postcode);
    }
    form.append('paste', 'Cat AB1 2CD');
    const rows = sheetRows(form);
    expect(rows.map((row) => row.name)).toEqual(['Ann', 'Ben', 'Cat']);
    expect(withRoom(rows)).toHaveLength(10);
    expect(withRoom(Array.from({ length: 12 }, () => rows[0]!))).toHaveLength(13);
  });
});

describe('A moment on the town’s clock', () => {
  it.each([
    ['2025-07-01T09:30', '2025-07-01T08:30:00.000Z'],
    ['2025-12-01T09:30', '2025-12-01T09:30:00.000Z'],
    ['nonsense', 'nonsense'],
  ])('%s is %s', (typed, moment) => expect(momentOf(typed)).toBe(moment));
});
