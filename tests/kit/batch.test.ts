import { batchesOf } from '@folkmoot/api/kit/batch';
import { Refused } from '@folkmoot/api/kit/errors';
import { metricsOf } from '@folkmoot/api/kit/metrics';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const holes = { lon: -3.0018, lat: 51.842 };

/** A confirmed report that everybody sees. */
async function reportOf(town: Town): Promise<number> {
  const grace = await town.as('Grace Okafor');
  const categories = await grace.call('listReportCategories', { query: holes });
  const { report } = await grace.call('makeReport', {
    body: {
      ...holes,
      category: categories.find((category) => category.code === 'pothole')!.id,
      answers: { depth: 'deep' },
      title: 'Deep hole in Weir Street',
      detail: 'A whole street falls into it.',
      lang: 'en',
    },
  });
  return report;
}

describe('The batching writer', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await town.sql.query('create table marks_made (thing text, n int unique check (n <> 13))');
    await town.sql.query('grant select, insert on marks_made to public');
  });
  afterAll(() => town.close());
  const needs = () => ({ db: town.app.house.db, metrics: metricsOf(), saved: () => undefined });
  const rowsOf = async (thing: string) =>
    (
      await town.sql.query<{ n: number }>('select n from marks_made where thing = $1 order by n', [thing])
    ).rows.map((row) => row.n);

  it('answers each of 500 at once with its own answer, in few transactions, and counts exactly', async () => {
    const house = needs();
    const write = batchesOf(house).writer<number, string>({
      name: 'many',
      write: async (tx, thing, acts) => {
        for (const n of acts) await tx.execute(`insert into marks_made values ('${thing}', ${n})`);
        return acts.map((n) => `${thing} ${n}`);
      },
    });
    const all = Array.from({ length: 500 }, (_, n) => 1_000 + n);
    expect(await Promise.all(all.map((n) => write('many', n)))).toEqual(all.map((n) => `many ${n}`));
    expect(await rowsOf('many')).toEqual(all);
    const { values } = await house.metrics.batchSize.get();
    expect(values.find((one) => one.metricName?.endsWith('_count'))!.value).toBeLessThan(10);
  });

  it('lets a bad act fail alone, and refuses one act without undoing the others', async () => {
    const write = batchesOf(needs()).writer<number, number>({
      name: 'bad_row',
      write: async (tx, thing, acts) => {
        for (const n of acts)
          if (n !== 7) await tx.execute(`insert into marks_made values ('${thing}', ${n})`);
        return acts.map((n) => (n === 7 ? new Refused('not_seven') : n));
      },
    });
    const all = Array.from({ length: 30 }, (_, n) => n);
    const outcomes = await Promise.allSettled(all.map((n) => write('bad_row', n)));
    expect(outcomes.flatMap((one, n) => (one.status === 'rejected' ? [n] : []))).toEqual([7, 13]);
    expect(outcomes[7]).toMatchObject({ reason: { code: 'not_seven' } });
    expect(await rowsOf('bad_row')).toEqual(all.filter((n) => n !== 7 && n !== 13));
  });

  it('says "busy" rather than let thousands wait', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const write = batchesOf(needs()).writer<number, number>({
      name: 'crowd',
      write: async (_tx, _thing, acts) => {
        await held;
        return acts;
      },
    });
    const waiting = Array.from({ length: 5_600 }, (_, n) => write('crowd', n));
    const outcomes = Promise.allSettled(waiting);
    await expect(waiting.at(-1)).rejects.toMatchObject({ code: 'busy', status: 503 });
    release(undefined);
    const done = (await outcomes).filter((one) => one.status === 'fulfilled').length;
    expect(done).toBeGreaterThanOrEqual(5_000);
  });

  it('counts 500 people who say "me too" at once exactly, and nobody twice', async () => {
    const report = await reportOf(town);
    const path = `/api/v1/reports/${report}/support`;
    const say = (n: number, cookie?: string) =>
      town.app.inject({
        method: 'POST',
        url: path,
        remoteAddress: `10.1.${n >> 8}.${n & 255}`,
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          ...(cookie && { cookie }),
        },
        payload: '{}',
      });
    const said = await Promise.all(Array.from({ length: 500 }, (_, n) => say(n)));
    expect(said.map((one) => one.statusCode)).toEqual(said.map(() => 200));
    expect(said.every((one) => one.json<{ mine: boolean }>().mine)).toBe(true);
    const cookies = said.map((one) => String(one.headers['set-cookie']).split(';')[0]);
    const again = await Promise.all(cookies.slice(0, 100).map((cookie, n) => say(n, cookie)));
    expect(again.map((one) => one.json())).toEqual(again.map(() => ({ supports: 500, mine: true })));
    const mair = await town.as('Mair Pritchard');
    await Promise.all(
      Array.from({ length: 10 }, () => mair.call('supportReport', { params: { report }, body: {} })),
    );
    const { rows } = await town.sql.query(
      `select (select supports from report_counts where report_id = $1) as counted,
              (select count(*)::int from report_supports where report_id = $1) as kept,
              (select (data->>'supports')::int from events where type = 'report.supported' and topic = $2 order by id desc limit 1) as told`,
      [report, `report:${report}`],
    );
    expect(rows[0]).toEqual({ counted: 501, kept: 501, told: 501 });
    expect((await mair.call('readReport', { params: { report } })).supports).toBe(501);
  });

  it('counts a device once that supports first and signs in later', async () => {
    const report = await reportOf(town);
    const device = town.visitor();
    expect(await device.call('supportReport', { params: { report }, body: {} })).toEqual({
      supports: 1,
      mine: true,
    });
    const grace = (await town.sql.query(`select id from people where name = 'Grace Okafor'`)).rows[0]
      .id as string;
    await device.call('beSomeone', { body: { person: grace } });
    expect(await device.call('supportReport', { params: { report }, body: {} })).toEqual({
      supports: 1,
      mine: true,
    });
  });

  it('knows nothing of a report that nobody may see', async () => {
    expect(
      (await town.visitor().say('supportReport', { params: { report: 999_999 }, body: {} })).status,
    ).toBe(404);
  });
});
