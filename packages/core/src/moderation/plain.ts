/** The words of moderation. Imports nothing. */
export const FLAG_REASONS = ['private_details', 'rude', 'false', 'advert', 'other'] as const;
export const DECISIONS = ['hide', 'let_stand', 'show_again'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
export type ModerationDecision = (typeof DECISIONS)[number];
/** The house rules by number; the words stand in the content page "House rules". */
export const HOUSE_RULES = [1, 2, 3, 4, 5, 6] as const;

/** What of a thing may be flagged and hidden: its own words, a word added to it, one photo. */
export const PART_KINDS = ['text', 'update', 'photo'] as const;
export type PartKind = (typeof PART_KINDS)[number];
/** `text`, `update:40`, `photo:0192…` */
export const partKind = (part: string): PartKind | null => {
  const kind = part.split(':')[0] as PartKind;
  return PART_KINDS.includes(kind) ? kind : null;
};
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
