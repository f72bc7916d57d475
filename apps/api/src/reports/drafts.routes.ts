/** The endpoints of a draft: begin, read, save a page, send. Nothing of it may stay in a shared cache. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Lang } from '@folkmoot/core/kit/plain';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { reportDrafts } from '@folkmoot/db/schema/reports';
import { eq } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { serve } from '../kit/serve.ts';
import { visitorOf } from '../kit/who.ts';
import type { Places } from '../places/index.ts';
import {
  beginDraft,
  changeDraft,
  type DraftData,
  type DraftRow,
  findDraft,
  presentDraft,
  similarTo,
  type Whose,
  writeDraft,
} from './drafts.ts';
import { dropPhotos } from './forgetting.ts';
import { checkNewReport, makeReportIn, type NewReport, type SentReport } from './making.ts';
import { findCategory } from './store.ts';

/** Whose draft it is; makes the draft cookie where a draft is about to begin. */
export function whoseDraft(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
  begin = false,
): Whose {
  void reply.header('cache-control', 'no-store');
  const secure = house.publicUrl().startsWith('https:');
  const visitor = begin && !actor.person ? visitorOf(request, reply, secure) : request.visitor();
  return { actor, visitor };
}

function toReport({ data, photos }: DraftRow, lang: Lang): NewReport {
  return {
    lon: data.lon!,
    lat: data.lat!,
    place: data.place,
    category: data.category!,
    answers: data.answers ?? {},
    title: data.title!,
    detail: data.detail!,
    lang,
    name: data.name,
    email: data.email,
    showName: data.showName ?? false,
    idempotencyKey: data.key,
    photos: photos.map((photo) => photo.hash),
  };
}

/** Sends the draft once: who presses twice, or whose phone asks again, gets the same answer. */
async function sendDraft(house: House, places: Places, whose: Whose, lang: Lang): Promise<SentReport> {
  const seen = await findDraft(house.db, whose);
  if (seen?.data.sent) return seen.data.sent;
  if (!seen?.data.key) throw new Refused('no_draft');
  const { next, stopped } = await presentDraft(house, places, seen, whose.actor);
  if (stopped) throw new Refused('stopped');
  if (next !== 'check') throw new Refused('not_finished');
  const checked = await checkNewReport(house, places, toReport(seen, lang));
  if (!whose.actor.person && seen.data.email) await limit(house, 'mail', canonicalEmail(seen.data.email));
  const sent = await house.db.transaction(async (tx) => {
    const row = await findDraft(tx, whose, true);
    if (row?.data.sent) return row.data.sent;
    if (!row || row.data.key !== seen.data.key) throw new Refused('no_draft');
    const made = await makeReportIn(tx, house, toReport(seen, lang), checked, {
      person: whose.actor.person,
    });
    const now = house.clock();
    const data: DraftData = { sent: { ...made, at: now.toISOString() } };
    await writeDraft(tx, row, { data, photos: [] }, now);
    return made;
  });
  house.saved();
  return sent;
}

function readingDrafts(app: FastifyInstance, places: Places): void {
  const { house } = app;

  serve(app, contracts.readReportDraft, async ({ actor, request, reply }) => {
    const row = await findDraft(house.db, whoseDraft(house, request, reply, actor));
    return row?.data.key ? presentDraft(house, places, row, actor) : null;
  });

  serve(app, contracts.readSentReport, async ({ actor, request, reply }) => {
    const row = await findDraft(house.db, whoseDraft(house, request, reply, actor));
    return row?.data.sent ?? null;
  });

  serve(app, contracts.listSimilarReports, async ({ params, query }) => {
    const category = await findCategory(house.db, params.category);
    if (!category) throw new Refused('not_found', 404);
    return similarTo(house, query, category);
  });
}

function writingDrafts(app: FastifyInstance, places: Places): void {
  const { house } = app;

  serve(app, contracts.startReportDraft, async ({ body, actor, request, reply }) => {
    const whose = whoseDraft(house, request, reply, actor, true);
    const row = await house.db.transaction(async (tx) => {
      const begun = await beginDraft(tx, whose, house.clock());
      const data = await changeDraft(house, places, begun.data, body ?? {});
      return writeDraft(tx, begun, { data }, house.clock());
    });
    return presentDraft(house, places, row, actor);
  });

  serve(app, contracts.saveReportDraft, async ({ body, actor, request, reply }) => {
    const whose = whoseDraft(house, request, reply, actor);
    const row = await house.db.transaction(async (tx) => {
      const known = await findDraft(tx, whose, true);
      if (!known?.data.key) throw new Refused('no_draft');
      const data = await changeDraft(house, places, known.data, body);
      return writeDraft(tx, known, { data }, house.clock());
    });
    return presentDraft(house, places, row, actor);
  });

  serve(app, contracts.removeReportDraftPhoto, async ({ body, actor, request, reply }) => {
    const whose = whoseDraft(house, request, reply, actor);
    const row = await house.db.transaction(async (tx) => {
      const known = await findDraft(tx, whose, true);
      if (!known?.photos.some((photo) => photo.hash === body.hash)) throw new Refused('not_found', 404);
      const photos = known.photos.filter((photo) => photo.hash !== body.hash);
      return writeDraft(tx, known, { photos }, house.clock());
    });
    await dropPhotos(house, [body.hash]);
    return presentDraft(house, places, row, actor);
  });

  serve(app, contracts.dropReportDraft, async ({ actor, request, reply }) => {
    const row = await findDraft(house.db, whoseDraft(house, request, reply, actor));
    if (!row) return { ok: true as const };
    await house.db.delete(reportDrafts).where(eq(reportDrafts.id, row.id));
    await dropPhotos(
      house,
      row.photos.map((photo) => photo.hash),
    );
    return { ok: true as const };
  });

  serve(app, contracts.sendReportDraft, async ({ body, actor, request, reply }) => {
    await limit(house, 'report', networkOf(request.ip));
    return sendDraft(house, places, whoseDraft(house, request, reply, actor), body.lang);
  });
}

export function mountDrafts(app: FastifyInstance, places: Places): void {
  readingDrafts(app, places);
  writingDrafts(app, places);
}
