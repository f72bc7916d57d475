import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswers, QUESTION_KINDS, type ReportQuestion } from './questions.ts';

const question = (more: Partial<ReportQuestion>): ReportQuestion => ({
  code: 'q',
  kind: 'text',
  label: { en: 'A question' },
  required: true,
  ...more,
});
const gas = { en: 'Smell gas? Ring 0800 111 999 now.' };
const options = [
  { code: 'water', label: { en: 'Water' } },
  { code: 'gas', label: { en: 'Gas' }, stopper: gas },
];

describe('The extra questions of a category', () => {
  it.each([
    ['text', 'by the kerb ', 'by the kerb'],
    ['long_text', ' two\nlines', 'two\nlines'],
    ['number', '11', 11],
    ['number', 0, 0],
    ['number', '-2.5', -2.5],
    ['datetime', '2025-10-16T08:00', '2025-10-16T08:00'],
    ['one_of', 'water', 'water'],
    ['several_of', ['water', 'water'], ['water']],
    ['several_of', 'water', ['water']],
  ] as const)('%s: %j is kept as %j', (kind, given, kept) => {
    expect(checkAnswers([question({ kind, options })], { q: given })).toEqual({
      answers: { q: kept },
      problems: [],
      stopper: null,
    });
  });

  it.each([
    ['text', 'x'.repeat(201), 'too_long'],
    ['long_text', 'x'.repeat(2001), 'too_long'],
    ['number', 'deep', 'not_a_number'],
    ['number', 'Infinity', 'not_a_number'],
    ['datetime', 'yesterday-ish', 'not_a_date'],
    ['one_of', 'fire', 'not_an_option'],
    ['several_of', ['water', 'fire'], 'not_an_option'],
  ] as const)('%s: %s is told as %s', (kind, given, problem) => {
    const { answers, problems } = checkAnswers([question({ kind, options })], { q: given });
    expect(problems).toEqual([{ code: 'q', problem }]);
    expect(answers).toEqual({});
  });

  it.each([undefined, null, '', []])('asks again where %j was answered, if it must', (given) => {
    expect(checkAnswers([question({})], { q: given }).problems).toEqual([{ code: 'q', problem: 'required' }]);
    expect(checkAnswers([question({ required: false })], { q: given })).toEqual({
      answers: {},
      problems: [],
      stopper: null,
    });
  });

  it('stops the form with words where an answer says danger', () => {
    expect(checkAnswers([question({ kind: 'one_of', options })], { q: 'gas' }).stopper).toBe(gas);
    expect(checkAnswers([question({ kind: 'several_of', options })], { q: ['water', 'gas'] }).stopper).toBe(
      gas,
    );
  });

  it('whatever is sent: keeps known codes only, each answered or told about, never both', () => {
    const anything = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.constant(null));
    const asked = fc.uniqueArray(
      fc.record({
        code: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom(...QUESTION_KINDS),
        required: fc.boolean(),
      }),
      { selector: (one) => one.code },
    );
    fc.assert(
      fc.property(
        asked,
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), anything),
        (list, given) => {
          const questions = list.map((one) => question({ ...one, options }));
          const { answers, problems } = checkAnswers(questions, given);
          const codes = questions.map((one) => one.code);
          for (const code of Object.keys(answers)) expect(codes).toContain(code);
          for (const { code } of problems) expect(Object.keys(answers)).not.toContain(code);
          for (const one of questions)
            if (one.required)
              expect(one.code in answers || problems.some((problem) => problem.code === one.code)).toBe(true);
          // what was kept is whole: checked again it stays as it is
          const again = checkAnswers(questions, answers);
          expect(again.answers).toEqual(answers);
        },
      ),
    );
  });
});
