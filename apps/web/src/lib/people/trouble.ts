/** What went wrong, in words: the same for the page that came back without a script and for `enhance`. */
import { m } from '@folkmoot/words';

/** What a page's action gives back when the endpoint did not say yes. */
export type Failed = {
  trouble: { code: string; fields: Record<string, string> };
  typed: Record<string, string>;
  /** which endpoint it was, where a page has several forms */
  from: string;
};

/** The failure in what an action gave back, if it was one. */
export const failedOf = (form: object | null): Failed | null =>
  form && 'trouble' in form && form.trouble ? (form as Failed) : null;

/** What a rule said no with; nothing where the fault is ours. */
export const refusedWords = (code: string): string | undefined =>
  code === '' || code === 'broken' ? undefined : m.people_refused({ code });

/** Fields whose problem has a sentence of its own. */
const OWN = new Set([
  'email:required',
  'name:required',
  'password:too_short',
  'code:required',
  'sure:required',
  'agreed:required',
  'role:not_an_option',
  'en:required',
  'slug:not_understood',
  'website:not_understood',
  'email:not_understood',
]);

/** What the contract found in a field. */
export function fieldWords(field: string, problem: string): string {
  const own = `${field.split('.').pop() ?? ''}:${problem}`;
  return m.people_field({ own: OWN.has(own) ? own : problem });
}
