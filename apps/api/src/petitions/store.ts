/** What pages and the open data read of petitions. */
import type { Words } from '@folkmoot/core/kit/shapes';
import type { PetitionBrief, PetitionFull } from '@folkmoot/core/petitions/contract';
import type { PetitionPart } from '@folkmoot/core/petitions/plain';
import { ladder, type Scheme } from '@folkmoot/core/petitions/scheme';
import type { Queryable } from '@folkmoot/db/client';
import { events } from '@folkmoot/db/schema/live';
import { organisations } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import {
  petitionCounts,
  petitionDecisions,
  petitionRejectionCodes,
  petitions,
  petitionSteps,
} from '@folkmoot/db/schema/petitions';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { countsOf, isBefore, type Petition, reachedAt, schemeOf } from './facts.ts';

/**
 * What stands in public lists, of `petitions p`: what was published or refused and is not hidden as a whole. The
 * index `petitions_listed` is for just these words.
 */
export const listed = sql`p.removed_at is null and (p.hidden_at is null or cardinality(p.hidden_parts) > 0)
  and (p.opened_at is not null or p.state = 'rejected')`;

/** What stands where a moderator hid the words. */
export const HIDDEN = '…';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function isHidden(petition: Petition, part: PetitionPart, hiddenCodes: ReadonlySet<string>): boolean {
  if (petition.hiddenAt !== null && petition.hiddenParts.length === 0) return part !== 'name';
  if (petition.hiddenParts.includes(part)) return true;
  return (
    petition.rejectionCode !== null &&
    hiddenCodes.has(petition.rejectionCode) &&
    petition.state === 'rejected'
  );
}

/** Every code there was, since what was rejected with a retired one keeps its words. */
export async function rejectionCodes(db: Queryable) {
  const rows = await db.select().from(petitionRejectionCodes).orderBy(asc(petitionRejectionCodes.sort));
  return rows.map(({ code, name, about, hidesText, retiredAt }) => ({
    code,
    name: name as Words,
    about: about as Words,
    hidesText,
    retired: retiredAt !== null,
  }));
}
type Codes = Awaited<ReturnType<typeof rejectionCodes>>;
const hidingOf = (codes: Codes): Set<string> =>
  new Set(codes.filter((one) => one.hidesText).map((one) => one.code));
export const hidingCodes = async (db: Queryable): Promise<Set<string>> => hidingOf(await rejectionCodes(db));

/** In which language each was refused, and the reason in the other one. */
async function refusalsOf(db: Queryable, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, never>();
  const rows = await db
    .selectDistinctOn([petitionDecisions.petitionId], {
      petition: petitionDecisions.petitionId,
      lang: petitionDecisions.lang,
      otherReason: petitionDecisions.otherReason,
    })
    .from(petitionDecisions)
    .where(
      and(
        inArray(petitionDecisions.petitionId, [...ids]),
        eq(petitionDecisions.command, 'reject'),
        isNull(petitionDecisions.undoneAt),
      ),
    )
    .orderBy(petitionDecisions.petitionId, desc(petitionDecisions.at));
  return new Map(rows.map(({ petition, ...refused }) => [petition, refused]));
}
type Refusals = Awaited<ReturnType<typeof refusalsOf>>;

function rejectionOf(petition: Petition, codes: Codes, refusals: Refusals): PetitionBrief['rejection'] {
  const { id, rejectionCode: code, rejectionReason, mergedInto } = petition;
  if (!code) return null;
  const known = codes.find((one) => one.code === code);
  const { lang, otherReason } = refusals.get(id) ?? { lang: petition.lang, otherReason: null };
  return {
    code,
    name: known?.name ?? { en: code },
    reason: rejectionReason ?? '',
    lang,
    otherReason,
    original: mergedInto,
  };
}

type Row = { petition: Petition; organisation: unknown; online: number | null; paper: number | null };

const rows = (db: Queryable) =>
  db
    .select({
      petition: petitions,
      organisation: organisations.name,
      online: petitionCounts.online,
      paper: petitionCounts.paper,
    })
    .from(petitions)
    .innerJoin(organisations, eq(organisations.id, petitions.organisationId))
    .leftJoin(petitionCounts, eq(petitionCounts.petitionId, petitions.id));

