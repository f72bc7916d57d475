/**
 * Sessions: the only file that knows lucia. The cookie holds the raw id, the table its SHA-256; a copied database
 * opens nothing. Residents stay signed in for 30 days; staff for 12 hours, and 30 minutes without a click.
 */
import { and, eq, lt, ne } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import { type Actor, visitor } from '@folkmoot/core/kit/policy';
import { STAFF_ROLES } from '@folkmoot/core/people/roles';
import type { Db, Queryable } from '@folkmoot/db/client';
import { grants, sessions } from '@folkmoot/db/schema/people';
import { sha256 } from '../kit/secrets.ts';
import type { Clock } from '../kit/house.ts';

const STAFF_HOURS = 12;
const STAFF_IDLE_MINUTES = 30;
const DAYS = 30;

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
  return {
    async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [row] = await db
        .select()
        .from(sessions)
        .where(eq(sessions.id, sha256(id)));
      return row ? [fromRow(id, row), { id: row.userId, attributes: {} }] : [null, null];
    },
    async getUserSessions(userId) {
      const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
      return rows.map((row) => fromRow(row.id, row));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { device, staff, strongAt, createdAt, seenAt } = attributes;
      await db
        .insert(sessions)
        .values({ id: sha256(id), userId, expiresAt, device, staff, strongAt, createdAt, seenAt });
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .update(sessions)
        .set({ expiresAt })
        .where(eq(sessions.id, sha256(id)));
    },
    async deleteSession(id) {
      await db.delete(sessions).where(eq(sessions.id, sha256(id)));
    },
    async deleteUserSessions(userId) {
      await db.delete(sessions).where(eq(sessions.userId, userId));
    },
    async deleteExpiredSessions() {
      await db.delete(sessions).where(lt(sessions.expiresAt, new Date()));
    },
  };
}

export type SessionCookie = {
  name: string;
  value: string;
  options: { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
};
export type OpenSession = {
  personId: string;
  publicId: string;
  staff: boolean;
  strongAt: Date | null;
  createdAt: Date;
};

export type Sessions = ReturnType<typeof sessionsOf>;

/** @param secure whether PUBLIC_URL is https: then the cookie is Secure and its name is bound to the host */
export function sessionsOf(db: Db, clock: Clock, secure: () => boolean) {
  const name = () => (secure() ? '__Host-folkmoot' : 'folkmoot');
  const lucia = new Lucia(adapterOf(db), {
    sessionExpiresIn: new TimeSpan(DAYS, 'd'),
    getSessionAttributes: (attributes) => attributes,
  });
  const cookie = (value: string, maxAge: number): SessionCookie => ({
    name: name(),
    value,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure: secure(), maxAge },
  });

  const tooOld = (created: Date, seen: Date, staff: boolean): boolean => {
    if (!staff) return false;
    const now = clock().getTime();
    return (
      now - created.getTime() > STAFF_HOURS * 3_600_000 || now - seen.getTime() > STAFF_IDLE_MINUTES * 60_000
    );
  };

  return {
    cookieName: name,
    /** Opens a session. Always a new one: also at every rise of rights, so that an old cookie gains nothing. */
    async open(
      person: string,
      device: string,
      { staff = false, strong = false } = {},
    ): Promise<SessionCookie> {
      const now = clock();
      const session = await lucia.createSession(person, {
        device: device.slice(0, 80),
        staff,
        strongAt: strong ? now : null,
        createdAt: now,
        seenAt: now,
      });
      return cookie(session.id, DAYS * 86_400);
    },
    /** @returns the session of a cookie, or null when it is none, old, or idle too long */
    async read(rawId: string): Promise<OpenSession | null> {
      const { session } = await lucia.validateSession(rawId);
      if (!session) return null;
      if (tooOld(session.createdAt, session.seenAt, session.staff)) {
        await lucia.invalidateSession(rawId);
        return null;
      }
      const now = clock();
      if (now.getTime() - session.seenAt.getTime() > 60_000) {
        await db
          .update(sessions)
          .set({ seenAt: now })
          .where(eq(sessions.id, sha256(rawId)));
      }
      const { staff, strongAt, createdAt } = session;
      return { personId: session.userId, publicId: session.publicId ?? '', staff, strongAt, createdAt };
    },
    /** Marks the second factor as just given. */
    async strengthen(rawId: string): Promise<void> {
      await db
        .update(sessions)
        .set({ strongAt: clock() })
        .where(eq(sessions.id, sha256(rawId)));
    },
    async close(rawId: string): Promise<SessionCookie> {
      await lucia.invalidateSession(rawId);
      return cookie('', 0);
    },
    /** The person's devices, newest first. Signing one out goes by its public id: the listed ids are hashes. */
    async list(person: string) {
      const rows = await db.select().from(sessions).where(eq(sessions.userId, person));
      return rows
        .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime())
        .map(({ publicId, device, createdAt, seenAt }) => ({ id: publicId, device, createdAt, seenAt }));
    },
    async closeDevice(person: string, publicId: string): Promise<boolean> {
      const gone = await db
        .delete(sessions)
        .where(and(eq(sessions.userId, person), eq(sessions.publicId, publicId)))
        .returning({ id: sessions.id });
      return gone.length > 0;
    },
    async closeAll(person: string, exceptRawId?: string): Promise<void> {
      const others = exceptRawId ? ne(sessions.id, sha256(exceptRawId)) : undefined;
      await db.delete(sessions).where(and(eq(sessions.userId, person), others));
    },
    /** Ends what has run out; called by the nightly job. */
    sweep: () => lucia.deleteExpiredSessions(),
    /** Who asks: the session's person with their grants. The second factor counts for staff sessions only. */
    async actorOf(rawId: string | undefined): Promise<Actor> {
      const session = rawId ? await this.read(rawId) : null;
      if (!session) return visitor;
      const held = await db
        .select({
          role: grants.role,
          organisation: grants.organisationId,
          area: grants.areaId,
          category: grants.categoryId,
          endedAt: grants.endedAt,
        })
        .from(grants)
        .where(eq(grants.personId, session.personId));
      const active = held
        .filter((grant) => !grant.endedAt)
        .map(({ role, organisation, area, category }) => ({ role, organisation, area, category }));
      const staff = active.some((grant) => STAFF_ROLES.includes(grant.role));
      return {
        person: session.personId,
        grants: active,
        strong: staff ? session.staff && session.strongAt !== null : true,
      };
    },
  };
}
