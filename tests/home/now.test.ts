import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Grace opens the front page', () => {
  let town: Town;
  let report: number;
  beforeAll(async () => {
    town = await openTown();
    const grace = await town.as('Grace Okafor');
    const here = { lon: -3.0018, lat: 51.842 };
    const categories = await grace.call('listReportCategories', { query: here });
    const pothole = categories.find((category) => category.code === 'pothole')!;
    const made = await grace.call('makeReport', {
      body: {
        ...here,
        category: pothole.id,
        answers: { depth: 'deep' },
        title: 'Deep hole by the baker’s',
        detail: 'Where you cross.',
        lang: 'en',
      },
    });
    report = made.report;
  });
  afterAll(() => town.close());

  const wardOf = async (): Promise<string> => {
    const { ward } = await town.visitor().call('readReport', { params: { report } });
    return ward!.slug;
  };

  it('sees her own report among what just happened, told by nobody’s name', async () => {
    const now = await town.visitor().call('readTown', {});
    expect(now.news[0]).toMatchObject({
      kind: 'told',
      report: { id: report, title: 'Deep hole by the baker’s' },
    });
    expect(JSON.stringify(now)).not.toContain('Okafor');
    expect(now.close.map(({ id }) => id)).toContain(report);
    expect(now.open.all).toBeGreaterThan(0);
    expect(now.seq).toBeGreaterThanOrEqual(now.news[0]!.id);
  });

  it('finds it on her ward’s page and on no other', async () => {
    const slug = await wardOf();
    const wards = await town.visitor().call('listWards', { query: {} });
    for (const ward of wards) {
      const now = await town.visitor().call('readWardNow', { params: { slug: ward.slug } });
      expect(now.news.some((one) => one.report?.id === report)).toBe(ward.slug === slug);
      expect(now.close.every((one) => one.ward?.slug === ward.slug)).toBe(true);
    }
  });

  it('is told that a neighbour saw it, too, and how many that makes; the town counts one more', async () => {
    const before = await town.sql.query('select count(*)::int as n from report_supports');
    await town.visitor().call('supportReport', { params: { report }, body: {} });
    const after = await town.sql.query('select count(*)::int as n from report_supports');
    expect(after.rows[0].n).toBe(before.rows[0].n + 1);
    // views are shared for a second
    await expect
      .poll(async () => (await town.visitor().call('readTown', {})).news[0])
      .toMatchObject({ kind: 'supported', supports: 1, report: { id: report } });
  });

  it('is never shown how many in a ward took part where they are few', async () => {
    const { wards, asOf } = await town.visitor().call('listWardsNow', {});
    expect(asOf).not.toBeNull();
    for (const ward of wards) {
      if (ward.tookPart === 'c' || ward.tookPart === null) continue;
      expect(ward.tookPart % 5).toBe(0);
    }
    const open = wards.reduce((sum, ward) => sum + ward.open, 0);
    expect(open).toBe((await town.visitor().call('readTown', {})).open.all);
  });

  it('still reads of the hole while a petition is signed a thousand times a minute', async () => {
    const { petition } = await (
      await town.as('Grace Okafor')
    ).call('startPetition', { body: { title: 'Mend every hole', lang: 'en' } });
    await town.sql.query(
      `update petitions set why = 'They are deep.', state = 'open', opened_at = $2, closes_at = $2::timestamptz + interval '90 days' where id = $1`,
      [petition, town.clock.now],
    );
    await town.sql.query(
      `insert into events (topic, type, audience, data, at)
       select 'petition:' || $1::bigint, 'petition.signed', 'public', jsonb_build_object('petition', $1::bigint, 'total', n), $2
       from generate_series(1, 6000) n`,
      [petition, town.clock.now],
    );
    const read = async () => (await town.visitor().call('readTown', {})).news;
    await expect
      .poll(async () => (await read())[0])
      .toMatchObject({ kind: 'signed', petition: { title: 'Mend every hole' }, report: null });
    const news = await read();
    expect(news.filter((one) => one.kind === 'signed')).toHaveLength(1);
    expect(news.some((one) => one.report?.id === report)).toBe(true);
  });

  it('keeps a private report out of everything', async () => {
    await town.sql.query('update reports set private = true where id = $1', [report]);
    await expect
      .poll(async () => JSON.stringify(await town.visitor().call('readTown', {})))
      .not.toContain('Deep hole by the baker’s');
  });

  it('gets a plain 404 for a ward that is not there', async () => {
    const said = await town.visitor().say('readWardNow', { params: { slug: 'nowhere' } });
    expect(said).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
