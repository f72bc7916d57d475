/**
 * Several people write one petition. Each paragraph has one editor at a time; a lock lapses when its holder is no
 * longer heard of, and whoever saves over words they have not seen is shown both.
 */
import { refuse } from '../kit/decide.ts';
import { DETAILS_LETTERS, type ParagraphField, TITLE_LETTERS, WHY_LETTERS } from './plain.ts';

/** Said again while somebody writes, so that who loses the signal holds nobody up for longer. */
export const LOCK_SECONDS = 45;
export const MOST_PARAGRAPHS = 12;
export const MOST_DRAFTERS = 20;

export type Held = { lockedBy: string | null; lockedUntil: Date | null };

/** Who holds a paragraph at this moment; null where nobody does, or the lock has lapsed. */
export const holderOf = ({ lockedBy, lockedUntil }: Held, now: Date): string | null =>
  lockedBy !== null && lockedUntil !== null && lockedUntil > now ? lockedBy : null;

export function takeLock(
  paragraph: Held,
  drafter: string,
  now: Date,
): { ok: true; until: Date } | { ok: false; refused: 'locked' } {
  const holder = holderOf(paragraph, now);
  if (holder !== null && holder !== drafter) return refuse('locked');
  return { ok: true, until: new Date(now.getTime() + LOCK_SECONDS * 1_000) };
}

/** @param seen the version that the writer had before their eyes */
export function maySave(
  paragraph: Held & { version: number },
  by: { drafter: string; seen: number; now: Date },
): { ok: true } | { ok: false; refused: 'locked' | 'changed_since' } {
  const holder = holderOf(paragraph, by.now);
  if (holder !== null && holder !== by.drafter) return refuse('locked');
  return by.seen === paragraph.version ? { ok: true } : refuse('changed_since');
}

/** A text as paragraphs: what blank lines part. An empty one has none. */
export const paragraphsOf = (text: string | null): string[] =>
  (text ?? '')
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);
export const joined = (paragraphs: readonly string[]): string =>
  paragraphs
    .map((one) => one.trim())
    .filter(Boolean)
    .join('\n\n');

const MOST: Record<ParagraphField, number> = {
  title: TITLE_LETTERS,
  why: WHY_LETTERS,
  details: DETAILS_LETTERS,
};
/** What is wrong with the words of a field, all its paragraphs together; null where nothing is. */
export function problemOf(field: ParagraphField, whole: string): 'required' | 'too_long' | null {
  if (field === 'title' && whole === '') return 'required';
  return whole.length > MOST[field] ? 'too_long' : null;
}
