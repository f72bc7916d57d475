/** The words of moderation. Imports nothing. */
export const FLAG_REASONS = ['private_details', 'rude', 'false', 'advert', 'other'] as const;
export const DECISIONS = ['hide', 'let_stand', 'show_again'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
export type ModerationDecision = (typeof DECISIONS)[number];
/** The house rules by number; the words stand in the content page "House rules". */
export const HOUSE_RULES = [1, 2, 3, 4, 5, 6] as const;

/** What may be flagged and hidden: a thing's own words (a report's, a petition's, a group's), a word added, one photo. */
export const PART_KINDS = ['text', 'petition', 'group', 'update', 'photo'] as const;
export type PartKind = (typeof PART_KINDS)[number];
/** `report:12` and `text`, `update:40` or `photo:0192…` */
export function partKind(topic: string, part: string): PartKind {
  if (part.startsWith('update:')) return 'update';
  if (part.startsWith('photo:')) return 'photo';
  return topic.startsWith('petition:') ? 'petition' : topic.startsWith('group:') ? 'group' : 'text';
}
/** The house rule that a reason usually means. */
export const RULE_OF: Readonly<Record<FlagReason, (typeof HOUSE_RULES)[number]>> = {
  private_details: 2,
  rude: 1,
  false: 3,
  advert: 4,
  other: 4,
};
/** days in which the author may ask for another look, once */
export const APPEAL_DAYS = 30;
