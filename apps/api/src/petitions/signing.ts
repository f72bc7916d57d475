/**
 * Signatures that count: a mailed button pressed, one click of somebody signed in, a call taken by staff. All go
 * through one batching writer: the petition locked once, doubles found, one insert, one update, one counter.
 */
import type { Channel } from '@folkmoot/core/kit/plain';
import type { PetitionState } from '@folkmoot/core/petitions/plain';
import { eligible, maySign } from '@folkmoot/core/petitions/rules';
import type { Scheme } from '@folkmoot/core/petitions/scheme';
import type { Tx } from '@folkmoot/db/client';
import { follows } from '@folkmoot/db/schema/notifications';
import { signatures } from '@folkmoot/db/schema/signatures';
import { sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { sha256 } from '../kit/secrets.ts';
import type { Asking } from './asking.ts';
import type { Pauses } from './clocks.ts';
import { countIn, type Rooms, supportIn } from './counting.ts';
import { countsOf, factsOf, isBefore, lockPetition, type Petition, schemeOf } from './facts.ts';
import { newReceipt } from './leaves.ts';

/** The signature of somebody we know: they may have no address, and a network says nothing of them. */
export type OwnSignature = Omit<Asking, 'email' | 'canonical' | 'network'> & {
  person: string;
  email: string | null;
  canonical: string | null;
  network: string | null;
  channel: Channel;
  enteredBy: string | null;
};
export type SignAct = { token: string } | { own: OwnSignature };
export type Signed = {
  already: boolean;
  total: number;
  /** which one it was; null where it had counted before */
  number: number | null;
  receipt: string | null;
  state: PetitionState;
};
type Needs = Rooms & { paused: Pauses };

type Row = {
  id: string;
  state: string;
  supporter: boolean;
  signedAt: Date;
  receipt: string | null;
  person: string | null;
  canonical: string | null;
};
type Told = { hash: string; expiresAt: Date; row: Row };
/** What becomes of an act: a refusal, a row that was there, or one to be confirmed or made. */
type Fate = Refused | { row: Row; person: string | null } | { make: OwnSignature };

const COLUMNS = sql.raw(
  `s.id, s.state, s.supporter, s.signed_at as "signedAt", s.receipt, s.person_id as person, s.canonical`,
);
const json = (rows: unknown) => sql`${JSON.stringify(rows)}::jsonb`;

async function byTokens(tx: Tx, petition: number, raws: string[]): Promise<Map<string, Told>> {
  if (raws.length === 0) return new Map();
  const hashes = raws.map((raw) => sha256(raw));
  const { rows } = await tx.execute<Row & { hash: string; expiresAt: Date }>(sql`
    select t.hash, t.expires_at as "expiresAt", ${COLUMNS}
    from tokens t join signatures s on s.id = (t.data->>'signature')::uuid
    where t.hash in (select jsonb_array_elements_text(${json(hashes)}))
      and t.kind = 'confirm_signature' and s.petition_id = ${petition}`);
  return new Map(
    rows.map(({ hash, expiresAt, ...row }) => [
      hash,
      { hash, expiresAt: new Date(expiresAt), row: { ...row, signedAt: new Date(row.signedAt) } },
    ]),
  );
}

async function existing(tx: Tx, petition: number, owns: OwnSignature[]): Promise<Row[]> {
  if (owns.length === 0) return [];
  const { rows } = await tx.execute<Row>(sql`
    select ${COLUMNS} from signatures s where s.petition_id = ${petition} and (
      s.person_id in (select (jsonb_array_elements_text(${json(owns.map((own) => own.person))}))::uuid)
      or s.canonical in (select jsonb_array_elements_text(${json(owns.flatMap((own) => own.canonical ?? []))})))`);
  return rows.map((row) => ({ ...row, signedAt: new Date(row.signedAt) }));
}

/** Whether a signature may count now: by the rules of signing, or of supporting before it is published. */
function mayCount(
  petition: Petition,
  facts: Parameters<typeof maySign>[0],
  at: { now: Date; begun: Date | null; collectingPaused: boolean },
  supporter: boolean,
): Refused | null {
  if (isBefore(petition.state)) {
    if (!supporter || petition.state === 'draft') return notFound();
    return petition.hiddenAt ? new Refused('petition_not_open') : null;
  }
  const may = maySign(facts, at);
  return may.ok ? null : new Refused(may.refused);
}

type Scene = {
  petition: Petition;
  scheme: Scheme;
  facts: ReturnType<typeof factsOf>;
  now: Date;
  collectingPaused: boolean;
};

function fateOfToken({ petition, facts, now, collectingPaused }: Scene, told: Told | undefined): Fate {
  if (!told) return notFound();
  const { row, expiresAt } = told;
  // doubtful ones stand as they are: only a moderator decides, and nobody learns of it by pressing again
  if (row.state === 'confirmed' || row.state === 'suspect') return { row, person: row.person };
  if (row.state !== 'pending') return notFound();
  if (expiresAt <= now) return new Refused('too_late');
  const no = mayCount(petition, facts, { now, begun: row.signedAt, collectingPaused }, row.supporter);
  return no ?? { row, person: null };
}

function fateOfOwn(
  { petition, scheme, facts, now, collectingPaused }: Scene,
  own: OwnSignature,
  rows: Row[],
): Fate {
  const row =
    rows.find((one) => one.person === own.person) ??
    rows.find((one) => own.canonical !== null && one.canonical === own.canonical);
  if (row && row.state !== 'pending') return row.state === 'invalidated' ? notFound() : { row, person: null };
  const no = mayCount(petition, facts, { now, begun: null, collectingPaused }, own.withKey);
  if (no) return no;
  const may = eligible({ basis: own.basis, age: own.age }, scheme);
  if (!may.ok) return new Refused(may.refused);
  return row ? { row, person: own.person } : { make: own };
}

/** Confirms rows that wait. @returns the receipts of those that count from now on */
async function confirm(tx: Tx, scene: Scene, waiting: Array<{ row: Row; person: string | null }>) {
  if (waiting.length === 0) return new Map<string, string>();
  const given = waiting.map(({ row, person }) => ({ id: row.id, person, ...newReceipt(scene.petition.id) }));
  const { rows } = await tx.execute<{ id: string; receipt: string }>(sql`
    update signatures s set state = 'confirmed', confirmed_at = ${scene.now.toISOString()}::timestamptz,
      receipt = v.receipt, leaf = v.leaf, mail_due_at = null, person_id = coalesce(s.person_id, v.person)
    from jsonb_to_recordset(${json(given)}) as v(id uuid, person uuid, receipt text, leaf text)
    where s.id = v.id and s.state = 'pending' returning s.id, s.receipt`);
  return new Map(rows.map((row) => [row.id, row.receipt]));
}

async function follow(tx: Tx, { petition, now }: Scene, owns: OwnSignature[]): Promise<void> {
  if (owns.length === 0) return;
  await tx
    .insert(follows)
    .values(
      owns.map(({ person }) => ({ personId: person, topic: `petition:${petition.id}`, createdAt: now })),
    )
    .onConflictDoNothing();
}

/** Who asked for a mail first and then signed in has an account: nobody joins one for them, who would follow it. */
async function followConfirmed(
  tx: Tx,
  scene: Scene,
  it: { acts: SignAct[]; fates: Fate[]; confirmed: ReadonlyMap<string, string> },
): Promise<void> {
  const owns = it.acts.flatMap((act, index) => {
    const fate = it.fates[index]!;
    return 'own' in act && act.own.follows && isRow(fate) && it.confirmed.has(fate.row.id) ? act.own : [];
  });
  await follow(tx, scene, owns);
}

/** Writes signatures that count at once. @returns the receipts, by person; who signed meanwhile is not among them */
async function make(tx: Tx, scene: Scene, owns: OwnSignature[]): Promise<Map<string, string>> {
  if (owns.length === 0) return new Map();
  const before = isBefore(scene.petition.state);
  const given = owns.map((own) => ({ ...own, supporter: before, ...newReceipt(scene.petition.id) }));
  const at = scene.now.toISOString();
  const { rows } = await tx.execute<{ person: string; receipt: string }>(sql`
    insert into signatures (petition_id, person_id, entered_by, channel, supporter, state, name, email, canonical,
      postcode, basis, ward_id, lang, follows, shows_name, network, signed_at, confirmed_at, receipt, leaf)
    select ${scene.petition.id}, v.person, v."enteredBy", v.channel, v.supporter, 'confirmed', v.name, v.email, v.canonical,
      v.postcode, v.basis, v."wardId", v.lang, v.follows, v."showsName", v.network, ${at}::timestamptz, ${at}::timestamptz, v.receipt, v.leaf
    from jsonb_to_recordset(${json(given)}) as v(person uuid, "enteredBy" uuid, channel text, supporter boolean, name text,
      email text, canonical text, postcode text, basis text, "wardId" uuid, lang text, follows boolean, "showsName" boolean, network text,
      receipt text, leaf text)
    order by v.canonical, v.person
    on conflict do nothing returning person_id as person, receipt`);
  const made = new Map(rows.map((row) => [row.person, row.receipt]));
  await follow(
    tx,
    scene,
    owns.filter((own) => own.follows && made.has(own.person)),
  );
  return made;
}

/**
 * Whoever asked for a mail in this very moment, in another process, has a row that waits where we wanted to write
 * one: it is confirmed. Somebody who stands twice in a batch finds what the first of them wrote.
 */
async function confirmLate(tx: Tx, scene: Scene, owns: OwnSignature[]) {
  const met = await existing(tx, scene.petition.id, owns);
  const rowOf = (own: OwnSignature): Row | undefined =>
    met.find((row) => row.person === own.person) ??
    met.find((row) => own.canonical !== null && row.canonical === own.canonical);
  const waiting = owns.flatMap((own) => {
    const row = rowOf(own);
    return row?.state === 'pending' ? [{ row, person: own.person }] : [];
  });
  const done = await confirm(
    tx,
    scene,
    uniqueBy(waiting, ({ row }) => row.id),
  );
  const of = (own: OwnSignature) => {
    const row = rowOf(own);
    if (!row || (row.state !== 'confirmed' && !done.has(row.id))) return null;
    return { id: row.id, receipt: done.get(row.id) ?? row.receipt, news: done.has(row.id) };
  };
  return { fresh: done.size, of };
}

/** The organiser's own signature: the first, not among the supporters, counted when the petition opens. */
export async function writeOwn(tx: Tx, house: House, petition: number, own: OwnSignature): Promise<void> {
  const at = house.clock();
  const { receipt, leaf } = newReceipt(petition);
  const { person, name, email, canonical, postcode, basis, wardId, lang, channel } = own;
  await tx
    .insert(signatures)
    .values({
      petitionId: petition,
      personId: person,
      channel,
      state: 'confirmed',
      name,
      email,
      canonical,
      postcode,
      basis,
      wardId,
      lang,
      follows: true,
      signedAt: at,
      confirmedAt: at,
      receipt,
      leaf,
    })
    .onConflictDoNothing();
}

const uniqueBy = <T>(list: T[], key: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [key(one), one])).values(),
];
const isRow = (fate: Fate): fate is { row: Row; person: string | null } => 'row' in fate;

