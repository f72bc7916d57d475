/**
 * What can be reported, as administrators set it. A kind keeps its organisation for life: its reports lie on that
 * desk. One that ended stays with the reports made of it.
 */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { CallReceived } from '@folkmoot/core/kit/contract';
import type { Actor } from '@folkmoot/core/kit/policy';
import { codeFrom, questionsFrom } from '@folkmoot/core/reports/categories';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { ReportQuestion } from '@folkmoot/core/reports/questions';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { organisations } from '@folkmoot/db/schema/people';
import { reportCategories } from '@folkmoot/db/schema/reports';
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { Invalid, notFound, Refused } from '../../kit/errors.ts';
import { record } from '../../kit/events.ts';
import type { House } from '../../kit/house.ts';
import { serve } from '../../kit/serve.ts';
import { placeOwner } from '../../people/index.ts';
import type { Places } from '../../places/index.ts';

type Row = typeof reportCategories.$inferSelect;
type Body = CallReceived<typeof contracts.saveReportCategory>['body'];
const wordsOf = ({ en, cy }: { en: string; cy: string }) => (cy ? { en, cy } : { en });

/** The organisations whose kinds of report somebody may set. */
async function administered(db: Queryable, actor: Actor) {
  const place = await placeOwner(db);
  const rows = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(and(ne(organisations.kind, 'group'), isNull(organisations.endedAt)))
    .orderBy(asc(organisations.createdAt), asc(organisations.id));
  const mine = rows.filter(({ id }) => reportPolicy.editCategories(actor, { organisation: id, place }));
  if (mine.length === 0) throw new Refused('not_allowed', 403);
  return mine;
}

/** Every process reads what is kept anew (the map, when reports moved to another group); kept pages are stale. */
const changed = (house: House, tx: Tx, data: { regrouped?: string } = {}) =>
  record(tx, { topic: 'place', type: 'places.changed', audience: 'public', data }, house.clock());

async function locked(tx: Tx, actor: Actor, category: string): Promise<Row> {
  const [row] = await tx
    .select()
    .from(reportCategories)
    .where(eq(reportCategories.id, category))
    .for('no key update');
  const place = await placeOwner(tx);
  if (!row || !reportPolicy.editCategories(actor, { organisation: row.organisationId, place }))
    throw notFound();
  return row;
}

function valuesOf(body: Body, before: readonly ReportQuestion[]) {
  const asked = questionsFrom(body.questions, before);
  if ('lacksOptions' in asked) throw new Invalid({ [`questions.${asked.lacksOptions}.options`]: 'required' });
  const { group, name, hint, stopper, expectedDays, similarMetres, private: closed, sort } = body;
  return {
    group,
    name: wordsOf(name),
    hint: hint.en ? wordsOf(hint) : null,
    stopper: stopper.en ? wordsOf(stopper) : null,
    expectedDays,
    similarMetres,
    private: closed,
    sort,
    questions: asked.questions,
  };
}

async function makeCategory(tx: Tx, actor: Actor, body: Body): Promise<string> {
  const mine = await administered(tx, actor);
  if (!mine.some(({ id }) => id === body.organisation)) throw new Refused('not_allowed', 403);
  const taken = await tx
    .select({ code: reportCategories.code })
    .from(reportCategories)
    .where(eq(reportCategories.organisationId, body.organisation));
  const code = codeFrom(body.name.en, new Set(taken.map((one) => one.code)));
  const [made] = await tx
    .insert(reportCategories)
    .values({ organisationId: body.organisation, code, ...valuesOf(body, []) })
    .returning({ id: reportCategories.id });
  return made!.id;
}

function mountReading(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listCategoriesToEdit, async ({ actor }) => {
    const mine = await administered(house.db, actor);
    const ids = mine.map(({ id }) => id);
    const [rows, open] = await Promise.all([
      house.db
        .select()
        .from(reportCategories)
        .where(inArray(reportCategories.organisationId, ids))
        .orderBy(asc(reportCategories.sort), asc(reportCategories.id))
        .limit(500),
      house.db.execute<{ category: string; n: number }>(
        sql`select category_id::text as category, count(*)::int as n from reports
          where state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress') group by 1`,
      ),
    ]);
    const counts = new Map(open.rows.map(({ category, n }) => [category, n]));
    const items = rows.map(({ organisationId, endedAt, code: _, ...row }) => ({
      ...row,
      organisation: mine.find(({ id }) => id === organisationId)!,
      ended: endedAt !== null,
      open: counts.get(row.id) ?? 0,
    }));
    return { organisations: mine, groups: [...new Set(rows.map((row) => row.group))].sort(), items };
  });
}

export function mountCategories(app: FastifyInstance, places: Places): void {
  const { house } = app;
  mountReading(app);

  const said = async () => {
    house.saved();
    await places.refresh();
  };

  serve(app, contracts.saveReportCategory, async ({ body, actor }) => {
    const category = await house.db.transaction(async (tx) => {
      if (body.category === undefined) {
        await changed(house, tx);
        return makeCategory(tx, actor, body);
      }
      const row = await locked(tx, actor, body.category);
      await tx
        .update(reportCategories)
        .set(valuesOf(body, row.questions))
        .where(eq(reportCategories.id, row.id));
      await changed(house, tx, body.group === row.group ? {} : { regrouped: row.id });
      return row.id;
    });
    await said();
    return { category };
  });

  const ending = (ended: boolean) => async (call: { params: { category: string }; actor: Actor }) => {
    await house.db.transaction(async (tx) => {
      const row = await locked(tx, call.actor, call.params.category);
      await tx
        .update(reportCategories)
        .set({ endedAt: ended ? house.clock() : null })
        .where(eq(reportCategories.id, row.id));
      await changed(house, tx);
    });
    await said();
    return { ok: true as const };
  };
  serve(app, contracts.endReportCategory, ending(true));
  serve(app, contracts.reopenReportCategory, ending(false));
}
