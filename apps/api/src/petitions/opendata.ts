/**
 * Petitions for the tools that exist already: the same JSON as petition.parliament.uk, and CSV beside it. Outside
 * `/api/v1`, because there the tools look for it. Names and addresses of signers are in none of it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PETITION_FACETS, type PetitionFacet } from '@folkmoot/core/petitions/plain';
import type { PetitionFull } from '@folkmoot/core/petitions/contract';
import { z } from 'zod';
import { notFound } from '../kit/errors.ts';
import { sharedFor } from '../kit/shared.ts';
import { storable } from '../kit/storable.ts';
import type { House } from '../kit/house.ts';
import { countsOf } from './facts.ts';
import { wardsOf } from './integrity.ts';
import { listsOf } from './lists.ts';
import { publicPetition } from './reading.routes.ts';
import { readFull } from './store.ts';

const MOST = 50;
const KEPT_SECONDS = 10;
/** what comes first in a formula: a spreadsheet would run it */
const FORMULA = /^[=+\-@\t\r]/;

/** What makes no sense is left out, as their site does: tools send all sorts of things. */
const asked = z.object({
  state: z.string().max(40).optional().catch(undefined),
  q: z.string().trim().max(120).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
  count: z.coerce.number().int().min(1).max(MOST).catch(MOST),
});
type Asked = z.infer<typeof asked>;

/** Their words for ours. */
const FACETS = new Map<string, PetitionFacet>(
  Object.entries({
    all: 'recent',
    published: 'recent',
    with_response: 'responded',
    with_debate_outcome: 'debated',
    not_debated: 'closed',
    ...Object.fromEntries(PETITION_FACETS.map((facet) => [facet, facet])),
  }),
);
const facetOf = (state: string | undefined): PetitionFacet => FACETS.get(state ?? 'all') ?? 'recent';

type Whole = PetitionFull & { moderationReachedAt: string | null; changedAt: string };

const lastOf = (full: PetitionFull, kind: PetitionFull['steps'][number]['kind']) =>
  full.steps.filter((step) => step.kind === kind).at(-1);
const reached = (full: PetitionFull, which: string): string | null =>
  full.thresholds.find((one) => one.threshold === which)?.reachedAt ?? null;

function debateOf(full: PetitionFull) {
  const step = lastOf(full, 'debated');
  if (!step) return null;
  const { transcript = null, video = null, agenda = null } = step.data;
  return {
    debated_on: step.happensOn,
    transcript_url: transcript,
    video_url: video,
    debate_pack_url: agenda,
    overview: step.summary,
  };
}

function attributesOf(full: Whole) {
  const response = lastOf(full, 'response');
  const scheduled = lastOf(full, 'debate_scheduled');
  const { rejection } = full;
  return {
    action: full.title,
    background: full.why,
    additional_details: full.details ?? '',
    state: full.state,
    signature_count: full.signatures,
    closing_date: full.closesAt,
    created_at: full.createdAt,
    updated_at: full.updatedAt,
    rejected_at: full.state === 'rejected' ? full.updatedAt : null,
    opened_at: full.openedAt,
    closed_at: full.closedAt,
    moderation_threshold_reached_at: full.moderationReachedAt,
    response_threshold_reached_at: reached(full, 'response'),
    government_response_at: response?.at ?? null,
    debate_threshold_reached_at: reached(full, 'debate'),
    debate_scheduled_on: scheduled?.at.slice(0, 10) ?? null,
    scheduled_debate_date: scheduled?.happensOn ?? null,
    debate_outcome_at: lastOf(full, 'debated')?.at ?? null,
    creator_name: full.by,
    rejection: rejection && { code: rejection.code, details: rejection.reason },
    government_response: response
      ? {
          responded_on: response.at.slice(0, 10),
          summary: response.summary,
          details: response.details ?? '',
          created_at: response.at,
          updated_at: response.at,
        }
      : null,
    debate: debateOf(full),
    topics: full.topics,
  };
}

const dataOf = (full: Whole, base: string) => ({
  type: 'petition' as const,
  id: full.id,
  links: { self: `${base}/petitions/${full.id}.json` },
  attributes: attributesOf(full),
});

/** One cell of a table that spreadsheets open: no formula, quoted where it must be. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value as string | number);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const csvOf = (rows: unknown[][]): string =>
  `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

/** Anybody may keep it for a while; the newest change is its date. */
function cached(
  reply: FastifyReply,
  request: FastifyRequest,
  changed: string | null,
  seconds: number,
): boolean {
  const last = changed ? new Date(changed).toUTCString() : null;
  void reply.header('cache-control', `public, max-age=${seconds}, stale-while-revalidate=${seconds * 6}`);
  void reply.header('access-control-allow-origin', '*');
  if (last) void reply.header('last-modified', last);
  const since = request.headers['if-modified-since'];
  return last !== null && since !== undefined && Date.parse(since) >= Date.parse(last);
}

