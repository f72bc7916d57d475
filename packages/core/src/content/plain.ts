/** The words of content pages. Imports nothing. */

/** The pages that a council may not go live without, in the order of the footer. */
export const PAGES = [
  'accessibility',
  'privacy',
  'cookies',
  'terms',
  'house-rules',
  'how-it-is-made',
] as const;
export type PageSlug = (typeof PAGES)[number];

/** What may stand in a page in braces, and is filled in when it is read: a new telephone number is changed once. */
export const BLANKS = ['town', 'council', 'phone', 'hours', 'address', 'source', 'held', 'updated'] as const;
export type Blank = (typeof BLANKS)[number];

/** `Ring {phone}` → `Ring 01555 550 100`. Braces that name nothing stay as they are. */
export const fillBlanks = (text: string, facts: Partial<Record<Blank, string>>): string =>
  text.replace(/\{([a-z]+)\}/g, (whole, name: string) => facts[name as Blank] ?? whole);
