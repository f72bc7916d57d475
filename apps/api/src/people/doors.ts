/** In and out: opening a session for somebody who has just proven to be themselves, and asking for the code again. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Queryable } from '@folkmoot/db/client';
import { secondFactors } from '@folkmoot/db/schema/people';
import { and, eq, isNotNull } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { deviceOf } from '../kit/who.ts';
import { grantsOf, isStaff } from './actors.ts';
import type { OpenSession, Sessions } from './sessions.ts';

export type Door = { request: FastifyRequest; reply: FastifyReply };

export async function hasSecondFactor(db: Queryable, person: string): Promise<boolean> {
  const [row] = await db
    .select({ at: secondFactors.confirmedAt })
    .from(secondFactors)
    .where(and(eq(secondFactors.personId, person), isNotNull(secondFactors.confirmedAt)));
  return row !== undefined;
}

/** Where staff go who have given one factor of two. */
async function secondStep(db: Queryable, person: string, to: string | undefined): Promise<string> {
  const path = (await hasSecondFactor(db, person)) ? '/sign-in/code' : '/me/second-factor';
  return to ? `${path}?to=${encodeURIComponent(to)}` : path;
}

export type Doors = ReturnType<typeof doorsOf>;

export function doorsOf(house: House, sessions: Sessions) {
  const current = async (request: FastifyRequest): Promise<OpenSession | null> => {
    const raw = request.cookies[sessions.cookieName()];
    return raw ? sessions.read(raw) : null;
  };

  return {
    current,
    /**
     * Opens a new session and ends the one this browser had.
     * @param strong the second factor was given just now
     * @returns where to go next
     */
    async open(
      { request, reply }: Door,
      person: string,
      { to, strong = false }: { to?: string; strong?: boolean },
    ) {
      const staff = isStaff(await grantsOf(house.db, person));
      const old = request.cookies[sessions.cookieName()];
      if (old) await sessions.close(old);
      const device = deviceOf(request.headers['user-agent']);
      const cookie = await sessions.open(person, device, { staff, strong: staff && strong });
      void reply.setCookie(cookie.name, cookie.value, cookie.options);
      if (staff && !strong) return secondStep(house.db, person, to);
      return to ?? (staff ? '/desk' : '/me');
    },
    async close({ request, reply }: Door): Promise<void> {
      const raw = request.cookies[sessions.cookieName()];
      if (!raw) return;
      const gone = await sessions.close(raw);
      void reply.setCookie(gone.name, gone.value, gone.options);
    },
    /** Whether the second factor was given in the last minutes, or there is none to give. */
    async isFresh(request: FastifyRequest): Promise<boolean> {
      const session = await current(request);
      if (!session) return false;
      if (sessions.fresh(session)) return true;
      // asked of the person, not of the session: one opened before the role was given is no way round the code
      if (!isStaff(await grantsOf(house.db, session.personId))) return true;
      // the people of the demo town have no phone with an app: whoever set one up there is asked for it
      return house.settings.demo && !(await hasSecondFactor(house.db, session.personId));
    },
    /** Role changes and exports by staff ask for the second factor again. @throws second_factor_again */
    async mustBeFresh(request: FastifyRequest): Promise<void> {
      if (!(await this.isFresh(request))) throw new Refused('second_factor_again', 403);
    },
  };
}
