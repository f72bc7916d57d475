import { and, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import { reports } from '@folkmoot/db/schema/reports';
import { Refused } from '../kit/errors.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { reveal } from '../kit/reveal.ts';
import { serve } from '../kit/serve.ts';
import { joinAccount, type TokenUses } from '../people/index.ts';
import type { Places } from '../places/index.ts';
import { mountReportDesk } from './desk/index.ts';
import { mountDrafts } from './drafts.routes.ts';
import { forgetOld } from './forgetting.ts';
import { makeReport, openReport } from './making.ts';
import { mineOf, mountSpeaking } from './speaking.routes.ts';
import { isFresh } from './speaking.ts';
import { findReport, listCategories, lockReport, readFull, subjectOf } from './store.ts';
import { mountUploads } from './uploads.routes.ts';

/** The button of the mailed link: proves the address, makes or joins the account, and opens the report. */
function confirming(app: FastifyInstance, uses: TokenUses): void {
  const { house } = app;
  uses.on('confirm_report', {
    about: async (token) => {
      const report = await findReport(house.db, Number(token.data['report']));
      if (!report?.confirmedAt) return { about: report?.title ?? null, to: null };
      return {
        about: report.title,
        to: report.private ? `/sign-in?to=/reports/${report.id}` : `/reports/${report.id}`,
      };
    },
    use: async (tx, token) => {
      const report = await lockReport(tx, Number(token.data['report']));
      if (!report || !token.contactId) throw new Refused('not_found', 404);
      const { name, postcode } = token.data as { name?: string; postcode?: string };
      const person = await joinAccount(
        tx,
        token.contactId,
        { name: name ?? null, lang: report.lang, postcode, wardId: null },
        house.clock(),
      );
      await openReport(tx, house, report, person);
      // a private report is seen by its maker alone, once signed in: until then the page of the link says thank you
      return { to: report.private ? null : `/reports/${report.id}` };
    },
  });
}

export function mountReports(app: FastifyInstance, places: Places, uses: TokenUses): void {
  const { house } = app;
  confirming(app, uses);
  mountDrafts(app, places);
  mountReportDesk(app, places);
  mountUploads(app, places);
  mountSpeaking(app, uses);
  house.jobs.add({ name: 'forget_old_reports', every: '45 2 * * *', work: () => forgetOld(house) });

  serve(app, contracts.listReportCategories, async ({ query }) => {
    const bodies =
      query.lon !== undefined && query.lat !== undefined
        ? places.at(query.lon, query.lat).bodies
        : places.bodies();
    const byId = new Map(bodies.map((body) => [body.id, body]));
    const rows = await listCategories(house.db);
    return rows
      .filter((row) => byId.has(row.organisationId))
      .map(({ id, code, group, name, hint, private: hidden, expectedDays, questions, organisationId }) => ({
        id,
        code,
        group,
        name,
        hint: hint ?? null,
        private: hidden,
        expectedDays,
        questions,
        organisation: byId.get(organisationId)!.name,
      }));
  });

  serve(app, contracts.readReport, async ({ params, actor, request }) => {
    const report = await findReport(house.db, params.report);
    if (!report || !reportPolicy.seeReport(actor, subjectOf(report))) throw new Refused('not_found', 404);
    const { person } = actor;
    if (report.private && person !== report.personId)
      await reveal(request, {
        what: 'private_thing',
        why: 'handling',
        person: report.personId,
        topic: `report:${report.id}`,
      });
    const read = await readFull(house.db, report, house.clock());
    const full = { ...read, fresh: isFresh(house, report) };
    return person ? { ...full, mine: await mineOf(house, house.db, report, person) } : full;
  });

  serve(app, contracts.makeReport, async ({ body, actor, request }) => {
    await limit(house, 'report', networkOf(request.ip));
    if (!actor.person && body.email) await limit(house, 'mail', canonicalEmail(body.email));
    return makeReport(house, places, { ...body, photos: [] }, { person: actor.person });
  });
}

/** How many reports there are that everyone may see; the demo and the health page say it. */
export async function countReports(app: FastifyInstance): Promise<number> {
  return app.house.db.$count(reports, and(eq(reports.private, false)));
}
