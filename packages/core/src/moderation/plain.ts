/** The words of moderation. Imports nothing. */
export const FLAG_REASONS = ['private_details', 'rude', 'false', 'advert', 'other'] as const;
export const DECISIONS = ['hide', 'let_stand', 'show_again'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
export type ModerationDecision = (typeof DECISIONS)[number];
/** The house rules by number; the words stand in the content page "House rules". */
export const HOUSE_RULES = [1, 2, 3, 4, 5, 6] as const;
