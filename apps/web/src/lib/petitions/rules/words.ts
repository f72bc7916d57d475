/** What went wrong on the pages of rules, of doubtful signatures and of paper sheets, in words. */
import { m } from '@folkmoot/words';

/** What a rule said no with; nothing where the fault is ours. */
export const refusedWords = (code: string): string | undefined =>
  code === '' || code === 'broken' ? undefined : m.petitionrules_refused({ code });

/** Fields whose problem has a sentence of its own, by the last part of their name. */
const OWN = new Set([
  'networks',
  'domains',
  'domain',
  'aliasOf',
  'code',
  'postcode',
  'name',
  'email',
  'agreed',
]);

/** What the contract found in a field: `rows.2.postcode` is the third row's postcode. */
export function fieldWords(field: string, problem: string): string {
  const row = /^rows\.(\d+)\.(\w+)$/.exec(field);
  if (row) return m.petitionrules_row_wrong({ row: Number(row[1]) + 1, field: row[2] ?? '', problem });
  const part =
    field
      .split('.')
      .filter((one) => !/^\d+$/.test(one))
      .at(-1) ?? '';
  return m.petitionrules_field({ own: OWN.has(part) ? `of-${part}` : problem });
}
