/**
 * Kinds of report as an administrator writes them: one line an option in a plain box, and codes that stay what they
 * were, since answers that people gave point at them.
 */
import type { ReportQuestion } from './questions.ts';

type Option = NonNullable<ReportQuestion['options']>[number];
export const MOST_QUESTIONS = 12;
export const MOST_OPTIONS = 30;

/** A code out of words: small letters, figures and `_`, none that is taken. */
export function codeFrom(words: string, taken: ReadonlySet<string>): string {
  const plain = words
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f’']/g, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  const base = /^[a-z]/.test(plain) ? plain : plain ? `x_${plain}` : 'other';
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}

const inWords = (en: string, cy: string | undefined) => (cy ? { en, cy } : { en });

/** Options as lines: `English | Welsh | words that stop the form | the same in Welsh`. */
export const linesOf = (options: readonly Option[] = []): string =>
  options
    .map(({ label, stopper }) => {
      const parts = [label.en, label.cy ?? '', stopper?.en ?? '', stopper?.cy ?? ''];
      while (parts.length > 1 && parts.at(-1) === '') parts.pop();
      return parts.join(' | ');
    })
    .join('\n');

/**
 * Reads those lines again. An option keeps its code by its English words; where as many lines as before were
 * written, one whose words changed is the one that stood there.
 */
export function optionsFrom(lines: string, before: readonly Option[] = []): Option[] {
  const read = lines
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([en]) => en);
  const same = read.map(([en]) => before.find((one) => one.label.en === en)?.code);
  const taken = new Set(same.filter((code) => code !== undefined));
  return read.map(([en = '', cy, stopEn, stopCy], at) => {
    const stood = read.length === before.length ? before[at]?.code : undefined;
    const kept = same[at] ?? (stood !== undefined && !taken.has(stood) ? stood : undefined);
    const code = kept ?? codeFrom(en, new Set([...taken, ...before.map((one) => one.code)]));
    taken.add(code);
    return { code, label: inWords(en, cy), ...(stopEn && { stopper: inWords(stopEn, stopCy) }) };
  });
}

export type QuestionWritten = {
  /** empty for a new one */
  code: string;
  kind: ReportQuestion['kind'];
  label: { en: string; cy: string };
  hint: { en: string; cy: string };
  required: boolean;
  options: string;
  /** where it shall stand; smaller comes first */
  place: number;
  remove: boolean;
};

const isChoice = (kind: ReportQuestion['kind']): boolean => kind === 'one_of' || kind === 'several_of';

/**
 * The questions a category will ask: those without words or taken out are gone, the rest stand in their order.
 * @returns the questions, or which of those written offers nothing to choose from
 */
export function questionsFrom(
  written: readonly QuestionWritten[],
  before: readonly ReportQuestion[],
): { questions: ReportQuestion[] } | { lacksOptions: number } {
  const kept = written
    .map((one, at) => ({ ...one, at }))
    .filter((one) => !one.remove && one.label.en !== '')
    .sort((a, b) => a.place - b.place || a.at - b.at);
  const known = new Set(before.map((one) => one.code));
  const used = new Set<string>();
  const questions: ReportQuestion[] = [];
  for (const { at, code, kind, label, hint, required, options } of kept) {
    const old = known.has(code) && !used.has(code) ? before.find((one) => one.code === code) : undefined;
    const own = old?.code ?? codeFrom(label.en, new Set([...known, ...used]));
    used.add(own);
    const choices = isChoice(kind) ? optionsFrom(options, old?.options) : [];
    if (isChoice(kind) && choices.length < 2) return { lacksOptions: at };
    questions.push({
      code: own,
      kind,
      label: inWords(label.en, label.cy),
      ...(hint.en && { hint: inWords(hint.en, hint.cy) }),
      required,
      ...(isChoice(kind) && { options: choices }),
    });
  }
  return { questions };
}
