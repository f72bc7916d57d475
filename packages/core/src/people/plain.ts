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
  'invitation',
  'verdict',
  'unsubscribe',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** `Mair.Pugh+bus@Example.ORG ` → `mair.pugh@example.org`: the default rule; a domain may have its own. */
export function canonicalEmail(typed: string): string {
  const [local = '', domain = ''] = typed.trim().toLowerCase().split('@');
  const plain = local.replace(/\+.*$/, '');
  if (domain === 'gmail.com' || domain === 'googlemail.com') return `${plain.replaceAll('.', '')}@gmail.com`;
  return `${plain}@${domain}`;
}
