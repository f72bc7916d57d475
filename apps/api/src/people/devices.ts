/** Where somebody is signed in. A device is known by its public id: the listed session ids are hashes. */
import { and, desc, eq, ne } from 'drizzle-orm';
import type { Db, Queryable } from '@folkmoot/db/client';
import { sessions } from '@folkmoot/db/schema/people';

export type Device = { id: string; device: string; createdAt: Date; seenAt: Date };
export type Devices = {
  /** The person's devices, newest first. */
  list: (person: string) => Promise<Device[]>;
  closeDevice: (person: string, publicId: string) => Promise<boolean>;
  /** Signs out everywhere, or everywhere but on one device; `tx` makes it part of what caused it. */
  closeAll: (person: string, except?: string | null, tx?: Queryable) => Promise<void>;
};

export const devicesOf = (db: Db): Devices => ({
  list: (person) =>
    db
      .select({
        id: sessions.publicId,
        device: sessions.device,
        createdAt: sessions.createdAt,
        seenAt: sessions.seenAt,
      })
      .from(sessions)
      .where(eq(sessions.userId, person))
      .orderBy(desc(sessions.seenAt))
      .limit(100),
  async closeDevice(person, publicId) {
    const gone = await db
      .delete(sessions)
      .where(and(eq(sessions.userId, person), eq(sessions.publicId, publicId)))
      .returning({ id: sessions.id });
    return gone.length > 0;
  },
  async closeAll(person, except = null, tx = db) {
    const others = except ? ne(sessions.publicId, except) : undefined;
    await tx.delete(sessions).where(and(eq(sessions.userId, person), others));
  },
});