async function fatesOf(tx: Tx, scene: Scene, acts: SignAct[]): Promise<Fate[]> {
  const { id } = scene.petition;
  const told = await byTokens(
    tx,
    id,
    acts.flatMap((act) => ('token' in act ? act.token : [])),
  );
  const rows = await existing(
    tx,
    id,
    acts.flatMap((act) => ('own' in act ? act.own : [])),
  );
  return acts.map((act) =>
    'token' in act ? fateOfToken(scene, told.get(sha256(act.token))) : fateOfOwn(scene, act.own, rows),
  );
}

async function sceneOf(tx: Tx, { house, paused }: Needs, id: number): Promise<Scene | null> {
  const petition = await lockPetition(tx, id);
  if (!petition) return null;
  const scheme = await schemeOf(tx, petition);
  const counts = await countsOf(tx, id);
  const collectingPaused = await paused(petition.organisationId, 'collecting');
  return { petition, scheme, facts: factsOf(petition, counts, scheme), now: house.clock(), collectingPaused };
}

/** A button is used up with what it did, and keeps which signature that was: it is known in this moment alone. */
async function useUp(
  tx: Tx,
  { now }: Scene,
  acts: SignAct[],
  outcomes: Array<Signed | Refused>,
): Promise<void> {
  const pressed = acts.flatMap((act, index) => {
    const outcome = outcomes[index]!;
    if (!('token' in act) || outcome instanceof Refused) return [];
    return [{ hash: sha256(act.token), number: outcome.number }];
  });
  if (pressed.length === 0) return;
  await tx.execute(sql`
    update tokens t set used_at = coalesce(t.used_at, ${now.toISOString()}::timestamptz),
      data = case when v.number is null then t.data else t.data || jsonb_build_object('number', v.number) end
    from jsonb_to_recordset(${json(uniqueBy(pressed, ({ hash }) => hash))}) as v(hash text, number int)
    where t.hash = v.hash`);
}

