/**
 * Sessions: the only file that knows lucia. The cookie holds the raw id, the table its SHA-256; a copied database
 * opens nothing. Residents stay signed in for 30 days; staff for 12 hours, and 30 minutes without a click.
 */
import { eq, lt } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Db, Queryable } from '@folkmoot/db/client';
import { people, sessions } from '@folkmoot/db/schema/people';
import type { Clock } from '../kit/house.ts';
import { sha256 } from '../kit/secrets.ts';
import { actorIn } from './actors.ts';
import { type Devices, devicesOf } from './devices.ts';

const STAFF_HOURS = 12;
const STAFF_IDLE_MINUTES = 30;
const DAYS = 30;
/** how long a second factor counts as "just given": role changes and exports ask for it again after that */
const FRESH_MINUTES = 10;
/** one write a minute says when a session was last seen, however many pages are opened */
const SEEN_EVERY_MS = 60_000;

type Row = typeof sessions.$inferSelect;
type Attributes = {
  device: string;
  staff: boolean;
  strongAt: Date | null;
  createdAt: Date;
  seenAt: Date;
  publicId?: string;
};

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Attributes, Record<string, never>>;
    DatabaseSessionAttributes: Attributes;
    DatabaseUserAttributes: Record<string, never>;
  }
}

const fromRow = (rawId: string, row: Row): DatabaseSession => ({
  // the raw id it was asked with: with the hash, lucia's renewal and expiry would miss the row
  id: rawId,
  userId: row.userId,
  expiresAt: row.expiresAt,
  attributes: {
    device: row.device,
    staff: row.staff,
    strongAt: row.strongAt,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
    publicId: row.publicId,
  },
});

function adapterOf(db: Queryable): Adapter {
  const row = (id: string) => eq(sessions.id, sha256(id));
  return {
    async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [found] = await db.select().from(sessions).where(row(id));
      return found ? [fromRow(id, found), { id: found.userId, attributes: {} }] : [null, null];
    },
    async getUserSessions(userId) {
      const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
      return rows.map((one) => fromRow(one.id, one));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { device, staff, strongAt, createdAt, seenAt } = attributes;
      await db
        .insert(sessions)
        .values({ id: sha256(id), userId, expiresAt, device, staff, strongAt, createdAt, seenAt });
    },
    async updateSessionExpiration(id, expiresAt) {
      await db.update(sessions).set({ expiresAt }).where(row(id));
    },
    async deleteSession(id) {
      await db.delete(sessions).where(row(id));
    },
    async deleteUserSessions(userId) {
      await db.delete(sessions).where(eq(sessions.userId, userId));
    },
    async deleteExpiredSessions() {
      await db.delete(sessions).where(lt(sessions.expiresAt, new Date()));
    },
  };
}

const luciaOf = (db: Db) =>
  new Lucia(adapterOf(db), {
    sessionExpiresIn: new TimeSpan(DAYS, 'd'),
    getSessionAttributes: (attributes) => attributes,
  });

export type SessionCookie = {
  name: string;
  value: string;
  options: { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
};
export type OpenSession = {
  personId: string;
  publicId: string;
  device: string;
  staff: boolean;
  strongAt: Date | null;
  createdAt: Date;
};
export type Sessions = Devices & {
  cookieName: () => string;
  /** Opens a session. Always a new one: also at every rise of rights, so that an old cookie gains nothing. */
  open: (
    person: string,
    device: string,
    how?: { staff?: boolean; strong?: boolean },
  ) => Promise<SessionCookie>;
  /** @returns the session of a cookie, or null when it is none, old, or idle too long */
  read: (rawId: string) => Promise<OpenSession | null>;
  /** Ends a session. @returns the cookie that takes the old one away */
  close: (rawId: string) => Promise<SessionCookie>;
  /** Whether the second factor was given in the last ten minutes. */
  fresh: (session: Pick<OpenSession, 'strongAt'>) => boolean;
  /** Ends what has run out; called by the nightly job. */
  sweep: () => Promise<void>;
  /** Who asks: the session's person with their grants. */
  actorOf: (rawId: string | undefined) => Promise<Actor>;
};

/** Too old by the house's clock: lucia's own looks at the machine's. */
function ranOut(it: Pick<OpenSession, 'createdAt' | 'staff'> & { seenAt: Date }, now: number): boolean {
  const age = now - it.createdAt.getTime();
  if (!it.staff) return age > DAYS * 86_400_000;
  return age > STAFF_HOURS * 3_600_000 || now - it.seenAt.getTime() > STAFF_IDLE_MINUTES * 60_000;
}

/** @param secure whether PUBLIC_URL is https: then the cookie is Secure and its name is bound to the host */
export function sessionsOf(db: Db, clock: Clock, secure: () => boolean): Sessions {
  const cookieName = () => (secure() ? '__Host-folkmoot' : 'folkmoot');
  const lucia = luciaOf(db);
  const cookie = (value: string, maxAge: number): SessionCookie => ({
    name: cookieName(),
    value,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure: secure(), maxAge },
  });

  const open: Sessions['open'] = async (person, device, { staff = false, strong = false } = {}) => {
    const now = clock();
    const attributes = { device: device.slice(0, 80), staff, createdAt: now, seenAt: now };
    const session = await lucia.createSession(person, { ...attributes, strongAt: strong ? now : null });
    await db.update(people).set({ lastSeenAt: now }).where(eq(people.id, person));
    return cookie(session.id, staff ? STAFF_HOURS * 3600 : DAYS * 86_400);
  };

  const read: Sessions['read'] = async (rawId) => {
    const { session } = await lucia.validateSession(rawId);
    if (!session) return null;
    const now = clock();
    if (ranOut(session, now.getTime())) {
      await lucia.invalidateSession(rawId);
      return null;
    }
    if (now.getTime() - session.seenAt.getTime() > SEEN_EVERY_MS)
      await db
        .update(sessions)
        .set({ seenAt: now })
        .where(eq(sessions.id, sha256(rawId)));
    const { userId, device, staff, strongAt, createdAt, publicId = '' } = session;
    return { personId: userId, publicId, device, staff, strongAt, createdAt };
  };

  return {
    cookieName,
    open,
    read,
    ...devicesOf(db),
    close: async (rawId) => {
      await lucia.invalidateSession(rawId);
      return cookie('', 0);
    },
    fresh: ({ strongAt }) =>
      strongAt !== null && clock().getTime() - strongAt.getTime() < FRESH_MINUTES * 60_000,
    sweep: async () => {
      await db
        .delete(sessions)
        .where(lt(sessions.createdAt, new Date(clock().getTime() - DAYS * 86_400_000)));
    },
    actorOf: async (rawId) => actorIn(db, rawId ? await read(rawId) : null),
  };
}
