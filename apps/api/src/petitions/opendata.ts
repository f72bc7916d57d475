/**
 * Petitions for the tools that exist already: the same JSON as petition.parliament.uk, and CSV beside it. Outside
 * `/api/v1`, because there the tools look for it. Names and addresses of signers are in none of it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { events } from '@folkmoot/db/schema/live';
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { hasAlready } from '../kit/caching.ts';
import { notFound } from '../kit/errors.ts';
import { sharedFor } from '../kit/shared.ts';
import { storable } from '../kit/storable.ts';
import type { House } from '../kit/house.ts';
import { countsOf } from './facts.ts';
import { daysOf, wardsOf } from './integrity.ts';
import { listsOf, OPEN_FACETS, type OpenFacet } from './lists.ts';
import { dataOf, type Whole } from './parliament.ts';
import { publicPetition } from './reading.routes.ts';
import { readFull } from './store.ts';

const MOST = 50;
const KEPT_SECONDS = 10;
/** of a table that holds every petition */
const TABLE_SECONDS = 60;
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
const FACETS = new Map<string, OpenFacet>(
  Object.entries({
    published: 'recent',
    with_response: 'responded',
    with_debate_outcome: 'debated',
    ...Object.fromEntries(OPEN_FACETS.map((facet) => [facet, facet])),
  }),
);
const facetOf = (state: string | undefined): OpenFacet => FACETS.get(state ?? 'all') ?? 'all';

/** One cell of a table that spreadsheets open: no formula, quoted where it must be. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value as string | number);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const csvOf = (rows: unknown[][]): string =>
  `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;

/**
 * Sends what anybody may keep for a while, named by its content; the newest change is its date.
 * @param dated whether the date tells of every change: a list also changes by what leaves it
 */
function send(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  it: { text: string; changed: string | null; seconds: number; dated?: boolean; type?: string },
): FastifyReply {
  const { text, changed, seconds, dated = false, type = 'application/json; charset=utf-8' } = it;
  const last = changed ? new Date(changed).toUTCString() : null;
  void reply.header('cache-control', `public, max-age=${seconds}, stale-while-revalidate=${seconds * 6}`);
  void reply.header('access-control-allow-origin', '*');
  if (last) void reply.header('last-modified', last);
  const since = request.headers['if-modified-since'];
  // the content tells more than the date, so who names it is answered by it alone
  const same = request.headers['if-none-match']
    ? hasAlready(request, reply, text)
    : !hasAlready(request, reply, text) &&
      dated &&
      last !== null &&
      since !== undefined &&
      Date.parse(since) >= Date.parse(last);
  return same ? reply.code(304).send() : reply.type(type).send(text);
}
const CSV = 'text/csv; charset=utf-8';

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

/** When anything of it that everybody may see moved last: also that signatures were taken away. */
async function movedAt({ db }: Pick<House, 'db'>, id: number): Promise<string> {
  const [row] = await db
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.topic, `petition:${id}`), eq(events.audience, 'public')))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.at.toISOString() ?? '';
}

async function wholeOf(house: House, id: number): Promise<Whole> {
  const petition = await publicPetition(house, id);
  if (!petition) throw notFound();
  const full = await readFull(house.db, petition);
  const { lastSignedAt } = await countsOf(house.db, id);
  const changes = [full.updatedAt, lastSignedAt?.toISOString() ?? '', await movedAt(house, id)];
  return {
    ...full,
    moderationReachedAt: petition.moderationReachedAt?.toISOString() ?? null,
    rejectedAt: petition.state === 'rejected' ? petition.stateAt.toISOString() : null,
    changedAt: changes.sort().at(-1)!,
  };
}

async function wholePage(house: House, lists: ReturnType<typeof listsOf>, it: Asked) {
  const { items, pages } = await lists.read({ facet: facetOf(it.state), q: it.q, page: it.page }, it.count);
  const full = [];
  for (const item of items) full.push(await wholeOf(house, item.id));
  return { full, pages };
}

