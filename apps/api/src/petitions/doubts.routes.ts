/** The endpoints of doubt: what rules marked, bursts, paper sheets that came in, and taking a petition away. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Words } from '@folkmoot/core/kit/shapes';
import { INVALID_REASONS, type Suspicion } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Queryable } from '@folkmoot/db/client';
import { organisations, people } from '@folkmoot/db/schema/people';
import { petitions } from '@folkmoot/db/schema/petitions';
import { petitionBursts, petitionSheets } from '@folkmoot/db/schema/signatures';
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';
import { type Counted, recountIn, type Rooms } from './counting.ts';
import {
  countsOf,
  findPetition,
  lockPetition,
  type Petition,
  recordPetition,
  schemeOf,
  subjectOf,
} from './facts.ts';
import { invalidationsOf, mayTake } from './integrity.routes.ts';
import { tellOrganiser } from './mails.ts';
import { sheetsAs } from './sheets.ts';

const BATCH = 500;
const MOST_GROUPS = 100;
const MOST_BURSTS = 50;

type Group = {
  because: Suspicion;
  network: string | null;
  domain: string | null;
  signatures: number;
  from: Date;
  to: Date;
};

/** Doubtful signatures by where they came from, the most first. */
async function groupsOf(db: Queryable, petition: number) {
  const { rows } = await db.execute<Group>(sql`
    select s.suspect_because as because, s.network,
      case when s.suspect_because = 'blocked' or s.network is null then lower(split_part(s.email, '@', 2)) end as domain,
      count(*)::int as signatures, min(s.confirmed_at) as from, max(s.confirmed_at) as to
    from signatures s where s.petition_id = ${petition} and s.state = 'suspect'
    group by 1, 2, 3 order by 4 desc, 2, 3 limit ${MOST_GROUPS}`);
  return rows.map(({ from, to, ...row }) => ({
    ...row,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }));
}

async function burstsWhere(db: Queryable, where: SQL | undefined) {
  const rows = await db
    .select({ it: petitionBursts, title: petitions.title, lang: petitions.lang, by: people.name })
    .from(petitionBursts)
    .innerJoin(petitions, eq(petitions.id, petitionBursts.petitionId))
    .leftJoin(people, eq(people.id, petitionBursts.seenBy))
    .where(where)
    .orderBy(desc(petitionBursts.at), desc(petitionBursts.id))
    .limit(MOST_BURSTS);
  return rows.map(({ it, title, lang, by }) => ({
    id: it.id,
    petition: it.petitionId,
    title,
    lang,
    kind: it.kind,
    source: it.source,
    most: it.most,
    day: it.day,
    at: it.at.toISOString(),
    seenBy: it.seenAt ? (by ?? '') : null,
  }));
}

