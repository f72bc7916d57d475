/** Loading a petition, with and without lock, and what rules and policies need to know of it. */
import type { PetitionFacts } from '@folkmoot/core/petitions/rules';
import { ladder, type Scheme, scheme as schemeShape } from '@folkmoot/core/petitions/scheme';
import type { PetitionSubject } from '@folkmoot/core/petitions/policy';
import type { PetitionState, Threshold } from '@folkmoot/core/petitions/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionCounts, petitions, petitionSchemes } from '@folkmoot/db/schema/petitions';
import { eq } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { House } from '../kit/house.ts';
import { record } from '../kit/events.ts';

export type Petition = typeof petitions.$inferSelect;
export type Counts = typeof petitionCounts.$inferSelect;

/** The row, locked for the change that follows (never FOR UPDATE: it would block every signature). */
export async function lockPetition(tx: Tx, id: number): Promise<Petition | null> {
  const [row] = await tx.select().from(petitions).where(eq(petitions.id, id)).for('no key update');
  return row ?? null;
}

export async function findPetition(db: Queryable, id: number): Promise<Petition | null> {
  const [row] = await db.select().from(petitions).where(eq(petitions.id, id));
  return row ?? null;
}

export async function countsOf(db: Queryable, id: number): Promise<Counts> {
  const [row] = await db.select().from(petitionCounts).where(eq(petitionCounts.petitionId, id));
  return row ?? { petitionId: id, supporters: 0, online: 0, paper: 0, invalidated: 0, lastSignedAt: null };
}

const schemes = new LRUCache<string, Scheme>({ max: 1_000 });

async function versionOf(db: Queryable, id: string): Promise<Scheme> {
  const known = schemes.get(id);
  if (known) return known;
  const [row] = await db
    .select({ data: petitionSchemes.data })
    .from(petitionSchemes)
    .where(eq(petitionSchemes.id, id));
  const read = schemeShape.parse(row?.data ?? {});
  schemes.set(id, read);
  return read;
}

/**
 * The version a petition is pinned to, a share of the people put as the number it was when the petition was
 * started. Versions are never edited, so they are kept in memory.
 */
export async function schemeOf(
  db: Queryable,
  petition: Pick<Petition, 'schemeId' | 'debateNeeds'>,
): Promise<Scheme> {
  const scheme = await versionOf(db, petition.schemeId);
  return petition.debateNeeds === null ? scheme : { ...scheme, debate: petition.debateNeeds };
}

const reachedColumns = {
  response: 'responseReachedAt',
  evidence: 'evidenceReachedAt',
  debate: 'debateReachedAt',
} as const satisfies Record<Threshold, keyof Petition>;

export const reachedAt = (petition: Petition, threshold: Threshold): Date | null =>
  petition[reachedColumns[threshold]];

/** The columns that latch these thresholds. */
export const latches = (thresholds: readonly Threshold[], at: Date): Partial<Petition> =>
  Object.fromEntries(thresholds.map((threshold) => [reachedColumns[threshold], at]));

export function factsOf(petition: Petition, counts: Counts, scheme: Scheme): PetitionFacts {
  const reached = Object.fromEntries(
    ladder(scheme).flatMap(({ threshold }) => {
      const at = reachedAt(petition, threshold);
      return at ? [[threshold, at]] : [];
    }),
  );
  return {
    id: petition.id,
    state: petition.state,
    response: petition.response,
    debate: petition.debate,
    returned: petition.returned,
    supporters: counts.supporters,
    signatures: counts.online + counts.paper,
    reached,
    opensAt: petition.openedAt,
    closesAt: petition.closesAt,
    // where only a name is hidden, the petition itself is still there to be signed
    hidden: petition.removedAt !== null || (petition.hiddenAt !== null && petition.hiddenParts.length === 0),
  };
}

/** What everybody may see: what was published, and what was refused with its reason. */
const isPublished = ({ state, openedAt }: Petition): boolean =>
  openedAt !== null || state === 'rejected' || state === 'open' || state === 'closed' || state === 'stopped';

/** @param visitor hash of the draft cookie of who asks, where their draft may be meant */
export const subjectOf = (
  petition: Petition,
  withKey = false,
  visitor: string | null = null,
): PetitionSubject => ({
  organisation: petition.organisationId,
  person: petition.personId,
  published: isPublished(petition),
  withKey: withKey && petition.state !== 'draft',
  draft: petition.state === 'draft',
  byVisitor: visitor !== null && petition.visitor === visitor,
});

/** The word in the supporters' link. Made from the petition's number and our secret: nothing to keep, nothing to lose. */
const keyWords = (petition: number): string => `petition supporters ${petition}`;
export const supporterKey = ({ signer }: Pick<House, 'signer'>, petition: number): string =>
  signer.sign(keyWords(petition));
export const isSupporterKey = (
  { signer }: Pick<House, 'signer'>,
  petition: number,
  key: string | undefined,
): boolean => key !== undefined && signer.verify(keyWords(petition), key);
export const supporterPath = (house: Pick<House, 'signer'>, petition: number): string =>
  `/petitions/${petition}?key=${supporterKey(house, petition)}`;

const BEFORE: readonly PetitionState[] = ['draft', 'gathering_supporters', 'in_moderation', 'returned'];
export const isBefore = (state: PetitionState): boolean => BEFORE.includes(state);

/** What happened to a petition that nobody has published is told to its organiser and at the desk alone. */
export async function recordPetition(
  tx: Queryable,
  house: Pick<House, 'clock'>,
  petition: Pick<Petition, 'id' | 'organisationId' | 'personId'>,
  type: string,
  data: Record<string, unknown>,
  audience: 'public' | 'staff' | 'none' = 'public',
): Promise<number> {
  return record(
    tx,
    {
      topic: `petition:${petition.id}`,
      type,
      audience,
      organisation: petition.organisationId,
      data: { petition: petition.id, ...data },
    },
    house.clock(),
  );
}

/** It is in another state. @param petition as it was before */
export const recordMove = (
  tx: Queryable,
  house: Pick<House, 'clock'>,
  petition: Petition,
  to: PetitionState,
  audience: 'public' | 'staff' = 'public',
): Promise<number> =>
  recordPetition(tx, house, petition, 'petition.state_changed', { from: petition.state, to }, audience);
