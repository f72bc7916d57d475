import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const aroundIt = '-3.01,51.838,-2.995,51.846';
type Caller = ReturnType<Town['visitor']>;

/** What happened is heard when no older transaction runs, in any database of the server: other tests share it. */
const soon = <T>(town: Town, look: () => Promise<T>) =>
  vi.waitFor(
    async () => {
      await town.app.house.hub.wake();
      return look();
    },
    { timeout: 60_000, interval: 50 },
  );

async function report(town: Town, who: Caller, title: string, at = weirStreet, code = 'drain') {
  const categories = await who.call('listReportCategories', { query: at });
  const category = categories.find((one) => one.code === code)!;
  const sent = await who.call('makeReport', {
    body: { ...at, category: category.id, title, detail: 'Please look.', lang: 'en', answers: {} },
  });
  await soon(town, async () => {
    const { items } = await who.call('listReports', { query: { q: title, age: 'all', state: 'all' } });
    expect(items.map((one) => one.id)).toContain(sent.report);
  });
  return sent.report;
}

describe('Grace looks at what was reported around her', () => {
  let town: Town;
  let mair: Caller;
  const grace = () => town.visitor();
  beforeAll(async () => {
    town = await openTown();
    mair = await town.as('Mair Pritchard');
  });
  afterAll(() => town.close());

  it('finds a new report in the list, on the map and by its words at once', async () => {
    const id = await report(town, mair, 'Lamp flickers by the weir');
    const list = await grace().call('listReports', { query: { bbox: aroundIt, sort: 'new' } });
    expect(list.items[0]).toMatchObject({ id, title: 'Lamp flickers by the weir', look: 'new' });
    const { marks } = await grace().call('listReportMarks', { query: { bbox: aroundIt, zoom: 16 } });
    expect(marks).toContainEqual({
      id,
      look: 'new',
      title: 'Lamp flickers by the weir',
      lon: expect.closeTo(weirStreet.lon, 4),
      lat: expect.closeTo(weirStreet.lat, 4),
    });
    const found = await grace().call('listReports', { query: { q: 'flicker weir' } });
    expect(found.items.map((one) => one.id)).toEqual([id]);
  });

  it('sees it no more under "open" when it is hidden, and again when it is shown', async () => {
    const id = await report(town, mair, 'A quarrel about a hedge');
    const there = async () => {
      const list = await grace().call('listReports', { query: { state: 'all', age: 'all' } });
      return list.items.some((one) => one.id === id);
    };
    const tell = async (sql: string) => {
      await town.sql.query(sql, [id]);
      await town.sql.query(
        `insert into events (topic, type, audience, data) values ('report:' || $1::text, 'report.hidden', 'staff', '{}')`,
        [id],
      );
    };
    await tell('update reports set hidden_at = now() where id = $1');
    await soon(town, async () => expect(await there()).toBe(false));
    await tell('update reports set hidden_at = null where id = $1');
    await soon(town, async () => expect(await there()).toBe(true));
  });

  it('gathers the many into clusters that add up, and tells them apart closer by', async () => {
    const before = await grace().call('listReportMarks', { query: { state: 'all', age: 'all', zoom: 13 } });
    await town.sql.query(
      `insert into reports (category_id, organisation_id, title, detail, lang, lon, lat, place, state, state_at,
         confirmed_at, created_at, updated_at)
       select category_id, organisation_id, 'Lamp ' || n, 'x', 'en', lon + (n % 30) * 0.0002, lat + (n / 30) * 0.0002,
         'Weir Street', case when n % 3 = 0 then 'fixed_by_council' else 'new' end, now(), now(), now(), now()
       from reports, generate_series(1, 300) n where reports.id = (select min(id) from reports where confirmed_at is not null)`,
    );
    await town.sql.query(
      `insert into events (topic, type, audience, data)
       select 'report:' || id, 'report.confirmed', 'public', '{}' from reports where title like 'Lamp %'`,
    );
    const far = await soon(town, async () => {
      const marks = await grace().call('listReportMarks', { query: { state: 'all', age: 'all', zoom: 13 } });
      expect(marks.total).toBe(before.total + 300);
      return marks;
    });
    expect(far.marks.length).toBeLessThanOrEqual(130);
    const counted = far.marks.reduce((sum, one) => sum + ('count' in one ? one.count : 1), 0);
    expect(counted).toBe(far.total);
    for (const one of far.marks)
      if ('count' in one) expect(one.looks.reduce((sum, n) => sum + n, 0)).toBe(one.count);
    const { lon, lat } = weirStreet;
    const close = await grace().call('listReportMarks', {
      query: { state: 'all', age: 'all', zoom: 19, bbox: `${lon},${lat},${lon + 0.0009},${lat + 0.0009}` },
    });
    expect(close.marks.length).toBe(close.total);
  });

  it('turns the pages of the list without losing or repeating one', async () => {
    const query = { state: 'all', age: 'all', sort: 'near' } as const;
    const first = await grace().call('listReports', { query });
    const seen = new Set<number>();
    for (let page = 1; page <= first.pages; page++)
      for (const one of (await grace().call('listReports', { query: { ...query, page } })).items)
        seen.add(one.id);
    expect(seen.size).toBe(first.total);
    expect(first.counts.open + first.counts.fixed + first.counts.closed).toBe(first.total);
  });

  it('is answered "the same" while nothing changed', async () => {
    const said = await grace().fetch('/api/v1/reports/marks?zoom=14');
    expect(said.headers.get('cache-control')).toBe('public, max-age=1, stale-while-revalidate=10');
    const again = await grace().fetch('/api/v1/reports/marks?zoom=14', {
      headers: { 'if-none-match': said.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });

  it('filters by kind, ward and age', async () => {
    const bin = await report(town, mair, 'Bin full to the brim', weirStreet, 'bin');
    const bins = await grace().call('listReports', { query: { group: 'bins', age: 'all', state: 'all' } });
    expect(bins.items.map((one) => one.id)).toContain(bin);
    expect(bins.items.every((one) => one.category.group === 'bins')).toBe(true);
    const wards = await grace().call('listWards', { query: {} });
    const sums = await Promise.all(
      wards.map(
        async (ward) =>
          (await grace().call('listReports', { query: { ward: ward.slug, age: 'all', state: 'all' } })).total,
      ),
    );
    const all = await grace().call('listReports', { query: { age: 'all', state: 'all' } });
    const { rows } = await town.sql.query<{ n: number }>(
      'select count(*)::int as n from reports where ward_id is null and confirmed_at is not null and not private',
    );
    expect(sums.reduce((sum, n) => sum + n, 0)).toBe(all.total - rows[0]!.n);
    expect((await grace().call('listReports', { query: { ward: 'nowhere' } })).total).toBe(0);
  });
});