/** Writes a batch of signatures on one petition. The outcomes stand in the order of the acts. */
export async function writeSignatures(
  tx: Tx,
  needs: Needs,
  id: number,
  acts: SignAct[],
): Promise<Array<Signed | Refused>> {
  const scene = await sceneOf(tx, needs, id);
  if (!scene) return acts.map(notFound);
  const { petition, scheme } = scene;
  const fates = await fatesOf(tx, scene, acts);
  const waiting = fates.filter(isRow).filter(({ row }) => row.state === 'pending');
  const confirmed = await confirm(
    tx,
    scene,
    uniqueBy(waiting, ({ row }) => row.id),
  );
  await followConfirmed(tx, scene, { acts, fates, confirmed });
  const owns = fates.flatMap((fate) => ('make' in fate ? fate.make : []));
  const made = await make(
    tx,
    scene,
    uniqueBy(
      uniqueBy(owns, (own) => own.person),
      (own) => own.canonical ?? own.person,
    ),
  );
  const late = await confirmLate(
    tx,
    scene,
    owns.filter((own) => !made.has(own.person)),
  );
  const fresh = confirmed.size + made.size + late.fresh;
  const counts =
    fresh === 0
      ? await countsOf(tx, id)
      : isBefore(petition.state)
        ? await supportIn(tx, needs, petition, scheme, fresh)
        : await countIn(tx, needs, petition, scheme, { online: fresh });
  const total = isBefore(petition.state) ? counts.supporters : counts.online + counts.paper;
  const numbers = new Map<string, number>();
  const signed = (key: string, receipt: string | null, news: boolean): Signed => {
    const already = !news || numbers.has(key);
    // those of one batch stand in the order in which they came
    if (!already) numbers.set(key, total - fresh + numbers.size + 1);
    return { already, total, number: numbers.get(key) ?? null, receipt, state: petition.state };
  };
  const outcomes = fates.map((fate): Signed | Refused => {
    if (fate instanceof Refused) return fate;
    if ('row' in fate)
      return signed(fate.row.id, confirmed.get(fate.row.id) ?? fate.row.receipt, confirmed.has(fate.row.id));
    const own = fate.make;
    const receipt = made.get(own.person);
    if (receipt) return signed(own.person, receipt, true);
    const other = late.of(own);
    return other ? signed(other.id, other.receipt, other.news) : notFound();
  });
  await useUp(tx, scene, acts, outcomes);
  return outcomes;
}
