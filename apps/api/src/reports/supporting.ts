/**
 * "Me too": one a person, or one a visitor's device. A hole that a whole street falls into is one row that everybody
 * writes, so supports go through the batching writer: the report locked once, one insert, one count, one event.
 */
import { contracts } from '@folkmoot/core/contracts';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import { visitor as anybody } from '@folkmoot/core/kit/policy';
import type { Tx } from '@folkmoot/db/client';
import { reportCounts, reportSupports } from '@folkmoot/db/schema/reports';
import { eq, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { notFound, type Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limitMany, networkOf, tooMany } from '../kit/limits.ts';
import { serve } from '../kit/serve.ts';
import { visitorOf } from '../kit/who.ts';
import { recordReport } from './making.ts';
import { lockReport } from './store.ts';

type NewSupport = {
  person: string | null;
  /** the device's draft cookie, hashed; set for people, too, when their device has one */
  visitor: string | null;
  network: string;
  idempotencyKey: string | null;
};
type Supported = { supports: number; mine: true };

/** Somebody who said "me too" on this device and has signed in since is still one. */
async function claimOwn(tx: Tx, report: number, acts: NewSupport[]): Promise<void> {
  for (const { person, visitor } of acts) {
    if (!person || !visitor) continue;
    await tx.execute(sql`
      update report_supports set person_id = ${person}, visitor = null
      where report_id = ${report} and visitor = ${visitor} and person_id is null
        and not exists (select 1 from report_supports where report_id = ${report} and person_id = ${person})`);
  }
}

/** Writes the supports that are new. @returns the total after them */
async function addSupports(tx: Tx, report: number, acts: NewSupport[], now: Date) {
  const fresh = acts.length
    ? await tx
        .insert(reportSupports)
        .values(
          acts.map(({ person, visitor, idempotencyKey }) => ({
            reportId: report,
            personId: person,
            visitor: person ? null : visitor,
            idempotencyKey,
            at: now,
          })),
        )
        .onConflictDoNothing()
        .returning({ id: reportSupports.id })
    : [];
  const [count] = fresh.length
    ? await tx
        .insert(reportCounts)
        .values({ reportId: report, supports: fresh.length })
        .onConflictDoUpdate({
          target: reportCounts.reportId,
          set: { supports: sql`${reportCounts.supports} + ${fresh.length}` },
        })
        .returning({ supports: reportCounts.supports })
    : await tx
        .select({ supports: reportCounts.supports })
        .from(reportCounts)
        .where(eq(reportCounts.reportId, report));
  return { supports: count?.supports ?? 0, fresh: fresh.length };
}

async function writeSupports(
  house: House,
  tx: Tx,
  id: number,
  acts: NewSupport[],
): Promise<Array<Supported | Refused>> {
  const report = await lockReport(tx, id);
  const subject = report && {
    private: report.private,
    hidden: report.hiddenAt !== null,
    confirmed: report.confirmedAt !== null,
  };
  if (!report || !subject || !reportPolicy.supportReport(anybody, subject)) return acts.map(notFound);
  const may = await limitMany(
    house,
    tx,
    'support',
    acts.map((act) => act.network),
  );
  const allowed = acts.filter((_, index) => may[index]);
  await claimOwn(tx, id, allowed);
  const { supports, fresh } = await addSupports(tx, id, allowed, house.clock());
  if (fresh) await recordReport(tx, house, report, 'report.supported', { supports });
  return acts.map((_, index) => (may[index] ? { supports, mine: true } : tooMany(house, 'support')));
}

export function mountSupporting(app: FastifyInstance): void {
  const { house } = app;
  const support = house.batches.writer<NewSupport, Supported>({
    name: 'support_report',
    write: (tx, report, acts) => writeSupports(house, tx, Number(report), acts),
  });

  serve(app, contracts.supportReport, async ({ params, body, actor, request, reply }) => {
    const secure = house.publicUrl().startsWith('https:');
    return support(String(params.report), {
      person: actor.person,
      visitor: actor.person ? request.visitor() : visitorOf(request, reply, secure),
      network: networkOf(request.ip),
      idempotencyKey: body?.idempotencyKey ?? null,
    });
  });
}
