/** Ready-made answers: read by all who work at the desk, written by the organisation's administrators. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { StaffCommand } from '@folkmoot/core/reports/rules';
import { reportCategories, reportTemplates } from '@folkmoot/db/schema/reports';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { notFound, Refused } from '../../kit/errors.ts';
import { serve } from '../../kit/serve.ts';
import { deskIn, desksOf } from './queue.routes.ts';

export function mountTemplates(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.listReportTemplates, async ({ query, actor }) => {
    const organisation = deskIn(await desksOf(house, actor), query.organisation);
    const [rows, groups] = await Promise.all([
      house.db
        .select()
        .from(reportTemplates)
        .where(and(eq(reportTemplates.organisationId, organisation.id), isNull(reportTemplates.endedAt)))
        .orderBy(sql`${reportTemplates.group} nulls first`, asc(reportTemplates.sort))
        .limit(300),
      house.db
        .selectDistinct({ group: reportCategories.group })
        .from(reportCategories)
        .where(and(eq(reportCategories.organisationId, organisation.id), isNull(reportCategories.endedAt))),
    ]);
    return {
      organisation,
      items: rows.map(({ id, group, command, name, text }) => ({
        id,
        group,
        command: command as StaffCommand,
        name,
        text,
      })),
      groups: groups.map((row) => row.group).sort(),
      mayEdit: reportPolicy.editTemplates(actor, { organisation: organisation.id }),
    };
  });

  serve(app, contracts.saveReportTemplate, async ({ body, actor }) => {
    const { template, organisation: organisationId, group, command, name, text } = body;
    if (!reportPolicy.editTemplates(actor, { organisation: organisationId }))
      throw new Refused('not_allowed', 403);
    const values = { organisationId, group: group ?? null, command, name, text };
    const own = and(
      eq(reportTemplates.id, template ?? ''),
      eq(reportTemplates.organisationId, organisationId),
    );
    const [row] = template
      ? await house.db.update(reportTemplates).set(values).where(own).returning({ id: reportTemplates.id })
      : await house.db.insert(reportTemplates).values(values).returning({ id: reportTemplates.id });
    if (!row) throw notFound();
    return { template: row.id };
  });

  serve(app, contracts.endReportTemplate, async ({ params, actor }) => {
    await house.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(reportTemplates)
        .where(eq(reportTemplates.id, params.template))
        .for('no key update');
      if (!row || !reportPolicy.editTemplates(actor, { organisation: row.organisationId })) throw notFound();
      await tx.update(reportTemplates).set({ endedAt: house.clock() }).where(eq(reportTemplates.id, row.id));
    });
    return { ok: true as const };
  });
}
