/** Pauses as they stand, and the endpoints that set them. What they mean is decided in core. */
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { isPaused, type Pause } from '@folkmoot/core/places/pauses';
import type { PauseKind } from '@folkmoot/core/places/plain';
import { placePolicy } from '@folkmoot/core/places/policy';
import type { Queryable } from '@folkmoot/db/client';
import { organisations } from '@folkmoot/db/schema/people';
import { pauses } from '@folkmoot/db/schema/places';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { serve } from '../kit/serve.ts';

type Words = { en: string; cy?: string };
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const dayBefore = (at: Date): string => dayOf(new Date(at.getTime() - 86_400_000));

/** A pause that was ended early lasted until the day before. */
const lasts = ({ endsOn, endedAt }: { endsOn: string; endedAt: Date | null }): string =>
  endedAt && dayBefore(endedAt) < endsOn ? dayBefore(endedAt) : endsOn;

/** Every pause there is and was: deadlines need the past ones, too. */
export async function readPauses(db: Queryable): Promise<Pause[]> {
  const rows = await db.select().from(pauses);
  return rows
    .map((row) => ({ organisation: row.organisationId, what: row.what, from: row.startsOn, to: lasts(row) }))
    .filter((pause) => pause.from <= pause.to);
}

/** Asks of one kind of work whether an organisation has it paused today. */
export async function pausedNow(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  what: PauseKind,
): Promise<(organisation: string) => boolean> {
  const all = await readPauses(db);
  const today = dayOf(clock());
  return (organisation) => isPaused(all, organisation, what, today);
}

/** Where somebody may set pauses. */
async function administered(db: Queryable, actor: Actor) {
  const mine = actor.grants
    .map((grant) => grant.organisation)
    .filter((organisation) => placePolicy.pauseWork(actor, { organisation }));
  if (mine.length === 0) throw new Refused('not_allowed', 403);
  const rows = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(and(inArray(organisations.id, mine), isNull(organisations.endedAt)))
    .orderBy(asc(organisations.slug));
  return rows.map((row) => ({ id: row.id, name: row.name as Words }));
}

export function mountPauses(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.listPauses, async ({ actor }) => {
    const mine = await administered(house.db, actor);
    const today = dayOf(house.clock());
    const rows = await house.db
      .select()
      .from(pauses)
      .where(
        inArray(
          pauses.organisationId,
          mine.map((one) => one.id),
        ),
      )
      .orderBy(desc(pauses.startsOn))
      .limit(200);
    const items = rows.map((row) => {
      const to = lasts(row);
      const state = row.startsOn > today ? 'to_come' : to < today ? 'over' : 'on';
      const organisation = mine.find((one) => one.id === row.organisationId)!;
      // ended on its first day: it paused nothing, and is shown as that day
      const until = to < row.startsOn ? row.startsOn : to;
      const { id, what, startsOn: from } = row;
      return { id, organisation, what, from, to: until, reason: row.reason as Words, state } as const;
    });
    return { organisations: mine, items };
  });

  serve(app, contracts.makePause, async ({ body, actor }) => {
    const { organisation, what, from, to, reason } = body;
    if (!placePolicy.pauseWork(actor, { organisation })) throw new Refused('not_allowed', 403);
    const [made] = await house.db
      .insert(pauses)
      .values({
        organisationId: organisation,
        what,
        startsOn: from,
        endsOn: to,
        reason,
        createdBy: actor.person,
        createdAt: house.clock(),
      })
      .onConflictDoNothing()
      .returning({ id: pauses.id });
    if (!made) throw new Refused('already_there');
    return { pause: made.id };
  });

  serve(app, contracts.endPause, async ({ params, actor }) => {
    await house.db.transaction(async (tx) => {
      const [row] = await tx.select().from(pauses).where(eq(pauses.id, params.pause)).for('update');
      if (!row || !placePolicy.pauseWork(actor, { organisation: row.organisationId })) throw notFound();
      const begun = row.startsOn <= dayOf(house.clock());
      if (begun) await tx.update(pauses).set({ endedAt: house.clock() }).where(eq(pauses.id, row.id));
      else await tx.delete(pauses).where(eq(pauses.id, row.id));
    });
    return { ok: true as const };
  });
}