function linksOf(path: string, base: string, it: Asked, pages: number) {
  const to = (page: number) => {
    const query = new URLSearchParams({
      ...(it.state && { state: it.state }),
      ...(it.q && { q: it.q }),
      page: String(page),
      ...(it.count !== MOST && { count: String(it.count) }),
    });
    return `${base}${path}?${query}`;
  };
  return {
    self: to(it.page),
    first: to(1),
    last: to(pages),
    next: it.page < pages ? to(it.page + 1) : null,
    prev: it.page > 1 ? to(it.page - 1) : null,
  };
}

async function wholeOf(house: House, id: number): Promise<Whole> {
  const petition = await publicPetition(house, id);
  if (!petition) throw notFound();
  const full = await readFull(house.db, petition);
  const { lastSignedAt } = await countsOf(house.db, id);
  const signed = lastSignedAt?.toISOString() ?? full.updatedAt;
  return {
    ...full,
    moderationReachedAt: petition.moderationReachedAt?.toISOString() ?? null,
    changedAt: signed > full.updatedAt ? signed : full.updatedAt,
  };
}

async function wholePage(house: House, lists: ReturnType<typeof listsOf>, it: Asked) {
  const { items, pages } = await lists.read({ facet: facetOf(it.state), q: it.q, page: it.page }, it.count);
  const full = [];
  for (const item of items) full.push(await wholeOf(house, item.id));
  return { full, pages };
}

function mountLists(app: FastifyInstance): void {
  const { house } = app;
  const lists = listsOf(house);
  // fifty petitions whole are hundreds of small queries: shared for as long as anybody may keep them
  const shared = sharedFor<{ full: Whole[]; pages: number }>(KEPT_SECONDS * 1_000, 200);
  const pageOf = (it: Asked) => shared(JSON.stringify(it), () => wholePage(house, lists, it));
  app.get('/petitions.json', async (request, reply) => {
    const it = asked.parse(storable(request.query));
    const { full, pages } = await pageOf(it);
    // counts move without the petition changing, so a list has no date of its own
    cached(reply, request, null, KEPT_SECONDS);
    const base = house.publicUrl();
    return {
      links: linksOf('/petitions.json', base, it, pages),
      data: full.map((one) => dataOf(one, base)),
    };
  });
  app.get('/petitions.csv', async (request, reply) => {
    const it = asked.parse(storable(request.query));
    const { full } = await pageOf(it);
    cached(reply, request, null, KEPT_SECONDS);
    const base = house.publicUrl();
    const rows = full.map((one) => [
      one.title,
      `${base}/petitions/${one.id}`,
      one.state,
      one.signatures,
      one.openedAt,
      one.closesAt,
    ]);
    return reply
      .type('text/csv; charset=utf-8')
      .send(csvOf([['Petition', 'URL', 'State', 'Signatures Count', 'Opened', 'Closes'], ...rows]));
  });
}

const numbered = z.object({ petition: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const numberIn = (params: unknown): number => {
  const read = numbered.safeParse(params);
  if (!read.success) throw notFound();
  return read.data.petition;
};

export function mountOpenData(app: FastifyInstance): void {
  const { house } = app;
  mountLists(app);

  app.get('/petitions/:petition(^\\d+).json', async (request, reply) => {
    const full = await wholeOf(house, numberIn(request.params));
    if (cached(reply, request, full.changedAt, KEPT_SECONDS)) return reply.code(304).send();
    const base = house.publicUrl();
    const wards = await wardsOf(house.db, full.id);
    const data = dataOf(full, base);
    return {
      links: { self: data.links.self },
      data: {
        ...data,
        attributes: {
          ...data.attributes,
          signatures_by_ward:
            wards?.items.map(({ name, code, signatures }) => ({
              name: name.en,
              ons_code: code,
              signature_count: signatures === 'c' ? null : signatures,
            })) ?? [],
          signatures_by_ward_at: wards?.at ?? null,
          signatures_by_ward_note:
            'Counts of one to seven are null, all others are rounded to five, so that nobody can be found.',
        },
      },
    };
  });

  app.get('/petitions/:petition(^\\d+).csv', async (request, reply) => {
    const full = await wholeOf(house, numberIn(request.params));
    const wards = await wardsOf(house.db, full.id);
    cached(reply, request, null, KEPT_SECONDS);
    const rows = (wards?.items ?? []).map(({ name, code, signatures }) => [name.en, code, signatures]);
    return reply.type('text/csv; charset=utf-8').send(csvOf([['Ward', 'ONS Code', 'Signatures'], ...rows]));
  });

  // frames on other sites ask this again and again, also for petitions that are not there
  const counted = sharedFor<number | null>();
  app.get('/petitions/:petition(^\\d+)/count.json', async (request, reply) => {
    const id = numberIn(request.params);
    const count = await counted(String(id), async () => {
      if (!(await publicPetition(house, id))) return null;
      const { online, paper } = await countsOf(house.db, id);
      return online + paper;
    });
    if (count === null) throw notFound();
    cached(reply, request, null, 1);
    return { id, signature_count: count };
  });
}