/** @param whole the organiser and the moderators read the words that are hidden from others */
function toBrief(
  { petition, organisation, online, paper }: Row,
  scheme: Scheme,
  { known, refusals }: { known: Codes; refusals: Refusals },
  whole: boolean,
) {
  const codes = hidingOf(known);
  const shown = (part: PetitionPart, words: string) =>
    !whole && isHidden(petition, part, codes) ? HIDDEN : words;
  const { id, lang, state, response, debate } = petition;
  return {
    id,
    title: shown('title', petition.title),
    why: shown('why', petition.why),
    lang,
    state,
    response,
    debate,
    signatures: (online ?? 0) + (paper ?? 0),
    organisation: { id: petition.organisationId, name: organisation as Words },
    openedAt: iso(petition.openedAt),
    closesAt: iso(petition.closesAt),
    closedAt: iso(petition.closedAt),
    updatedAt: petition.updatedAt.toISOString(),
    thresholds: ladder(scheme).map(({ threshold, at }) => ({
      threshold,
      at,
      reachedAt: iso(reachedAt(petition, threshold)),
    })),
    rejection: rejectionOf(petition, known, refusals),
  } satisfies PetitionBrief;
}

/** Petitions by their numbers, in the order given; numbers that are not there are left out. */
export async function readBriefs(
  db: Queryable,
  ids: readonly number[],
  whole = false,
): Promise<PetitionBrief[]> {
  if (ids.length === 0) return [];
  const known = await rejectionCodes(db);
  const found = await rows(db).where(inArray(petitions.id, [...ids]));
  const refused = found.filter(({ petition }) => petition.rejectionCode !== null);
  const refusals = await refusalsOf(
    db,
    refused.map(({ petition }) => petition.id),
  );
  const byId = new Map<number, PetitionBrief>();
  for (const row of found)
    byId.set(row.petition.id, toBrief(row, await schemeOf(db, row.petition), { known, refusals }, whole));
  return ids.map((id) => byId.get(id)).filter((brief) => brief !== undefined);
}

export async function newestSeq(db: Queryable, id: number): Promise<number> {
  const [row] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.topic, `petition:${id}`))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.id ?? 0;
}

async function wardsOf(db: Queryable, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const found = await db
    .select({ id: areas.id, slug: areas.slug, name: areas.name })
    .from(areas)
    .where(inArray(areas.id, [...ids]));
  return found.map((one) => ({ ...one, name: one.name as Words }));
}

export async function readSteps(db: Queryable, id: number): Promise<PetitionFull['steps']> {
  const found = await db
    .select()
    .from(petitionSteps)
    .where(eq(petitionSteps.petitionId, id))
    .orderBy(asc(petitionSteps.at))
    .limit(100);
  return found.map(({ byName, byPerson: _, petitionId: __, at, ...step }) => ({
    ...step,
    by: byName,
    at: at.toISOString(),
  }));
}

/** Everything the page of a petition shows. Whether one may see it is asked before. */
export async function readFull(db: Queryable, petition: Petition, whole = false): Promise<PetitionFull> {
  // read first, so that nothing between is missed; one after the other, they may share a transaction
  const seq = await newestSeq(db, petition.id);
  const known = await rejectionCodes(db);
  const codes = hidingOf(known);
  const refusals = await refusalsOf(db, petition.rejectionCode === null ? [] : [petition.id]);
  const [row] = await rows(db).where(eq(petitions.id, petition.id));
  const counts = await countsOf(db, petition.id);
  const scheme = await schemeOf(db, petition);
  const shown = (part: PetitionPart, words: string | null) =>
    words !== null && !whole && isHidden(petition, part, codes) ? HIDDEN : words;
  const { lon, lat } = petition;
  return {
    ...toBrief(row!, scheme, { known, refusals }, whole),
    seq,
    details: shown('details', petition.details),
    by: shown('name', petition.creatorName) || null,
    topics: petition.topics,
    wards: await wardsOf(db, petition.wardIds),
    place: lon !== null && lat !== null ? { lon, lat } : null,
    online: counts.online,
    paper: counts.paper,
    invalidated: counts.invalidated,
    supporters: isBefore(petition.state) ? { have: counts.supporters, need: scheme.supporters } : null,
    createdAt: petition.createdAt.toISOString(),
    endedReason: petition.endedReason,
    hiddenReason: petition.hiddenReason,
    steps: await readSteps(db, petition.id),
    bases: scheme.bases,
    minimumAge: scheme.minimumAge,
  };
}
