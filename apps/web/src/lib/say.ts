/** The council's words in the reader's language; English with `lang="en"` where the Welsh is still missing. */
import { inLang } from '@folkmoot/core/kit/plain';
import { getLocale } from '@folkmoot/words';

export const say = (words: { en: string; cy?: string | undefined }): string =>
  inLang(words, getLocale()).text;
