/** A scheme as its form sends it, turned into numbers: the same for the page's action and for `enhance`. */
import { formObject, type FormObject } from '@folkmoot/ui/form-data';

export type SchemeTyped = Record<string, string | string[] | FormObject | undefined>;

const NUMBERS = [
  'supporters',
  'response',
  'evidence',
  'debate',
  'days',
  'acknowledgeDays',
  'moderateDays',
  'answerDays',
  'evidenceDays',
  'debateDays',
  'speakingMinutes',
  'repeatMonths',
  'keepDays',
] as const;

/** `1,750` → 1750; what is no number is left to the contract, which says so. */
const numberOf = (typed: unknown): number | null =>
  typeof typed === 'string' && /^[\d.,\s]+$/.test(typed.trim())
    ? Number(typed.replaceAll(/[,\s]/g, ''))
    : null;

export function schemeTyped(form: FormData): SchemeTyped {
  return (formObject(form)['scheme'] ?? {}) as SchemeTyped;
}

export function schemeBody(form: FormData) {
  const it = formObject(form);
  const typed = schemeTyped(form);
  const byShare = typed['debateBy'] === 'share';
  const age = typed['minimumAge'];
  return {
    organisation: it['organisation'],
    ...(it['base'] !== undefined && { base: it['base'] }),
    scheme: {
      ...Object.fromEntries(NUMBERS.map((name) => [name, numberOf(typed[name])])),
      // a share that is left empty is none, and the contract asks for it
      debateShare: byShare ? (numberOf(typed['debateShare']) ?? 0) : null,
      minimumAge: age === '' || age === undefined ? null : numberOf(age),
      organiserSheets: typed['organiserSheets'] === 'on',
      bases: typed['bases'] ?? [],
      steps: typed['steps'] ?? [],
      excluded: typed['excluded'],
    },
  };
}
