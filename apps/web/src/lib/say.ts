/** The council's words in the reader's language; English with `lang="en"` where the Welsh is still missing. */
import { inLang } from '@folkmoot/core/kit/plain';
import { getLocale } from '@folkmoot/words';

export const say = (words: { en: string; cy?: string | undefined }): string =>
  inLang(words, getLocale()).text;

/** What somebody wrote in one language and perhaps in the other, too: the reader's own where it is there. */
export function sayReason(it: { reason: string; lang: string; otherReason: string | null }): {
  text: string;
  /** only where it is not the page's */
  lang: string | undefined;
} {
  if (it.lang === getLocale()) return { text: it.reason, lang: undefined };
  return it.otherReason ? { text: it.otherReason, lang: undefined } : { text: it.reason, lang: it.lang };
}
