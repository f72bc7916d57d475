/**
 * A report on its way, kept on the server: leaving and coming back loses nothing. It belongs to the visitor's
 * draft cookie, or to the person who is signed in; whoever signs in takes the visitor's draft along.
 */
import type { z } from 'zod';
import type { Contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { MOST_PHOTOS, type ReportPage } from '@folkmoot/core/reports/plain';
import { checkAnswers, type ReportAnswers } from '@folkmoot/core/reports/questions';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { reportDrafts } from '@folkmoot/db/schema/reports';
import { and, eq, isNull } from 'drizzle-orm';
import { metresBetween } from '@folkmoot/core/kit/plain';
import { Invalid, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { randomToken } from '../kit/secrets.ts';
import type { Places } from '../places/index.ts';
import type { SentReport } from './making.ts';
import { similarReports } from './similar.ts';
import { type Category, findCategory } from './store.ts';

/** nearer than this, the photo was taken where the pin already is */
const SAME_SPOT_METRES = 30;

export type DraftData = {
  /** makes sending the same draft twice one report */
  key?: string;
  lon?: number;
  lat?: number;
  place?: string | undefined;
  category?: string;
  notSimilar?: boolean;
  photosDone?: boolean;
  answers?: ReportAnswers;
  title?: string;
  detail?: string;
  name?: string;
  email?: string;
  showName?: boolean;
  /** what this device sent last; then nothing else stands here */
  sent?: SentReport & { at: string };
};
export type DraftRow = Omit<typeof reportDrafts.$inferSelect, 'data'> & { data: DraftData };
export type DraftAnswer = z.input<Contracts['readReportDraft']['answer']> & object;
export type DraftChange = z.output<Contracts['saveReportDraft']['body']>;
/** whose draft: who is signed in, and the draft cookie's hash */
export type Whose = { actor: Actor; visitor: string | null };

const keyOf = ({ actor, visitor }: Whose): string | null =>
  actor.person ? `person:${actor.person}` : visitor;

async function read(db: Queryable, visitor: string, lock: boolean): Promise<DraftRow | null> {
  const query = db.select().from(reportDrafts).where(eq(reportDrafts.visitor, visitor));
  const [row] = lock ? await query.for('update') : await query;
  return (row as DraftRow | undefined) ?? null;
}

/** The draft row of somebody, also one that holds no more than what was sent last. Signing in takes it along. */
export async function findDraft(db: Queryable, whose: Whose, lock = false): Promise<DraftRow | null> {
  const key = keyOf(whose);
  if (!key) return null;
  const own = await read(db, key, lock);
  const { person } = whose.actor;
  if (!person || !whose.visitor || (own && own.data.key)) return own;
  const before = await read(db, whose.visitor, false);
  if (!before?.data.key) return own;
  if (own) await db.delete(reportDrafts).where(eq(reportDrafts.id, own.id));
  const [taken] = await db
    .update(reportDrafts)
    .set({ visitor: key, personId: person })
    .where(and(eq(reportDrafts.id, before.id), isNull(reportDrafts.personId)))
    .returning();
  return (taken as DraftRow | undefined) ?? own;
}

/** The draft, locked; begun when there is none. */
export async function beginDraft(tx: Tx, whose: Whose, now: Date): Promise<DraftRow> {
  const known = await findDraft(tx, whose, true);
  if (known?.data.key) return known;
  const data: DraftData = { key: randomToken() };
  const [made] = await tx
    .insert(reportDrafts)
    .values({ visitor: keyOf(whose)!, personId: whose.actor.person, data, photos: [], updatedAt: now })
    .onConflictDoUpdate({ target: reportDrafts.visitor, set: { data, photos: [], updatedAt: now } })
    .returning();
  return made as DraftRow;
}

export async function writeDraft(
  tx: Queryable,
  row: DraftRow,
  change: { data?: DraftData; photos?: DraftRow['photos'] },
  now: Date,
): Promise<DraftRow> {
  const [written] = await tx
    .update(reportDrafts)
    .set({ ...change, updatedAt: now })
    .where(eq(reportDrafts.id, row.id))
    .returning();
  return written as DraftRow;
}

/** Adds photos that are kept already. @throws Refused too_many_photos */
export function withPhotos(row: DraftRow, more: DraftRow['photos']): DraftRow['photos'] {
  const known = new Set(row.photos.map((photo) => photo.hash));
  const photos = [...row.photos, ...more.filter((photo) => !known.has(photo.hash))];
  if (photos.length > MOST_PHOTOS) throw new Refused('too_many_photos', 409);
  return photos;
}

/** What a change of page means for the rest: another place may have other bodies, another kind other questions. */
export async function changeDraft(
  house: House,
  places: Places,
  before: DraftData,
  { answers, lon, lat, ...change }: DraftChange,
): Promise<DraftData> {
  const data: DraftData = { ...before, ...change };
  if (lon !== undefined && lat !== undefined) {
    if (!places.at(lon, lat).inside) throw new Refused('outside');
    const place = change.place ?? (await places.nearestStreet(lon, lat)) ?? undefined;
    Object.assign(data, { lon, lat, place });
    if (lon !== before.lon || lat !== before.lat) data.notSimilar = false;
  }
  const category = data.category ? await findCategory(house.db, data.category) : null;
  const offered = category !== null && isOffered(places, data, category);
  if (change.category && !offered) throw new Invalid({ category: 'not_an_option' });
  if (!offered) delete data.category;
  if (change.category && change.category !== before.category) {
    data.notSimilar = false;
    data.answers = {};
  }
  if (answers) {
    const checked = checkAnswers(category?.questions ?? [], answers);
    if (checked.problems.length)
      throw new Invalid(
        Object.fromEntries(checked.problems.map(({ code, problem }) => [`answers.${code}`, problem])),
      );
    data.answers = checked.answers;
  }
  return data;
}

const isOffered = (places: Places, { lon, lat }: DraftData, category: Category): boolean =>
  lon === undefined ||
  lat === undefined ||
  places.at(lon, lat).bodies.some((body) => body.id === category.organisationId);

/** Open reports like this one; none for kinds that nobody may know of. */
export async function similarTo(house: House, { lon, lat }: DraftData, category: Category) {
  if (lon === undefined || lat === undefined || category.private) return [];
  const near = { lon, lat, group: category.group, metres: category.similarMetres };
  return similarReports(house.db, near, house.clock());
}

async function nextPage(
  house: House,
  data: DraftData,
  category: Category | null,
  person: string | null,
): Promise<ReportPage> {
  if (data.lon === undefined || data.lat === undefined) return 'place';
  if (!category) return 'category';
  if (!data.notSimilar && (await similarTo(house, data, category)).length) return 'similar';
  if (checkAnswers(category.questions, data.answers ?? {}).problems.length) return 'questions';
  if (!data.photosDone) return 'photos';
  if (!data.title || !data.detail) return 'words';
  if (!person && (!data.name || !data.email)) return 'you';
  return 'check';
}

/** Where the newest photo was taken, when that is in town and not where the pin is. */
async function offerOf(places: Places, { data, photos }: DraftRow): Promise<DraftAnswer['offer']> {
  const { lon, lat } = photos.findLast((photo) => photo.lon !== undefined) ?? {};
  if (lon === undefined || lat === undefined || !places.at(lon, lat).inside) return null;
  const there =
    data.lon !== undefined &&
    data.lat !== undefined &&
    metresBetween({ lon, lat }, { lon: data.lon, lat: data.lat }) < SAME_SPOT_METRES;
  return there ? null : { lon, lat, place: await places.nearestStreet(lon, lat) };
}

const categoryOf = (places: Places, category: Category): DraftAnswer['category'] => ({
  id: category.id,
  name: category.name!,
  group: category.group,
  questions: category.questions,
  stopper: category.stopper ?? null,
  organisation: places.bodies().find((body) => body.id === category.organisationId)?.name ?? { en: '' },
  private: category.private,
  expectedDays: category.expectedDays,
});

/** The draft as its pages show it. */
export async function presentDraft(
  house: House,
  places: Places,
  row: DraftRow,
  actor: Actor,
): Promise<DraftAnswer> {
  const { data } = row;
  const category = data.category ? await findCategory(house.db, data.category) : null;
  const ward = data.lon !== undefined && data.lat !== undefined ? places.at(data.lon, data.lat).ward : null;
  const stopped = category
    ? (category.stopper ?? checkAnswers(category.questions, data.answers ?? {}).stopper)
    : null;
  return {
    lon: data.lon ?? null,
    lat: data.lat ?? null,
    place: data.place ?? null,
    ward: ward?.name ?? null,
    category: category ? categoryOf(places, category) : null,
    answers: data.answers ?? {},
    photos: row.photos.map(({ hash }) => ({ hash })),
    offer: await offerOf(places, row),
    notSimilar: data.notSimilar ?? false,
    title: data.title ?? null,
    detail: data.detail ?? null,
    name: data.name ?? null,
    email: data.email ?? null,
    showName: data.showName ?? false,
    next: await nextPage(house, data, category, actor.person),
    stopped,
    updatedAt: row.updatedAt.toISOString(),
  };
}
