/**
 * What of a group's page can be flagged: its words, with every way to reach it, and its picture. What was taken down
 * stays kept, so that a moderator can show it again; what its organisers write anew stands in its place.
 */
import type { Queryable, Tx } from '@folkmoot/db/client';
import { grants, organisations } from '@folkmoot/db/schema/people';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { record } from '../../kit/events.ts';
import type { House } from '../../kit/house.ts';
import type { Moderatable, Thing } from '../../moderation/index.ts';
import type { Organisation } from '../organisations.ts';

export const WORDS = ['about', 'meets', 'email', 'phone', 'website'] as const;
export type GroupPart = 'text' | 'photo';

/** A picture is flagged by its content: a new one is another one. */
export const pictureAs = ({ picture }: Pick<Organisation, 'picture'>): string | null =>
  picture === null ? null : `photo:${/[0-9a-f]{32}/.exec(picture)?.[0] ?? 'page'}`;

/** What everybody may read of it. */
export function shownOf(it: Organisation) {
  const takenDown = it.hiddenParts as GroupPart[];
  const { about, meets, email, phone, website } = it;
  const words = { about, meets, email, phone, website };
  const none = { about: null, meets: null, email: null, phone: null, website: null };
  const picture = takenDown.includes('photo') ? null : it.picture;
  return {
    ...(takenDown.includes('text') ? none : words),
    picture,
    pictureAs: pictureAs({ picture }),
    takenDown,
  };
}

/**
 * Where words were taken down, new ones take the place of all of them; the same ones again change nothing.
 * @param set what an organiser wrote
 */
export function writtenAnew(it: Organisation, set: Partial<Organisation>): Partial<Organisation> {
  if (!it.hiddenParts.includes('text')) return set;
  const fresh = Object.fromEntries(
    WORDS.map((name) => {
      const now = set[name] ?? null;
      return [name, JSON.stringify(now) === JSON.stringify(it[name]) ? null : now];
    }),
  ) as Partial<Organisation>;
  if (WORDS.every((name) => fresh[name] === null)) return {};
  return { ...fresh, hiddenParts: it.hiddenParts.filter((part) => part !== 'text') };
}

async function find(db: Queryable, id: string): Promise<Organisation | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  const [it] = await db.select().from(organisations).where(eq(organisations.id, id));
  return it?.kind === 'group' ? it : null;
}

/** Who is told, and may ask for another look: whoever has looked after the group longest. */
async function speaksFor(db: Queryable, it: Organisation): Promise<string | null> {
  const [row] = await db
    .select({ person: grants.personId })
    .from(grants)
    .where(and(eq(grants.organisationId, it.id), eq(grants.role, 'organiser'), isNull(grants.endedAt)))
    .orderBy(asc(grants.grantedAt), asc(grants.id))
    .limit(1);
  return row?.person ?? null;
}

const wordsOf = ({ about, meets, email, phone, website }: Organisation): string =>
  [about?.en, about?.cy === about?.en ? null : about?.cy, meets?.en, email, phone, website]
    .filter(Boolean)
    .join(' · ');

async function read(db: Queryable, id: string, name: string): Promise<Thing | null> {
  const it = await find(db, id);
  const part: GroupPart | null = name === 'text' ? 'text' : it && name === pictureAs(it) ? 'photo' : null;
  const text = it && part === 'text' ? wordsOf(it) : null;
  if (!it || !part || text === '') return null;
  return {
    kind: part === 'text' ? 'group' : 'photo',
    title: it.name?.en ?? '',
    text,
    photo: part === 'photo' ? it.picture : null,
    lang: 'en',
    to: `/organisations/${it.slug}`,
    at: it.createdAt,
    hidden: it.hiddenParts.includes(part),
    author: await speaksFor(db, it),
    authorName: null,
    organisation: it.id,
    area: null,
    category: null,
    private: false,
    visible: it.endedAt === null,
  };
}

async function hide(house: House, tx: Tx, id: string, name: string, hidden: boolean): Promise<void> {
  const part: GroupPart = name === 'text' ? 'text' : 'photo';
  const rest = sql`array_remove(${organisations.hiddenParts}, ${part}::text)`;
  await tx
    .update(organisations)
    .set({ hiddenParts: hidden ? sql`array_append(${rest}, ${part}::text)` : rest })
    .where(eq(organisations.id, id));
  await record(
    tx,
    {
      topic: `organisation:${id}`,
      type: hidden ? 'group.hidden' : 'group.shown',
      audience: 'public',
      organisation: id,
      data: { part },
    },
    house.clock(),
  );
}

export const groupThings = (house: House): Moderatable => ({
  read,
  hide: (tx, id, part, hidden) => hide(house, tx, id, part, hidden),
});
