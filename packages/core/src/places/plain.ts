/** The words of places that every room may use. Imports nothing. */
export const AREA_KINDS = ['place', 'ward', 'parish', 'division'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];
export const PLACE_KINDS = [
  'park',
  'school',
  'library',
  'hall',
  'station',
  'shop',
  'church',
  'health',
  'sport',
  'other',
] as const;
export const PAUSE_KINDS = ['publishing', 'collecting', 'responding', 'promoting'] as const;
export type PauseKind = (typeof PAUSE_KINDS)[number];
export const STREET_CLASSES = ['main', 'street', 'lane', 'path'] as const;

/** `ay1 1ab` → `AY11AB`: how postcodes are kept and compared. */
export const canonicalPostcode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
/** `AY11AB` → `AY1 1AB`: how people write them. */
export const postcodeForPeople = (code: string): string => `${code.slice(0, -3)} ${code.slice(-3)}`;