async function atDesk(db: Queryable, petition: Petition) {
  const counts = await countsOf(db, petition.id);
  const groups = await groupsOf(db, petition.id);
  const [body] = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, petition.organisationId));
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from signatures where petition_id = ${petition.id} and state = 'suspect'`,
  );
  return {
    petition: petition.id,
    title: petition.title,
    lang: petition.lang,
    state: petition.state,
    organisation: { id: body!.id, name: body!.name as Words },
    online: counts.online,
    paper: counts.paper,
    invalidated: counts.invalidated,
    suspect: rows[0]!.n,
    groups,
    bursts: await burstsWhere(db, eq(petitionBursts.petitionId, petition.id)),
    invalidations: await invalidationsOf(db, petition.id),
    reasons: [...INVALID_REASONS],
    topic: `petition-desk:${petition.organisationId}`,
    removed: petition.removedAt
      ? { at: petition.removedAt.toISOString(), reason: petition.removedReason ?? '' }
      : null,
  };
}

type Which = { because?: string | undefined; network?: string | undefined; domain?: string | undefined };
/** @param until what is marked later nobody has looked at yet */
type Clearing = Which & { petition: number; until: string };

/** One portion: they count from now on, under the day on which they were confirmed. */
async function clearSome(rooms: Rooms, it: Clearing): Promise<number> {
  const { house } = rooms;
  return house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, it.petition);
    if (!petition) return 0;
    const parts = [
      sql`petition_id = ${petition.id} and state = 'suspect' and confirmed_at <= ${it.until}::timestamptz`,
      ...(it.because ? [sql`suspect_because = ${it.because}`] : []),
      ...(it.network ? [sql`network = ${it.network}`] : []),
      ...(it.domain ? [sql`lower(split_part(email, '@', 2)) = ${it.domain}`] : []),
    ];
    const { rows } = await tx.execute<Counted>(sql`
      update signatures set state = 'confirmed', checked_at = ${house.clock().toISOString()}::timestamptz
      where id in (select id from signatures where ${sql.join(parts, sql` and `)} limit ${BATCH})
      returning channel, supporter`);
    if (rows.length === 0) return 0;
    await recountIn(tx, rooms, petition, rows, 1);
    await recordPetition(tx, house, petition, 'petition.cleared', { signatures: rows.length }, 'staff');
    return rows.length;
  });
}

async function clearRest(rooms: Rooms, it: Clearing): Promise<void> {
  while ((await clearSome(rooms, it)) === BATCH) rooms.house.saved();
  rooms.house.saved();
}

function mountClearing(app: FastifyInstance, rooms: Rooms): void {
  const { house } = app;
  const rest = house.jobs.add<Clearing>({
    name: 'clear_suspects',
    seconds: 3_600,
    work: (it) => clearRest(rooms, it),
  });
  serve(app, contracts.clearSuspects, async ({ params, body, actor }) => {
    const petition = await mayTake(house, actor, params.petition);
    const it = { ...body, petition: petition.id, until: house.clock().toISOString() };
    const cleared = await clearSome(rooms, it);
    // a lesson's worth is done at once; a whole crowd goes on behind the request
    const more = cleared === BATCH;
    if (more) await rest.send(it);
    house.saved();
    return { cleared, more };
  });
}

function mountDoubting(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.readSignaturesAtDesk, async ({ params, actor }) =>
    atDesk(house.db, await mayTake(house, actor, params.petition)),
  );

  serve(app, contracts.listPetitionBursts, async ({ actor }) => {
    const mine = watched(actor);
    if (mine.length === 0) return { items: [] };
    const where = and(isNull(petitionBursts.seenAt), inArray(petitions.organisationId, mine));
    return { items: await burstsWhere(house.db, where) };
  });

  serve(app, contracts.seePetitionBurst, async ({ params, actor }) => {
    await house.db.transaction(async (tx) => {
      const of = eq(petitionBursts.id, params.burst);
      const [row] = await tx.select({ petition: petitionBursts.petitionId }).from(petitionBursts).where(of);
      // the petition first, as the watch does that notes bursts
      const petition = row ? await lockPetition(tx, row.petition) : null;
      if (!petition || !petitionPolicy.invalidateSignatures(actor, subjectOf(petition))) throw notFound();
      const seen = await tx
        .update(petitionBursts)
        .set({ seenAt: house.clock(), seenBy: personOf(actor) })
        .where(and(of, isNull(petitionBursts.seenAt)))
        .returning({ id: petitionBursts.id });
      for (const { id: burst } of seen)
        await recordPetition(tx, house, petition, 'petition.burst_seen', { burst }, 'staff');
    });
    house.saved();
    return { ok: true as const };
  });
}

/** The organisations whose signatures somebody watches over. */
const watched = (actor: Actor): string[] =>
  [...new Set(actor.grants.map((grant) => grant.organisation))].filter((organisation) =>
    petitionPolicy.invalidateSignatures(actor, { organisation }),
  );

function mountSheets(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listPetitionSheets, async ({ params, actor }) => {
    const petition = await findPetition(house.db, params.petition);
    const as = petition && (await sheetsAs(house.db, actor, petition));
    if (!petition || !as) throw notFound();
    const rows = await house.db
      .select({ it: petitionSheets, by: people.name })
      .from(petitionSheets)
      .leftJoin(people, eq(people.id, petitionSheets.enteredBy))
      .where(eq(petitionSheets.petitionId, petition.id))
      .orderBy(desc(petitionSheets.enteredAt), desc(petitionSheets.id))
      .limit(500);
    const { online, paper } = await countsOf(house.db, petition.id);
    const { minimumAge } = await schemeOf(house.db, petition);
    return {
      petition: petition.id,
      title: petition.title,
      lang: petition.lang,
      state: petition.state,
      online,
      paper,
      minimumAge,
      as,
      sheets: rows.map(({ it, by }) => ({
        id: it.id,
        at: it.enteredAt.toISOString(),
        by,
        rows: it.rows,
        counted: it.counted,
        doubles: it.doubles,
        scan: it.scan === null ? null : it.scan.endsWith('.pdf') ? ('pdf' as const) : ('photo' as const),
      })),
    };
  });
}

function mountRemoving(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.removePetition, async ({ params, body, actor }) => {
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, params.petition);
      if (!petition || petition.state === 'draft') throw notFound();
      if (!petitionPolicy.removePetition(actor, subjectOf(petition))) throw new Refused('not_allowed', 403);
      if (petition.removedAt) throw new Refused('removed');
      const now = house.clock();
      await tx
        .update(petitions)
        .set({
          removedAt: now,
          removedReason: body.reason,
          // whatever shows nothing that is hidden shows nothing of it either
          hiddenAt: petition.hiddenAt ?? now,
          hiddenParts: [],
          updatedAt: now,
        })
        .where(eq(petitions.id, petition.id));
      const audience = subjectOf(petition).published ? 'public' : 'staff';
      await recordPetition(tx, house, petition, 'petition.removed', {}, audience);
      await tellOrganiser(tx, house, petition, { what: 'removed', reason: body.reason });
    });
    house.saved();
    return { ok: true as const };
  });
}

export function mountDoubts(app: FastifyInstance, rooms: Rooms): void {
  mountDoubting(app);
  mountClearing(app, rooms);
  mountSheets(app);
  mountRemoving(app);
}
