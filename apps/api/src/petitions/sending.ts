/**
 * Sending a petition off. Who is signed in does it with one button; who has no account gets a mail whose button
 * does it, and which is the same whether or not the address is known. What is sent off is what the mail was for.
 */
import type { Basis } from '@folkmoot/core/petitions/plain';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Tx } from '@folkmoot/db/client';
import { petitions } from '@folkmoot/db/schema/petitions';
import { signatures } from '@folkmoot/db/schema/signatures';
import { and, eq, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { randomToken } from '../kit/secrets.ts';
import { contactFor, joinAccount, type Token } from '../people/index.ts';
import { MOST_MAILS } from './asking.ts';
import type { Rooms } from './counting.ts';
import { lockPetition, type Petition, recordPetition, supporterKey } from './facts.ts';
import { checkSending, sendOff } from './making.ts';
import type { OwnSignature } from './signing.ts';
import { accountOf, checkHere, required, type Signers } from './who.ts';

export type Said = {
  name?: string | undefined;
  email?: string | undefined;
  postcode?: string | undefined;
  basis?: Basis | undefined;
  lang?: Lang | undefined;
};

/** The page that says "share this": by its key, since the button in a mail signs nobody in. */
export const startedPath = (house: Pick<House, 'signer'>, petition: number): string =>
  `/petitions/${petition}/started?key=${supporterKey(house, petition)}`;

/** The organiser's own signature, from what they said and what their account knows. @throws Invalid */
export async function organiserOf(
  tx: Tx,
  signers: Signers,
  petition: Petition,
  person: string,
  said: Said & { network: string },
): Promise<OwnSignature> {
  const account = await accountOf(tx, person);
  const { draft } = petition;
  const name = said.name ?? draft?.name ?? account.name;
  const typed = said.postcode ?? draft?.postcode ?? account.postcode;
  required({ name, postcode: typed });
  const basis = said.basis ?? draft?.basis ?? 'live';
  const { postcode, wardId } = await checkHere(signers, typed!, basis);
  const { email, lang } = account;
  return {
    person,
    name: name!,
    email,
    canonical: email ? await signers.canonical(email) : null,
    postcode,
    wardId,
    basis,
    age: draft?.age ?? null,
    follows: true,
    showsName: false,
    lang,
    channel: 'web',
    enteredBy: null,
    network: said.network,
    withKey: true,
  };
}

type Asked = {
  name: string;
  email: string;
  canonical: string;
  postcode: string;
  wardId: string | null;
  basis: Basis;
  lang: Lang;
  network: string;
};

/** Their signature waits for the button; asked for again it is one more mail, up to a few. */
async function writeAsked(tx: Tx, petition: number, it: Asked, now: Date): Promise<void> {
  const waiting = and(eq(signatures.petitionId, petition), eq(signatures.state, 'pending'));
  await tx.update(signatures).set({ mailDueAt: null }).where(waiting);
  await tx
    .insert(signatures)
    .values({ ...it, petitionId: petition, state: 'pending', follows: true, signedAt: now, mailDueAt: now })
    .onConflictDoUpdate({
      target: [signatures.petitionId, signatures.canonical],
      targetWhere: sql`canonical is not null`,
      set: {
        name: it.name,
        email: it.email,
        postcode: it.postcode,
        wardId: it.wardId,
        basis: it.basis,
        lang: it.lang,
        network: it.network,
        signedAt: now,
        mailDueAt: sql`case when ${signatures.mailsSent} < ${MOST_MAILS} then ${now.toISOString()}::timestamptz end`,
      },
    });
}

/** What the pages were told, and what this one says now. @throws Invalid with what is missing */
export function whoOf(petition: Petition, said: Said) {
  const told = {
    ...petition.draft,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)),
  };
  const { name, email, postcode, basis } = told;
  required({ name, email, postcode, basis });
  return { name: name!, email: email!, postcode: postcode!, basis: basis!, age: petition.draft?.age ?? null };
}

/** Asks the owner of the address. The job that writes the mail checks the rates, silently. */
export async function askOrganiser(
  tx: Tx,
  house: House,
  signers: Signers,
  petition: Petition,
  said: Said & { network: string },
): Promise<{ email: string }> {
  if (petition.state !== 'draft') throw new Refused('not_from_this_state');
  const { name, email, postcode, basis, age } = whoOf(petition, said);
  await checkSending(tx, house, petition, { basis, age });
  const place = await checkHere(signers, postcode, basis);
  const now = house.clock();
  const asked = petition.draft?.asked ?? randomToken();
  await tx
    .update(petitions)
    .set({ draft: { ...petition.draft, name, email, postcode, basis, asked }, updatedAt: now })
    .where(eq(petitions.id, petition.id));
  const lang = said.lang ?? petition.lang;
  const canonical = await signers.canonical(email);
  const { network } = said;
  await writeAsked(tx, petition.id, { name, email, canonical, ...place, basis, lang, network }, now);
  await recordPetition(tx, house, petition, 'petition.asked', {}, 'none');
  return { email };
}

/**
 * The button was pressed: the address is proven, the petition is theirs, and it goes off. Pressed in two mails, it
 * goes off once.
 * @throws Refused changed_since where the words are others than those of the mail
 */
export async function confirmPetition(tx: Tx, rooms: Rooms, token: Token): Promise<number> {
  const { petition: id, signature, asked } = token.data as Record<string, string>;
  const petition = await lockPetition(tx, Number(id));
  if (!petition) throw notFound();
  if (petition.state !== 'draft') return petition.id;
  if (!petition.draft?.asked || petition.draft.asked !== asked) throw new Refused('changed_since');
  const [row] = await tx
    .select()
    .from(signatures)
    .where(and(eq(signatures.id, signature!), eq(signatures.petitionId, petition.id)));
  if (row?.state !== 'pending' || !row.email || !row.name) throw new Refused('too_late');
  const { name, email, postcode, wardId, lang, canonical, basis, network } = row;
  const contact = await contactFor(tx, email);
  const person = await joinAccount(tx, contact.id, { name, lang, postcode, wardId }, rooms.house.clock());
  await sendOff(tx, rooms, petition, {
    person,
    name,
    email,
    canonical,
    postcode: postcode ?? '',
    wardId,
    basis,
    age: petition.draft.age ?? null,
    follows: true,
    showsName: false,
    lang,
    channel: 'web',
    enteredBy: null,
    network,
    withKey: true,
  });
  return petition.id;
}
