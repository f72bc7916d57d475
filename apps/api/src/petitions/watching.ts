/**
 * The watch over signatures, every minute: what comes too fast from one network, or from one that is shut out, is
 * doubtful and does not count until a moderator has looked; and where very much comes at once they are told, once.
 */
import type { BurstKind, Suspicion } from '@folkmoot/core/petitions/plain';
import type { Rates } from '@folkmoot/core/petitions/rates';
import type { Tx } from '@folkmoot/db/client';
import { petitionBursts } from '@folkmoot/db/schema/signatures';
import { and, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { tellModerators } from './burst-mails.ts';
import { type Counted, recountIn, type Rooms } from './counting.ts';
import { lockPetition, recordPetition } from './facts.ts';
import { readRates } from './mailing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AT_ONCE = 1_000;

type Marked = { id: string; petition: number };
const textList = (list: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
const domainOf = sql`lower(split_part(s.email, '@', 2))`;
const lastHour = (now: Date): SQL =>
  sql`s.leaf is not null and s.confirmed_at > ${new Date(now.getTime() - HOUR).toISOString()}::timestamptz`;
const letThrough = ({ allow }: Rates): SQL =>
  sql`(s.network in ${textList(allow.networks)} or ${domainOf} in ${textList(allow.domains)}) is not true`;
/** what counts today, and no moderator has found good: signatures of an open petition, supporters of one before that */
const mayBeMarked = sql`s.state = 'confirmed' and s.checked_at is null
  and exists (select 1 from petitions p where p.id = s.petition_id and (p.state = 'open'
    or s.supporter and p.state in ('gathering_supporters', 'in_moderation', 'returned')))`;

/** From a network or a mail domain that is shut out. @param all also what was there before it was */
async function blocked(house: House, { block }: Rates, all: boolean): Promise<Marked[]> {
  if (block.networks.length + block.domains.length === 0) return [];
  const { rows } = await house.db.execute<Marked>(sql`
    select s.id, s.petition_id as petition from signatures s
    where ${all ? sql`s.leaf is not null` : lastHour(house.clock())} and ${mayBeMarked}
      and (s.network in ${textList(block.networks)} or ${domainOf} in ${textList(block.domains)}) limit ${AT_ONCE}`);
  return rows;
}

/** Beyond so many an hour from one network on one petition. */
async function tooFast(house: House, rates: Rates): Promise<Marked[]> {
  const { rows } = await house.db.execute<Marked>(sql`
    select id, petition from (
      select s.id, s.petition_id as petition, row_number() over (
        partition by s.petition_id, s.network order by s.confirmed_at, s.id) as n
      from signatures s
      where ${lastHour(house.clock())} and s.network is not null and ${mayBeMarked} and ${letThrough(rates)}
    ) counted where n > ${rates.suspect} limit ${AT_ONCE}`);
  return rows;
}

/** What is left of a burst from one network. A domain may be half a town's: there, people are told and decide. */
async function ofBurst(house: House, petition: number, network: string): Promise<Marked[]> {
  const { rows } = await house.db.execute<Marked>(sql`
    select s.id, s.petition_id as petition from signatures s
    where s.petition_id = ${petition} and s.network = ${network} and ${lastHour(house.clock())} and ${mayBeMarked}
    limit ${AT_ONCE}`);
  return rows;
}

/** Marks what is found until nothing more is. */
async function markAll(rooms: Rooms, because: Suspicion, find: () => Promise<Marked[]>): Promise<void> {
  for (;;) {
    const found = await find();
    await mark(rooms, found, because);
    if (found.length < AT_ONCE) return;
  }
}

/** Takes them out of the count until somebody has looked. */
async function mark(rooms: Rooms, found: readonly Marked[], because: Suspicion): Promise<void> {
  const { house } = rooms;
  const byPetition = Map.groupBy(found, (one) => Number(one.petition));
  for (const [id, marked] of byPetition)
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, id);
      if (!petition) return;
      // asked again under the lock: it may have ended meanwhile, or a moderator may have looked
      const { rows } = await tx.execute<Counted>(sql`
        update signatures s set state = 'suspect', suspect_because = ${because}
        where s.id in (select (jsonb_array_elements_text(${JSON.stringify(marked.map((one) => one.id))}::jsonb))::uuid)
          and ${mayBeMarked} returning s.channel, s.supporter`);
      if (rows.length === 0) return;
      await recountIn(tx, rooms, petition, rows, -1);
      await recordPetition(
        tx,
        house,
        petition,
        'petition.doubted',
        { because, signatures: rows.length },
        'staff',
      );
    });
}

type Burst = { petition: number; kind: BurstKind; source: string; n: number };

async function bursts(house: House, rates: Rates): Promise<Burst[]> {
  const of = (kind: BurstKind, source: SQL) => sql`
    select s.petition_id as petition, ${kind}::text as kind, ${source} as source, count(*)::int as n from signatures s
    where ${lastHour(house.clock())} and s.state in ('confirmed', 'suspect') and ${letThrough(rates)}
      and nullif(${source}, '') is not null
    group by 1, 3 having count(*) > ${rates.burst}`;
  const { rows } = await house.db.execute<Burst>(
    sql`${of('network', sql`s.network`)} union all ${of('domain', domainOf)}`,
  );
  return rows.map((row) => ({ ...row, petition: Number(row.petition) }));
}

/** @returns whether it is news: the same place on the same petition is told once a day */
async function keep(tx: Tx, house: House, it: Burst): Promise<string | null> {
  const now = house.clock();
  const lately = and(
    eq(petitionBursts.petitionId, it.petition),
    eq(petitionBursts.kind, it.kind),
    eq(petitionBursts.source, it.source),
    gt(petitionBursts.at, new Date(now.getTime() - DAY)),
  );
  const known = await tx
    .update(petitionBursts)
    .set({ most: sql`greatest(${petitionBursts.most}, ${it.n})` })
    .where(lately)
    .returning({ id: petitionBursts.id });
  if (known.length) return null;
  const [made] = await tx
    .insert(petitionBursts)
    .values({
      petitionId: it.petition,
      kind: it.kind,
      source: it.source,
      day: now.toISOString().slice(0, 10),
      most: it.n,
      at: now,
    })
    .onConflictDoNothing()
    .returning({ id: petitionBursts.id });
  return made?.id ?? null;
}

async function notice(rooms: Rooms, it: Burst): Promise<void> {
  const { house } = rooms;
  await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, it.petition);
    const burst = petition && (await keep(tx, house, it));
    if (!petition || !burst) return;
    const { kind } = it;
    const event = await recordPetition(tx, house, petition, 'petition.burst', { burst, kind }, 'staff');
    await tellModerators(tx, house, petition, { event, kind, most: it.n });
  });
}

/**
 * Looks at the last hour. Safe to repeat, and in several processes at once: what is marked is not marked again.
 * @param all looks at every signature for those that are shut out: when the lists have changed
 */
export async function watchSignatures(rooms: Rooms, all = false): Promise<void> {
  const { house } = rooms;
  const rates = await readRates(house.db);
  await markAll(rooms, 'blocked', () => blocked(house, rates, all));
  await markAll(rooms, 'rate', () => tooFast(house, rates));
  for (const it of await bursts(house, rates)) {
    await notice(rooms, it);
    if (it.kind === 'network') await markAll(rooms, 'burst', () => ofBurst(house, it.petition, it.source));
  }
  house.saved();
}
