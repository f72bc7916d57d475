/** The queue's endpoints: reading it, "I have seen these", many at once, and a report for somebody on the phone. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { minutesOfWork } from '@folkmoot/core/reports/desk';
import { REPORT_STATES, type ReportState } from '@folkmoot/core/reports/plain';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import { events } from '@folkmoot/db/schema/live';
import { organisations, people } from '@folkmoot/db/schema/people';
import { deskLooks } from '@folkmoot/db/schema/report-desk';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { Invalid, notFound, Refused } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { personOf, serve } from '../../kit/serve.ts';
import type { Places } from '../../places/index.ts';
import { makeReport } from '../making.ts';
import { findReport, lockReport, subjectOf } from '../store.ts';
import { changeIn } from './changing.ts';
import { countQueue, PER_PAGE, readChoices, readQueue } from './queue.ts';

/** The organisations whose desks somebody may sit at, in the order their roles were given. */
export async function desksOf(house: House, actor: Actor) {
  const ids = [...new Set(actor.grants.map((grant) => grant.organisation))].filter((organisation) =>
    reportPolicy.seeReportQueue(actor, { organisation }),
  );
  if (ids.length === 0) throw new Refused('not_allowed', 403);
  const rows = await house.db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(and(inArray(organisations.id, ids), isNull(organisations.endedAt)));
  return ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
}

/** The desk asked for, or the first of one's own. @throws Refused not_allowed */
export function deskIn<T extends { id: string }>(desks: T[], asked: string | undefined): T {
  const found = asked ? desks.find((one) => one.id === asked) : desks[0];
  if (!found) throw new Refused('not_allowed', 403);
  return found;
}

async function lookedAt(house: House, person: string, organisation: string): Promise<Date | null> {
  const [row] = await house.db
    .select({ at: deskLooks.lookedAt })
    .from(deskLooks)
    .where(and(eq(deskLooks.personId, person), eq(deskLooks.organisationId, organisation)));
  return row?.at ?? null;
}

/** A queue has no topic of its own in the events, so the page begins from the newest of all. */
async function newest(house: House): Promise<number> {
  const [row] = await house.db.select({ id: events.id }).from(events).orderBy(desc(events.id)).limit(1);
  return row?.id ?? 0;
}

function reading({ house, app }: { house: House; app: FastifyInstance }): void {
  serve(app, contracts.listReportQueue, async ({ query, actor }) => {
    const desks = await desksOf(house, actor);
    const organisation = deskIn(desks, query.organisation);
    const seq = await newest(house);
    const looked = await lookedAt(house, personOf(actor), organisation.id);
    const desk = { organisation: organisation.id, actor, lookedAt: looked, now: house.clock() };
    const [{ items, total }, counts, choices] = await Promise.all([
      readQueue(house.db, desk, query),
      countQueue(house.db, desk),
      readChoices(house.db, organisation.id),
    ]);
    const staff = reportPolicy.watchDesk(actor, { organisation: organisation.id });
    return {
      items,
      page: query.page,
      pages: Math.min(1000, Math.max(1, Math.ceil(total / PER_PAGE))),
      total,
      organisation,
      organisations: desks,
      counts,
      minutes: minutesOfWork(counts.needs),
      lookedAt: looked?.toISOString() ?? null,
      ...choices,
      mayChange: reportPolicy.changeAtDesk(actor, { organisation: organisation.id }),
      topic: `desk:${organisation.id}:${staff ? 'reports' : 'public'}`,
      seq,
    };
  });

  serve(app, contracts.markQueueSeen, async ({ body, actor }) => {
    const personId = personOf(actor);
    const { organisation: organisationId } = body;
    if (!reportPolicy.seeReportQueue(actor, { organisation: organisationId }))
      throw new Refused('not_allowed', 403);
    const at = house.clock();
    await house.db
      .insert(deskLooks)
      .values({ personId, organisationId, lookedAt: at })
      .onConflictDoUpdate({ target: [deskLooks.personId, deskLooks.organisationId], set: { lookedAt: at } });
    return { ok: true as const };
  });
}

const isState = (word: string): word is ReportState => (REPORT_STATES as readonly string[]).includes(word);

function bulk({ house, app }: { house: House; app: FastifyInstance }): void {
  serve(app, contracts.changeReportsInBulk, async ({ body, actor }) => {
    const person = personOf(actor);
    const results: Array<{ report: number; ok: boolean; code: string | null }> = [];
    for (const { report: id, saw } of body.reports) {
      // each in a transaction of its own: one that a colleague changed meanwhile stops no other
      const code = await house.db
        .transaction(async (tx) => {
          const report = await lockReport(tx, id);
          if (!report || !reportPolicy.changeReportState(actor, subjectOf(report))) throw notFound();
          if (!isState(saw)) throw new Refused('changed_meanwhile');
          const { command, text, lang, template, on } = body;
          await changeIn(tx, house, report, person, { command, saw, text, lang, template, on });
          return null;
        })
        .catch((error: unknown) => {
          if (error instanceof Refused) return error.code;
          if (error instanceof Invalid) return 'invalid';
          throw error;
        });
      results.push({ report: id, ok: code === null, code });
    }
    const changed = results.filter((one) => one.ok).length;
    if (changed) house.saved();
    return { results, changed };
  });
}

function assisted({ house, app, places }: { house: House; app: FastifyInstance; places: Places }): void {
  serve(app, contracts.makeReportForSomeone, async ({ body, actor }) => {
    const enteredBy = personOf(actor);
    const mine = actor.grants.map((grant) => grant.organisation);
    if (!mine.some((organisation) => reportPolicy.makeReportForSomeone(actor, { organisation })))
      throw new Refused('not_allowed', 403);
    const { person, channel, ...it } = body;
    if (person) {
      const [known] = await house.db
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.id, person), isNull(people.erasedAt)));
      if (!known) throw new Invalid({ person: 'not_an_option' });
    }
    // who will not say their name is answered for by the officer who typed it in
    const sent = await makeReport(
      house,
      places,
      { ...it, showName: false, photos: [] },
      { person: person ?? enteredBy, enteredBy, channel },
    );
    const made = await findReport(house.db, sent.report);
    return { report: sent.report, expectedOn: made?.expectedOn ?? null };
  });
}

export function mountQueue(app: FastifyInstance, places: Places): void {
  const { house } = app;
  reading({ house, app });
  bulk({ house, app });
  assisted({ house, app, places });
}