const latest = (full: readonly Whole[]): string | null =>
  full
    .map((one) => one.changedAt)
    .sort()
    .at(-1) ?? null;

function mountLists(app: FastifyInstance): void {
  const { house } = app;
  const lists = listsOf(house);
  // fifty petitions whole are hundreds of small queries: shared for as long as anybody may keep them
  const shared = sharedFor<{ full: Whole[]; pages: number }>(KEPT_SECONDS * 1_000, 200);
  const tables = sharedFor<string>(TABLE_SECONDS * 1_000, 50);
  const pageOf = (it: Asked) => shared(JSON.stringify(it), () => wholePage(house, lists, it));
  app.get('/petitions.json', async (request, reply) => {
    const it = asked.parse(storable(request.query));
    const { full, pages } = await pageOf(it);
    const base = house.publicUrl();
    const text = JSON.stringify({
      links: linksOf('/petitions.json', base, it, pages),
      data: full.map((one) => dataOf(one, base)),
    });
    return send({ request, reply }, { text, changed: latest(full), seconds: KEPT_SECONDS });
  });

  // a table has no links to a next page: like theirs it holds them all
  app.get('/petitions.csv', async (request, reply) => {
    const { state, q } = asked.parse(storable(request.query));
    const facet = facetOf(state);
    const text = await tables(JSON.stringify([facet, q]), async () => {
      const base = house.publicUrl();
      const rows = (await lists.every({ facet, q, page: 1 })).map((one) => [
        one.title,
        `${base}/petitions/${one.id}`,
        one.state,
        one.signatures,
        one.openedAt,
        one.closesAt,
      ]);
      return csvOf([['Petition', 'URL', 'State', 'Signatures Count', 'Opened', 'Closes'], ...rows]);
    });
    return send({ request, reply }, { text, changed: null, seconds: TABLE_SECONDS, type: CSV });
  });
}

const numbered = z.object({ petition: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const numberIn = (params: unknown): number => {
  const read = numbered.safeParse(params);
  if (!read.success) throw notFound();
  return read.data.petition;
};

function mountOne(app: FastifyInstance): void {
  const { house } = app;
  app.get('/petitions/:petition(^\\d+).json', async (request, reply) => {
    const full = await wholeOf(house, numberIn(request.params));
    const wards = await wardsOf(house.db, full.id);
    const data = dataOf(full, house.publicUrl());
    const text = JSON.stringify({
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
    });
    const changed = wards && wards.at > full.changedAt ? wards.at : full.changedAt;
    return send({ request, reply }, { text, changed, seconds: KEPT_SECONDS, dated: true });
  });

  app.get('/petitions/:petition(^\\d+).csv', async (request, reply) => {
    const full = await wholeOf(house, numberIn(request.params));
    const wards = await wardsOf(house.db, full.id);
    const rows = (wards?.items ?? []).map(({ name, code, signatures }) => [name.en, code, signatures]);
    const text = csvOf([['Ward', 'ONS Code', 'Signatures'], ...rows]);
    return send(
      { request, reply },
      { text, changed: wards?.at ?? null, seconds: KEPT_SECONDS, dated: true, type: CSV },
    );
  });

  app.get('/petitions/:petition(^\\d+)/days.csv', async (request, reply) => {
    const full = await wholeOf(house, numberIn(request.params));
    const rows = (await daysOf(house.db, full.id)).map((one) => [one.day, one.confirmed, one.invalidated]);
    const text = csvOf([['Day', 'Confirmed', 'Taken away'], ...rows]);
    return send(
      { request, reply },
      { text, changed: full.changedAt, seconds: KEPT_SECONDS, dated: true, type: CSV },
    );
  });
}

export function mountOpenData(app: FastifyInstance): void {
  const { house } = app;
  mountLists(app);
  mountOne(app);

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
    const text = JSON.stringify({ id, signature_count: count });
    return send({ request, reply }, { text, changed: null, seconds: 1 });
  });
}
