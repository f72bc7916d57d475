/** The endpoints of one report at the desk. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { reportOpenings } from '@folkmoot/db/schema/report-desk';
import { and, eq, lt } from 'drizzle-orm';
import { OPEN_SECONDS } from '@folkmoot/core/reports/desk';
import { notFound } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { reveal } from '../../kit/reveal.ts';
import { personOf, serve } from '../../kit/serve.ts';
import type { Places } from '../../places/index.ts';
import { findReport, lockReport, type Report, subjectOf } from '../store.ts';
import { answerIn, askIn, assignIn, moveIn, noteIn, prioritise } from './acts.ts';
import { changeIn, recordForStaff, undoIn } from './changing.ts';
import { answerCouncillorIn, askOfficerIn } from './councillors.ts';
import { lastChangeOf } from './last-change.ts';
import { openAt, readAtDesk, reporterContacts } from './reading.ts';

type Ability =
  'changeReportState' | 'answerReport' | 'assignReport' | 'noteOnReport' | 'moveReport' | 'askOfficer';
type Desk = { app: FastifyInstance; house: House; places: Places };

/** Loads with lock, authorises, does it in one transaction, and tells the hub. What one may not know of is 404. */
async function onReport<T>(
  house: House,
  actor: Actor,
  id: number,
  ability: Ability,
  act: (tx: Tx, report: Report, person: string) => Promise<T>,
): Promise<T> {
  const person = personOf(actor);
  const done = await house.db.transaction(async (tx) => {
    const report = await lockReport(tx, id);
    if (!report || report.confirmedAt === null || !reportPolicy[ability](actor, subjectOf(report)))
      throw notFound();
    return act(tx, report, person);
  });
  house.saved();
  return done;
}

async function seen(house: House, actor: Actor, id: number): Promise<Report> {
  const report = await findReport(house.db, id);
  if (!report || report.confirmedAt === null || !reportPolicy.seeReportAtDesk(actor, subjectOf(report)))
    throw notFound();
  return report;
}

function reading({ app, house, places }: Desk): void {
  serve(app, contracts.readReportAtDesk, async ({ params, actor, request }) => {
    const report = await seen(house, actor, params.report);
    const { personId: person } = report;
    const look = { what: 'private_thing', why: 'handling', person, topic: `report:${report.id}` } as const;
    await reveal(request, report.private ? look : []);
    return readAtDesk(house, places, report, actor);
  });

  serve(app, contracts.readReporter, async ({ params, body, actor, request }) => {
    const report = await findReport(house.db, params.report);
    if (!report || !reportPolicy.seeReporter(actor, subjectOf(report))) throw notFound();
    const addresses = await reporterContacts(house.db, report);
    const [person] = report.personId
      ? await house.db.select().from(people).where(eq(people.id, report.personId))
      : [];
    await reveal(
      request,
      report.personId || addresses.length
        ? { what: 'contact', why: body.why, person: report.personId, topic: `report:${report.id}` }
        : [],
    );
    return {
      name: person?.name ?? null,
      lang: person?.lang ?? report.lang,
      contacts: addresses.map(({ kind, value, verifiedAt }) => ({
        kind,
        value,
        verified: verifiedAt !== null,
      })),
    };
  });
}

/** Who has it open is rows and not memory: behind a load balancer two colleagues sit at two processes. */
function opening({ app, house }: Desk): void {
  serve(app, contracts.openReportAtDesk, async ({ params, body, actor }) => {
    const personId = personOf(actor);
    const report = await seen(house, actor, params.report);
    const now = house.clock();
    const row = and(eq(reportOpenings.reportId, report.id), eq(reportOpenings.personId, personId));
    const gone = new Date(now.getTime() - OPEN_SECONDS * 1_000);
    await house.db.transaction(async (tx) => {
      const [before] = await tx.select().from(reportOpenings).where(row);
      const was = before !== undefined && before.seenAt > gone;
      if (body.open === 'yes')
        await tx
          .insert(reportOpenings)
          .values({ reportId: report.id, personId, seenAt: now })
          .onConflictDoUpdate({
            target: [reportOpenings.reportId, reportOpenings.personId],
            set: { seenAt: now },
          });
      else await tx.delete(reportOpenings).where(row);
      // told only when it changes: the page says it again every minute
      if (was !== (body.open === 'yes')) {
        await tx
          .delete(reportOpenings)
          .where(lt(reportOpenings.seenAt, new Date(now.getTime() - 86_400_000)));
        await recordForStaff(tx, house, report, 'report.opened');
      }
    });
    house.saved();
    return { open: await openAt(house.db, report.id, personId, now) };
  });
}

