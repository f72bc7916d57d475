import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { ReportFilters } from '@folkmoot/core/reports/contract';
import { personOf, serve } from '../../kit/serve.ts';
import type { Places } from '../../places/index.ts';
import { readBriefs } from '../store.ts';
import { tallyIn, viewOf } from './clusters.ts';
import type { Keeping } from './keeping.ts';
import { pageAmong, type PageAsked, pageOf } from './lists.ts';
import { sieveOf } from './sieve.ts';
import { listStore, myReports } from './store.ts';
import { boxOf, readBox } from './world.ts';

const SIZE = 20;
const MOST_PAGES = 1000;
/** a mark says enough of a title to be told from its neighbour */
const TITLE = 80;
const AGING_MS = 10_000;
const noCounts = { open: 0, fixed: 0, closed: 0 };

export function mountMarks(app: FastifyInstance, places: Places, keeping: Keeping): void {
  const { house } = app;
  const { arrays } = keeping;
  const store = listStore(house);
  keeping.onChange((ids) => store.forget(ids));

  const wardNumber = (slug: string): number | undefined => {
    const ward = places
      .atlas()
      .wards()
      .find((one) => one.slug === slug);
    return ward && arrays.wards.find(ward.id);
  };
  const sieve = (filters: ReportFilters) =>
    sieveOf(filters, { group: (name) => arrays.groups.find(name), ward: wardNumber }, house.clock());
  const wholePlace = () => boxOf(places.facts().bounds);

  /** Answers stand while no report changed; "later than promised" and the ages are as of some seconds ago. */
  const asOf = async () => {
    await keeping.settled();
    return `${arrays.version} ${Math.floor(house.clock().getTime() / AGING_MS)}`;
  };

  serve(
    app,
    contracts.listReportMarks,
    async ({ query }) => {
      const asked = sieve(query);
      if (!asked) return { marks: [], total: 0 };
      const box = query.bbox ? readBox(query.bbox) : wholePlace();
      const { singles, clusters, total } = viewOf(arrays, asked, box, query.zoom);
      const titles = await store.titles(singles.map(({ id }) => id));
      const named = singles.map((one) => ({ ...one, title: titles.get(one.id)!.slice(0, TITLE) }));
      return { marks: [...named, ...clusters], total };
    },
    asOf,
  );

  serve(
    app,
    contracts.listReports,
    async ({ query }) => {
      const { page, sort, q, state } = query;
      const asked = sieve(query);
      if (!asked) return { items: [], page, pages: 0, total: 0, counts: noCounts };
      const box = query.bbox ? readBox(query.bbox) : null;
      const view = box ?? wholePlace();
      const from = { x: (view.minX + view.maxX) / 2, y: (view.minY + view.maxY) / 2 };
      const wanted: PageAsked = { sieve: asked, box, sort, from, page, size: SIZE };
      const found = q
        ? pageAmong(arrays, await store.find(q), wanted)
        : { ids: pageOf(arrays, wanted), tally: tallyIn(arrays, asked.anyState(), box) };
      const counts = found.tally.groups();
      const total = state === 'all' ? found.tally.count : counts[state];
      const pages = Math.min(MOST_PAGES, Math.ceil(total / SIZE));
      return { items: await store.briefs(found.ids), page, pages, total, counts };
    },
    asOf,
  );

  serve(app, contracts.listMyReports, async ({ query, actor }) => {
    const { ids, total } = await myReports(house.db, personOf(actor), query.page, SIZE);
    const pages = Math.min(MOST_PAGES, Math.ceil(total / SIZE));
    return { items: await readBriefs(house.db, ids, house.clock()), page: query.page, pages, total };
  });
}
