import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrom, linesOf, optionsFrom, questionsFrom, type QuestionWritten } from './categories.ts';

const before = [
  { code: 'no', label: { en: 'No', cy: 'Na' } },
  { code: 'yes', label: { en: 'Yes', cy: 'Gallai' }, stopper: { en: 'Ring 999', cy: 'Ffoniwch 999' } },
];

describe('Options written as lines', () => {
  it.each([
    ['stay as they are', linesOf(before), ['no', 'yes']],
    ['keep their codes in another order', 'Yes | Gallai\nNo | Na', ['yes', 'no']],
    ['keep the code of the one that was reworded', 'No | Na\nYes, it could', ['no', 'yes']],
    ['give a new one a code of its own', 'No\nPerhaps\nYes', ['no', 'perhaps', 'yes']],
    ['never give a new one the code of one that went', 'Perhaps', ['perhaps']],
    ['leave empty lines out', '\n  \nNo\n', ['no']],
  ])('%s', (_, lines, codes) => {
    expect(optionsFrom(lines, before).map((one) => one.code)).toEqual(codes);
  });

  it('say in both languages what stops the form', () => {
    expect(optionsFrom(linesOf(before), before)).toEqual(before);
  });

  it('have each a code that no other has, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 12 }), (list) => {
        const codes = optionsFrom(list.join('\n'), before).map((one) => one.code);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
      }),
    );
  });
});

describe('A code out of words', () => {
  it.each([
    ['Hole in the road', [], 'hole_in_the_road'],
    ['Twll', ['twll'], 'twll_2'],
    ['4 cm', [], 'x_4_cm'],
    ['Tŷ’r dref', [], 'tyr_dref'],
    ['…', [], 'other'],
  ])('%s', (words, taken, code) => expect(codeFrom(words, new Set(taken))).toBe(code));
});

const written = (more: Partial<QuestionWritten>): QuestionWritten => ({
  code: '',
  kind: 'text',
  label: { en: 'How deep?', cy: '' },
  hint: { en: '', cy: '' },
  required: false,
  options: '',
  place: 1,
  remove: false,
  ...more,
});

describe('Questions written', () => {
  const old = [{ code: 'depth', kind: 'text' as const, label: { en: 'Depth' }, required: true }];
  it('keep their code when their words change, and stand in their order', () => {
    const made = questionsFrom(
      [written({ code: 'depth', place: 2 }), written({ label: { en: 'Where?', cy: 'Ble?' }, place: 1 })],
      old,
    );
    expect(made).toMatchObject({ questions: [{ code: 'where' }, { code: 'depth' }] });
  });
  it('are gone when taken out or left empty', () => {
    const rows = [written({ code: 'depth', remove: true }), written({ label: { en: '', cy: '' } })];
    expect(questionsFrom(rows, old)).toEqual({ questions: [] });
  });
  it('need something to choose from where one is to choose', () => {
    expect(questionsFrom([written({ kind: 'one_of', options: 'Only one' })], [])).toEqual({
      lacksOptions: 0,
    });
  });
});
