/** What went wrong around a petition, in words: the same with a script and without. */
import { m } from '@folkmoot/words';

const said = (words: string): string | undefined => (words === '-' ? undefined : words);

export const refused = (code: string): string | undefined => said(m.petition_refused({ code }));
export const invalid = (field: string, found: string): string | undefined =>
  said(m.petition_field({ own: `${field}:${found}` }));
