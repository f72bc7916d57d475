/**
 * Content pages: what a council must say of itself before it opens its doors, in both languages. Folkmoot brings
 * good texts along; an administrator makes them the council's own, and every version is kept.
 */
import { type Blank, fillBlanks, type PageSlug } from '@folkmoot/core/content/plain';
import { contentPolicy } from '@folkmoot/core/content/policy';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { sayDate } from '@folkmoot/words';
import type { FastifyInstance } from 'fastify';
import { shareable } from '../kit/caching.ts';
import { notFound, Refused } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import type { Places } from '../places/index.ts';
import { heldInWords } from './held.ts';
import {
  ensurePages,
  listPages,
  listVersions,
  lockPage,
  type Page,
  readPage,
  readVersion,
  writePage,
} from './store.ts';

const briefOf = (page: Page) => ({
  slug: page.slug as PageSlug,
  title: page.title,
  version: page.version,
  updatedAt: page.updatedAt.toISOString(),
  agreed: page.updatedBy !== null,
  cy: Boolean(page.title.cy && page.body.cy),
});

/** An empty Welsh text is none. */
const wordsOf = ({ en, cy }: { en: string; cy: string }) => (cy ? { en, cy } : { en });

function factsIn(places: Places, page: Page, lang: Lang): Record<Blank, string> {
  const { name, council, phone, hours, address, source } = places.facts();
  return {
    town: inLang(name, lang).text,
    council: inLang(council, lang).text,
    phone,
    hours: inLang(hours, lang).text,
    address: inLang(address, lang).text,
    source,
    held: heldInWords(lang),
    updated: sayDate(page.updatedAt, 'plain', { locale: lang }),
  };
}

async function mayEdit(house: House, actor: Actor): Promise<void> {
  if (!contentPolicy.editPages(actor, { place: await placeOwner(house.db) }))
    throw new Refused('not_allowed', 403);
}

function mountEditing(app: FastifyInstance, places: Places): void {
  const { house } = app;

  serve(app, contracts.listPages, async ({ actor }) => {
    await mayEdit(house, actor);
    return { items: (await listPages(house.db)).map(briefOf) };
  });

  serve(app, contracts.readPageSource, async ({ params, query, actor }) => {
    await mayEdit(house, actor);
    const page = await readPage(house.db, params.slug);
    const shown = query.version ? await readVersion(house.db, params.slug, query.version) : page;
    if (!page || !shown) throw notFound();
    const versions = await listVersions(house.db, params.slug);
    return {
      ...briefOf(page),
      title: shown.title,
      body: shown.body,
      versions: versions.map(({ version, at, by }) => ({ version, at: at.toISOString(), by })),
    };
  });

  serve(app, contracts.savePage, async ({ params, body, actor }) => {
    const version = await house.db.transaction(async (tx) => {
      const page = await lockPage(tx, params.slug);
      if (!page) throw notFound();
      await mayEdit(house, actor);
      if (page.version !== body.version) throw new Refused('changed_meanwhile');
      const texts = { title: wordsOf(body.title), body: wordsOf(body.body) };
      const by = personOf(actor);
      const saved = await writePage(tx, page, texts, by, house.clock());
      await record(
        tx,
        { topic: `page:${page.slug}`, type: 'page.saved', audience: 'public', data: { version: saved } },
        house.clock(),
      );
      // the last of them opens the site: every process and every page hears of it
      if (page.updatedBy === null)
        await record(
          tx,
          { topic: 'place', type: 'places.changed', audience: 'public', data: {} },
          house.clock(),
        );
      return saved;
    });
    house.saved();
    await places.refresh();
    return { version };
  });
}

/** Mounts the pages, and makes the missing ones at the start. */
export function mountContent(app: FastifyInstance, places: Places): void {
  const { house } = app;
  serve(app, contracts.readPage, async ({ params, request, reply }) => {
    const page = await readPage(house.db, params.slug);
    if (!page) throw notFound();
    shareable(request, reply);
    const { title, body } = page;
    const fill = (text: string, lang: Lang) => fillBlanks(text, factsIn(places, page, lang));
    return {
      slug: params.slug,
      title: { en: fill(title.en, 'en'), ...(title.cy && { cy: fill(title.cy, 'cy') }) },
      body: { en: fill(body.en, 'en'), ...(body.cy && { cy: fill(body.cy, 'cy') }) },
      updatedAt: page.updatedAt.toISOString(),
      agreed: page.updatedBy !== null,
    };
  });
  mountEditing(app, places);
  app.addHook('onReady', () => ensurePages(house.db, house.clock()));
}
