/** A draft that several people write: who is let in, the paragraphs as rows, and how they become the petition again. */
import type { z } from 'zod';
import type { Contracts } from '@folkmoot/core/contracts';
import { holderOf, joined, MOST_DRAFTERS, paragraphsOf } from '@folkmoot/core/petitions/drafting';
import { PARAGRAPH_FIELDS, type ParagraphField } from '@folkmoot/core/petitions/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import {
  petitionDrafters,
  petitionParagraphs,
  petitionParagraphVersions,
} from '@folkmoot/db/schema/drafting';
import { people } from '@folkmoot/db/schema/people';
import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { type Petition, recordPetition } from './facts.ts';

export type Paragraph = typeof petitionParagraphs.$inferSelect;
export type Drafter = typeof petitionDrafters.$inferSelect;
export type Together = z.input<Contracts['readDraftTogether']['answer']>;
/** who asks: who is signed in, and the draft cookie's hash */
export type Asker = { person: string | null; visitor: string | null };

/** Locks and changes are told on a topic that ends in a word which drafters alone are told. */
const draftWords = (petition: number): string => `petition drafting ${petition}`;
export const draftTopic = ({ signer }: Pick<House, 'signer'>, petition: number): string =>
  `petition-draft:${petition}:${signer.sign(draftWords(petition))}`;
export const isDraftWord = (
  { signer }: Pick<House, 'signer'>,
  petition: number,
  word: string | undefined,
): boolean => word !== undefined && signer.verify(draftWords(petition), word);

const inviteWords = (petition: number, word: string): string => `petition drafters ${petition} ${word}`;
export const invitePath = ({ signer }: Pick<House, 'signer'>, { id, draft }: Petition): string | null =>
  draft?.invite ? `/petitions/together/${id}/join?key=${signer.sign(inviteWords(id, draft.invite))}` : null;
export const isInvited = ({ signer }: Pick<House, 'signer'>, { id, draft }: Petition, key: string): boolean =>
  draft?.invite !== undefined && signer.verify(inviteWords(id, draft.invite), key);

/** Who of those let in asks here; whoever signed in since is still the same. */
export async function drafterOf(db: Queryable, petition: number, asker: Asker): Promise<Drafter | null> {
  const { person, visitor } = asker;
  const whose = or(
    person ? eq(petitionDrafters.personId, person) : undefined,
    visitor ? eq(petitionDrafters.visitor, visitor) : undefined,
  );
  if (!whose) return null;
  const [row] = await db
    .select()
    .from(petitionDrafters)
    .where(and(eq(petitionDrafters.petitionId, petition), whose))
    .orderBy(asc(petitionDrafters.joinedAt))
    .limit(1);
  return row ?? null;
}

/** @throws Refused too_many */
export async function letIn(
  tx: Tx,
  house: House,
  petition: number,
  asker: Asker,
  name: string,
): Promise<Drafter> {
  const known = await drafterOf(tx, petition, asker);
  if (known) return known;
  if ((await tx.$count(petitionDrafters, eq(petitionDrafters.petitionId, petition))) >= MOST_DRAFTERS)
    throw new Refused('too_many', 429);
  const { person: personId, visitor } = asker;
  const [made] = await tx
    .insert(petitionDrafters)
    .values({
      petitionId: petition,
      personId,
      visitor: personId ? null : visitor,
      name,
      joinedAt: house.clock(),
    })
    .returning();
  return made!;
}

export const nameOf = async (db: Queryable, person: string | null): Promise<string | null> => {
  if (!person) return null;
  const [row] = await db.select({ name: people.name }).from(people).where(eq(people.id, person));
  return row?.name ?? null;
};

export const readParagraphs = (db: Queryable, petition: number): Promise<Paragraph[]> =>
  db
    .select()
    .from(petitionParagraphs)
    .where(eq(petitionParagraphs.petitionId, petition))
    .orderBy(asc(petitionParagraphs.sort), asc(petitionParagraphs.id));

const textsOf = (petition: Petition, field: ParagraphField): string[] =>
  field === 'details' ? paragraphsOf(petition.details) : [petition[field]];

/** Keeps a wording for good. */
export async function keepWording(
  tx: Tx,
  { id, petitionId, field, version, text }: Paragraph,
  drafterId: string | null,
  at: Date,
): Promise<void> {
  await tx
    .insert(petitionParagraphVersions)
    .values({ petitionId, paragraphId: id, field, version, text, drafterId, at });
}

export async function writeParagraph(
  tx: Tx,
  it: Pick<Paragraph, 'petitionId' | 'field' | 'sort' | 'text'> & Partial<Paragraph>,
  drafter: string | null,
  at: Date,
): Promise<Paragraph> {
  const [made] = await tx
    .insert(petitionParagraphs)
    .values({ ...it, changedBy: drafter, changedAt: at })
    .returning();
  if (made!.text) await keepWording(tx, made!, drafter, at);
  return made!;
}

/** details come after the two single ones */
const SORT: Record<ParagraphField, number> = { title: 0, why: 1, details: 2 };

/** Makes the paragraphs of a draft that so far one person wrote on the question pages. */
export async function openParagraphs(tx: Tx, petition: Petition, drafter: string, at: Date): Promise<void> {
  if ((await readParagraphs(tx, petition.id)).length) return;
  for (const field of PARAGRAPH_FIELDS)
    for (const [index, text] of textsOf(petition, field).entries())
      await writeParagraph(
        tx,
        { petitionId: petition.id, field, sort: SORT[field] + index, text },
        drafter,
        at,
      );
}