/** A report that was moved away is no longer ours; its last change is, for two minutes. */
async function mayUndo(tx: Tx, actor: Actor, report: Report): Promise<boolean> {
  if (reportPolicy.changeReportState(actor, subjectOf(report))) return true;
  const last = await lastChangeOf(tx, report.id);
  const { organisationId: organisation, categoryId: category } = (last?.before ?? {}) as Partial<Report>;
  if (last?.what !== 'moved' || last.byPerson !== actor.person || !organisation) return false;
  return reportPolicy.changeReportState(actor, {
    ...subjectOf(report),
    organisation,
    category: category ?? report.categoryId,
  });
}

function changing({ app, house, places }: Desk): void {
  serve(app, contracts.changeReportState, async ({ params, body, actor }) =>
    onReport(house, actor, params.report, 'changeReportState', (tx, report, person) =>
      changeIn(tx, house, report, person, body),
    ),
  );

  serve(app, contracts.undoReportChange, async ({ params, actor }) => {
    const person = personOf(actor);
    const state = await house.db.transaction(async (tx) => {
      const report = await lockReport(tx, params.report);
      if (!report || !(await mayUndo(tx, actor, report))) throw notFound();
      return undoIn(tx, house, report, person);
    });
    house.saved();
    return { state };
  });

  serve(app, contracts.moveReport, async ({ params, body, actor }) =>
    onReport(house, actor, params.report, 'moveReport', (tx, report, person) =>
      moveIn(tx, house, places, report, person, body),
    ),
  );
}

const DONE = { ok: true as const };

function speaking({ app, house }: Desk): void {
  serve(app, contracts.answerReport, async ({ params, body, actor }) => ({
    update: await onReport(house, actor, params.report, 'answerReport', (tx, report, person) =>
      answerIn(tx, house, report, person, body),
    ),
  }));

  serve(app, contracts.askReporter, async ({ params, body, actor }) =>
    onReport(house, actor, params.report, 'answerReport', (tx, report, person) =>
      askIn(tx, house, report, person, body),
    ),
  );

  serve(app, contracts.assignReport, async ({ params, body, actor }) => {
    await onReport(house, actor, params.report, 'assignReport', (tx, report, person) =>
      assignIn(tx, house, report, person, body),
    );
    return DONE;
  });

  serve(app, contracts.setReportPriority, async ({ params, body, actor }) => {
    await onReport(house, actor, params.report, 'assignReport', (tx, report, person) =>
      prioritise(tx, house, report, person, body.priority),
    );
    return DONE;
  });

  serve(app, contracts.noteOnReport, async ({ params, body, actor }) => {
    await onReport(house, actor, params.report, 'noteOnReport', (tx, report, person) =>
      noteIn(tx, house, report, person, body),
    );
    return DONE;
  });
}

/** Between councillors and officers. */
function asking({ app, house }: Desk): void {
  serve(app, contracts.askOfficer, async ({ params, body, actor }) => ({
    question: await onReport(house, actor, params.report, 'askOfficer', (tx, report, person) =>
      askOfficerIn(tx, house, report, person, body),
    ),
  }));

  serve(app, contracts.answerCouncillor, async ({ params, body, actor }) => {
    await onReport(house, actor, params.report, 'answerReport', (tx, report, person) =>
      answerCouncillorIn(tx, house, report, person, body),
    );
    return DONE;
  });
}

export function mountItem(app: FastifyInstance, places: Places): void {
  const desk = { app, house: app.house, places };
  reading(desk);
  opening(desk);
  changing(desk);
  speaking(desk);
  asking(desk);
}
