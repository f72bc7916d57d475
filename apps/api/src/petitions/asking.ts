/**
 * Asking to sign: the row that waits for the button. Whether an address has signed before makes no difference to what
 * is done here, so neither words nor time of the answer tell; the mail tells its owner.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Basis } from '@folkmoot/core/petitions/plain';
import { eligible, maySign } from '@folkmoot/core/petitions/rules';
import type { Tx } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import type { Pauses } from './clocks.ts';
import { countsOf, factsOf, findPetition, isBefore, recordPetition, schemeOf } from './facts.ts';

/** What somebody says who signs, and where it came from. */
export type Asking = {
  name: string;
  email: string;
  canonical: string;
  postcode: string;
  wardId: string | null;
  basis: Basis;
  age: number | null;
  follows: boolean;
  showsName: boolean;
  lang: Lang;
  network: string;
  /** came by the supporters' link */
  withKey: boolean;
};
type Waits = { waits: true };

/** mails one signature may bring about, whoever asks for them */
export const MOST_MAILS = 5;

const sorted = (acts: Asking[]): Asking[] => {
  const byAddress = new Map<string, Asking>();
  for (const act of acts) if (!byAddress.has(act.canonical)) byAddress.set(act.canonical, act);
  // always in one order: two processes with the same addresses must not wait for each other in a ring
  return [...byAddress.values()].sort((a, b) => (a.canonical < b.canonical ? -1 : 1));
};

/** The first words stay: nobody can change somebody else's signature by asking again in their name. */
async function keep(tx: Tx, petition: number, supporter: boolean, acts: Asking[], now: Date): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    insert into signatures (petition_id, supporter, state, name, email, canonical, postcode, basis, ward_id, lang,
      follows, shows_name, network, signed_at, mail_due_at)
    select ${petition}, ${supporter}, 'pending', v.name, v.email, v.canonical, v.postcode, v.basis, v."wardId", v.lang,
      v.follows, v."showsName", v.network, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(sorted(acts))}::jsonb) as v(name text, email text, canonical text,
      postcode text, basis text, "wardId" uuid, lang text, follows boolean, "showsName" boolean, network text)
    on conflict (petition_id, canonical) where canonical is not null do update set
      mail_due_at = case when signatures.mails_sent < ${MOST_MAILS}
        then coalesce(signatures.mail_due_at, excluded.mail_due_at) end,
      signed_at = case when signatures.state = 'pending' then excluded.signed_at else signatures.signed_at end`);
}

/** Writes a batch of askings for one petition. */
export async function writeAskings(
  tx: Tx,
  { house, paused }: { house: House; paused: Pauses },
  id: number,
  acts: Asking[],
): Promise<Array<Waits | Refused>> {
  const petition = await findPetition(tx, id);
  if (!petition || petition.state === 'draft') return acts.map(notFound);
  const scheme = await schemeOf(tx, petition);
  const facts = factsOf(petition, await countsOf(tx, id), scheme);
  const before = isBefore(petition.state);
  const may = maySign(facts, {
    now: house.clock(),
    begun: null,
    collectingPaused: await paused(petition.organisationId, 'collecting'),
  });
  const outcomes = acts.map((act): Waits | Refused => {
    if (before && (!act.withKey || petition.hiddenAt)) return notFound();
    if (!before && !may.ok) return new Refused(may.refused);
    const fits = eligible(act, scheme);
    return fits.ok ? { waits: true } : new Refused(fits.refused);
  });
  const taken = acts.filter((_, index) => !(outcomes[index] instanceof Refused));
  if (taken.length) {
    await keep(tx, id, before, taken, house.clock());
    await recordPetition(tx, house, petition, 'petition.asked', {}, 'none');
  }
  return outcomes;
}
