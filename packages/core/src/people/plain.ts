/** The words of people that every room may use. Imports nothing. */
export const CONTACT_KINDS = ['email', 'phone', 'post', 'none'] as const;
export const DIGESTS = ['now', 'daily', 'none'] as const;
export type Digest = (typeof DIGESTS)[number];
export const ORGANISATION_KINDS = ['council', 'county', 'housing', 'police', 'agency', 'group'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
export const TOKEN_KINDS = [
  'sign_in',
  'verify_email',
  'confirm_report',
  'confirm_update',
  'confirm_alert',
  'confirm_signature',
  'confirm_petition',
  'invitation',
  'verdict',
  'unsubscribe',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** What staff saw of somebody, and what for: said to the person in "what is held about me". */
export const LOOKED_AT = [
  'contact',
  'private_thing',
  'list',
  'answers',
  'export',
  'roles',
  'account',
] as const;
export type LookedAt = (typeof LOOKED_AT)[number];
export const LOOKED_FOR = ['handling', 'acting_for', 'moderating', 'giving_roles', 'data_request'] as const;
export type LookedFor = (typeof LOOKED_FOR)[number];

/** `07700 900 123` and `+44 7700 900123` → `+447700900123`; null where it can be no telephone number. */
export function canonicalPhone(typed: string): string | null {
  const digits = typed.replace(/[^0-9+]/g, '').replace(/^00/, '+');
  const whole = digits.startsWith('+') ? digits : digits.replace(/^0/, '+44');
  return /^\+[1-9][0-9]{7,14}$/.test(whole) ? whole : null;
}

/** `Mair.Pugh+bus@Example.ORG ` → `mair.pugh@example.org`: the default rule; a domain may have its own. */
export function canonicalEmail(typed: string): string {
  const [local = '', domain = ''] = typed.trim().toLowerCase().split('@');
  const plain = local.replace(/\+.*$/, '');
  if (domain === 'gmail.com' || domain === 'googlemail.com') return `${plain.replaceAll('.', '')}@gmail.com`;
  return `${plain}@${domain}`;
}
