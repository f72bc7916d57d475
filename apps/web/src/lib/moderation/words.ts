/** The words of moderation: reasons, rules, the question that an item puts, and what its author reads. */
import type { FlagReason, ModerationDecision, PartKind } from '@folkmoot/core/moderation/plain';
import type { Lang } from '@folkmoot/core/kit/plain';
import { inWords, type Refusal, type Trouble } from '@folkmoot/ui/enhance';
import { m } from '@folkmoot/words';

export const reasonWord = (reason: FlagReason): string => m.moderation_reason({ reason });
export const kindWord = (kind: PartKind): string => m.moderation_kind({ kind });
export const ruleWord = (rule: number, lang?: Lang): string =>
  m.moderation_rule({ rule: String(rule) }, lang ? { locale: lang } : undefined);
export const questionWord = (reason: FlagReason | null): string =>
  m.moderation_question({ reason: reason ?? 'none' });
export const decisionWord = (decision: ModerationDecision): string => m.moderation_decided({ decision });

/** What the author reads where the moderator writes nothing else. */
export function reasonFor(decision: string, rule: string, own: string, lang: Lang): string {
  if (own.trim()) return own.trim();
  if (decision !== 'hide') return m.moderation_stands({}, { locale: lang });
  return rule ? m.moderation_broke({ rule }, { locale: lang }) : '';
}

export const refused = (code: string): string | undefined => {
  const words = m.moderation_refused({ code });
  return words === '-' ? undefined : words;
};
export const invalid = (field: string): string | undefined =>
  field === 'reason' ? m.moderation_field_reason() : field === 'text' ? m.moderation_field_text() : undefined;
export const troubleOf = (trouble: Refusal | null | undefined): Trouble | null =>
  trouble ? inWords({ refused, invalid }, trouble) : null;

/** The parts of a text that look like a telephone number or an address: a moderator's eye goes there first. */
export function marked(text: string): Array<{ text: string; mark: boolean }> {
  const found = /(\+?\d[\d ()-]{7,}\d|[^\s@]+@[^\s@]+\.\w+|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b)/g;
  return text.split(found).map((piece, i) => ({ text: piece, mark: i % 2 === 1 }));
}