export const wholeOf = (paragraphs: readonly Paragraph[], field: ParagraphField): string =>
  joined(paragraphs.filter((one) => one.field === field).map(({ text }) => text));

/**
 * Words that were changed on a question page become paragraphs, too; where somebody else writes just now they wait.
 * @throws Refused locked
 */
export async function followPages(
  tx: Tx,
  house: House,
  before: Petition,
  after: Petition,
  asker: Asker,
): Promise<void> {
  const paragraphs = await readParagraphs(tx, after.id);
  if (paragraphs.length === 0) return;
  const now = house.clock();
  const drafter = (await drafterOf(tx, after.id, asker))?.id ?? null;
  for (const field of PARAGRAPH_FIELDS) {
    if ((before[field] ?? '') === (after[field] ?? '')) continue;
    const old = paragraphs.filter((one) => one.field === field);
    if (old.some((one) => ![null, drafter].includes(holderOf(one, now)))) throw new Refused('locked');
    const texts = textsOf(after, field);
    const kept = new Set(texts);
    for (const one of old.filter(({ text }) => field === 'details' && !kept.has(text)))
      await tx.delete(petitionParagraphs).where(eq(petitionParagraphs.id, one.id));
    for (const [index, text] of texts.entries()) {
      const same = field === 'details' ? old.find((one) => one.text === text) : old[0];
      const sort = SORT[field] + index;
      if (same) await rewrite(tx, { ...same, sort }, text, drafter, now);
      else await writeParagraph(tx, { petitionId: after.id, field, sort, text }, drafter, now);
    }
  }
  await recordPetition(tx, house, after, 'petition.draft_changed', {}, 'staff');
}

/** Gives a paragraph other words and the next version; the same words change nothing but its place. */
export async function rewrite(
  tx: Tx,
  paragraph: Paragraph,
  text: string,
  drafter: string | null,
  at: Date,
): Promise<void> {
  const news = paragraph.text !== text;
  const next = { ...paragraph, text, version: paragraph.version + (news ? 1 : 0) };
  await tx
    .update(petitionParagraphs)
    .set({
      sort: next.sort,
      lockedBy: null,
      lockedUntil: null,
      ...(news && { text, version: next.version, changedBy: drafter, changedAt: at }),
    })
    .where(eq(petitionParagraphs.id, paragraph.id));
  if (news) await keepWording(tx, next, drafter, at);
}

/** Who begins another paragraph has left the one before: one editor writes in one place. */
export const freeOthers = (tx: Tx, petition: number, drafter: string, but: string | null) =>
  tx
    .update(petitionParagraphs)
    .set({ lockedBy: null, lockedUntil: null })
    .where(
      and(
        eq(petitionParagraphs.petitionId, petition),
        eq(petitionParagraphs.lockedBy, drafter),
        but ? ne(petitionParagraphs.id, but) : sql`true`,
      ),
    );

export async function presentTogether(
  db: Queryable,
  house: House,
  petition: Petition,
  me: Drafter,
  owner: boolean,
): Promise<Together> {
  const now = house.clock();
  const drafters = await db
    .select()
    .from(petitionDrafters)
    .where(eq(petitionDrafters.petitionId, petition.id))
    .orderBy(asc(petitionDrafters.joinedAt));
  const nameBy = new Map(drafters.map(({ id, name }) => [id, name]));
  const paragraphs = await readParagraphs(db, petition.id);
  return {
    petition: petition.id,
    title: petition.title,
    lang: petition.lang,
    owner,
    me: me.id,
    people: drafters.map(({ id, name }) => ({ id, name })),
    paragraphs: paragraphs.map((one) => {
      const holder = holderOf(one, now);
      const seconds = holder ? Math.ceil((one.lockedUntil!.getTime() - now.getTime()) / 1_000) : 0;
      return {
        id: one.id,
        field: one.field,
        text: one.text,
        version: one.version,
        lock: holder ? { by: nameBy.get(holder) ?? '', mine: holder === me.id, seconds } : null,
        changedBy: one.changedBy ? (nameBy.get(one.changedBy) ?? null) : null,
        changedAt: one.changedAt.toISOString(),
      };
    }),
    invitePath: owner ? invitePath(house, petition) : null,
    topic: draftTopic(house, petition.id),
  };
}

/** Everything of drafting together goes with the draft. */
export async function dropTogether(tx: Tx, petition: number): Promise<void> {
  await tx.delete(petitionParagraphVersions).where(eq(petitionParagraphVersions.petitionId, petition));
  await tx.delete(petitionParagraphs).where(eq(petitionParagraphs.petitionId, petition));
  await tx.delete(petitionDrafters).where(eq(petitionDrafters.petitionId, petition));
}

/** Whether somebody else writes in it just now: that is not the moment to send it off. */
export async function somebodyWrites(
  db: Queryable,
  petition: number,
  now: Date,
  asker: Asker,
): Promise<boolean> {
  const paragraphs = await readParagraphs(db, petition);
  if (paragraphs.length === 0) return false;
  const me = (await drafterOf(db, petition, asker))?.id ?? null;
  return paragraphs.some((one) => ![null, me].includes(holderOf(one, now)));
}
