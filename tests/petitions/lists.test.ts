/** The lists that everybody reads: in which order, of how many, and what of a ward may be told. */
import { discloseCount } from '@folkmoot/core/kit/disclose';
import { PETITION_FACETS } from '@folkmoot/core/petitions/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWithPetitions } from './filled.ts';

describe('Mair looks through the petitions', () => {
  let town: Town;
  let weirside: string;
  beforeAll(async () => {
    town = await openTown();
    await fillWithPetitions(town);
    await town.app.house.jobs.run('snapshot_signers');
    const { rows } = await town.sql.query(`select id from areas where slug = 'weirside'`);
    weirside = rows[0].id;
  });
  afterAll(() => town.close());

  const list = (query: object) => town.visitor().call('listPetitions', { query: query as never });

  it('is told on each list how many it holds, and the list agrees', async () => {
    const { counts } = await list({});
    for (const facet of PETITION_FACETS) {
      const { items, total } = await list({ facet });
      expect(total, facet).toBe(counts[facet]);
      expect(items, facet).toHaveLength(Math.min(20, counts[facet]));
    }
    const narrow = await list({ facet: 'closed', q: 'the', ward: weirside });
    expect(narrow.total).toBe(narrow.counts.closed);
    expect(narrow.counts.closed).toBeLessThan(counts.closed);
  });

  it('finds first what is closest to the next number that does something', async () => {
    const { items } = await list({ facet: 'nearly' });
    const shares = items.map(({ signatures, thresholds }) => {
      const next = thresholds.find(({ reachedAt }) => reachedAt === null)!;
      return signatures / next.at;
    });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
  });

  it('sees how signing goes day by day, and why one was refused', async () => {
    const { items } = await list({ facet: 'popular' });
    for (const { id, days, openedAt } of items) {
      const { rows } = await town.sql.query(
        `select coalesce(sum(confirmed), 0)::int as n from petition_days where petition_id = $1 and day > $2::date - 28`,
        [id, town.clock.now.toISOString().slice(0, 10)],
      );
      expect(openedAt).not.toBeNull();
      expect(days.length).toBeLessThanOrEqual(28);
      expect(days.reduce((sum, n) => sum + n, 0)).toBe(rows[0].n);
    }
    const refused = await list({ facet: 'rejected' });
    for (const { rejection } of refused.items) {
      expect(rejection!.reason).not.toBe('');
      expect(rejection!.name.cy).toBeTruthy();
    }
  });

  it('sees in her ward what is about it or about the whole place, and nothing of another', async () => {
    const { items } = await list({ facet: 'recent', ward: weirside });
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) {
      const { wards } = await town.visitor().call('readPetition', { params: { petition: id }, query: {} });
      expect(wards.length === 0 || wards.some((one) => one.id === weirside)).toBe(true);
    }
  });

  it('compares the wards, and can make nobody out', async () => {
    const { wards, asOf, whole } = await town.visitor().call('listPetitionWards', {});
    expect(asOf).not.toBeNull();
    const { rows } = await town.sql.query<{ ward: string; people: number }>(
      `select ward_id as ward, count(distinct coalesce(person_id::text, canonical, id::text))::int as people from signatures
       where state = 'confirmed' and confirmed_at >= $1::timestamptz - interval '30 days' group by 1`,
      [town.clock.now],
    );
    const truth = new Map(rows.map((row) => [row.ward, row.people]));
    for (const { id, signed } of wards) expect(signed).toBe(discloseCount(truth.get(id) ?? 0));
    const { rows: open } = await town.sql.query(
      `select count(*) filter (where ward_ids = '{}')::int as whole, count(*) filter (where $1 = any(ward_ids))::int as here
       from petitions where state = 'open' and hidden_at is null`,
      [weirside],
    );
    expect(whole).toBe(open[0].whole);
    expect(wards.find((one) => one.id === weirside)!.about).toBe(open[0].here);
  });

  it('finds on the front page what is nearly there and answered, and of her ward no small number', async () => {
    const now = await town.visitor().call('readTown', {});
    const { items } = await list({ facet: 'nearly' });
    expect(now.petitions.nearly.map(({ id }) => id)).toEqual(items.slice(0, 3).map(({ id }) => id));
    expect(now.petitions.answers).toHaveLength(3);
    expect(now.petitions.here).toEqual([]);
    const ward = await town.visitor().call('readWardNow', { params: { slug: 'weirside' } });
    for (const { here } of ward.petitions.here) {
      expect(here % 5).toBe(0);
      expect(here).toBeGreaterThan(7);
    }
  });

  it('reads on the council’s page how it kept its word; the police take none', async () => {
    const { rows } = await town.sql.query(
      `select id, slug from organisations where slug in ('council', 'police')`,
    );
    const of = (slug: string) => rows.find((row) => row.slug === slug).id as string;
    const record = (organisation: string) =>
      town.visitor().call('readPetitionRecord', { query: { organisation } });
    // all of them were answered two days after enough had signed, but for one that waited half a year
    const { rows: answered } = await town.sql.query<{ id: string }>(
      `update petitions p set response_reached_at = s.at - interval '2 days'
       from (select petition_id, min(at) as at from petition_steps where kind = 'response' group by 1) s
       where s.petition_id = p.id and p.opened_at is not null returning p.id`,
    );
    await town.sql.query(
      `update petitions set response_reached_at = response_reached_at - interval '180 days' where id = $1`,
      [answered[0]!.id],
    );
    const council = await record(of('council'));
    const { counts } = await list({});
    expect(council).toMatchObject({ takes: true, open: counts.open, waiting: counts.awaiting_response });
    expect(answered.length).toBeGreaterThan(3);
    expect(council.inTime).toEqual({ kept: answered.length - 1, of: answered.length });
    const slow = 180 / answered.length;
    expect(council.averageDays).toBeGreaterThan(slow / 2);
    expect(council.averageDays).toBeLessThan(slow + 4);
    expect(await record(of('police'))).toMatchObject({ takes: false, open: 0, averageDays: null });
  });
});
