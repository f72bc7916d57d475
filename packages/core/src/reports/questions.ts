/**
 * The extra questions of a category: what the crew needs to know before it sets out. An answer may stop the form
 * with words ("danger to life: call 999").
 */
import type { Words } from '../kit/shapes.ts';

export const QUESTION_KINDS = ['text', 'long_text', 'number', 'datetime', 'one_of', 'several_of'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export type ReportQuestion = {
  code: string;
  kind: QuestionKind;
  label: Words;
  hint?: Words;
  required: boolean;
  options?: Array<{ code: string; label: Words; stopper?: Words }>;
};

/** By question code; several-of gives a list. */
export type ReportAnswers = Record<string, string | number | string[]>;

export type AnswerProblem = {
  code: string;
  problem: 'required' | 'not_a_number' | 'not_a_date' | 'not_an_option' | 'too_long';
};

const blank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Spaces are no answer, and a question for one thing takes one thing, whatever a script sends. */
function tidy(question: ReportQuestion, value: unknown): unknown {
  const trim = (one: unknown) => (typeof one === 'string' ? one.trim() : one);
  if (!Array.isArray(value)) return trim(value);
  const list = value.map(trim).filter((one) => !blank(one));
  return question.kind === 'several_of' ? list : list[0];
}

function checkOne(
  question: ReportQuestion,
  value: unknown,
): { value: string | number | string[] } | AnswerProblem['problem'] {
  const known = (code: unknown) => question.options?.some((option) => option.code === code) ?? false;
  switch (question.kind) {
    case 'number': {
      const number = Number(value);
      return Number.isFinite(number) ? { value: number } : 'not_a_number';
    }
    case 'datetime':
      return Number.isNaN(Date.parse(String(value))) ? 'not_a_date' : { value: String(value) };
    case 'one_of':
      return known(value) ? { value: String(value) } : 'not_an_option';
    case 'several_of': {
      const list = (Array.isArray(value) ? value : [value]).map(String);
      return list.every(known) ? { value: [...new Set(list)] } : 'not_an_option';
    }
    default: {
      const text = String(value);
      return text.length > (question.kind === 'text' ? 200 : 2000) ? 'too_long' : { value: text };
    }
  }
}

/**
 * Checks the answers to a category's questions.
 * @returns the answers kept (unknown codes dropped), each problem by question, and the words that stop the form.
 */
export function checkAnswers(
  questions: readonly ReportQuestion[],
  given: Record<string, unknown>,
): { answers: ReportAnswers; problems: AnswerProblem[]; stopper: Words | null } {
  const answers: ReportAnswers = {};
  const problems: AnswerProblem[] = [];
  let stopper: Words | null = null;
  for (const question of questions) {
    const value = tidy(question, given[question.code]);
    if (blank(value)) {
      if (question.required) problems.push({ code: question.code, problem: 'required' });
      continue;
    }
    const checked = checkOne(question, value);
    if (typeof checked === 'string') {
      problems.push({ code: question.code, problem: checked });
      continue;
    }
    answers[question.code] = checked.value;
    const chosen = Array.isArray(checked.value) ? checked.value : [checked.value];
    stopper ??=
      question.options?.find((option) => option.stopper && chosen.includes(option.code))?.stopper ?? null;
  }
  return { answers, problems, stopper };
}
