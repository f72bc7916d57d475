/**
 * One address signs once. Addresses are compared in one form: lower case, `+tag` taken off, and what a mail domain
 * itself does not tell apart, by the rows of its rule.
 */
export type EmailRule = {
  domain: string;
  aliasOf: string | null;
  stripsDots: boolean;
  stripsTag: boolean;
};

const unknown = { stripsDots: false, stripsTag: true };

/** `G.Okafor+bus@GoogleMail.com` → `gokafor@gmail.com`. An alias takes the rule of the domain it stands for. */
export function canonicalBy(rules: ReadonlyMap<string, EmailRule>, typed: string): string {
  const clean = typed.trim().toLowerCase();
  const at = clean.lastIndexOf('@');
  const written = clean.slice(at + 1);
  const domain = rules.get(written)?.aliasOf ?? written;
  const rule = rules.get(domain) ?? unknown;
  const local = clean.slice(0, at);
  const untagged = rule.stripsTag ? local.replace(/(?<=.)\+.*$/, '') : local;
  const plain = rule.stripsDots ? untagged.replaceAll('.', '') : untagged;
  return `${plain || local}@${domain}`;
}
