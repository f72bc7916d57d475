import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Somebody’s face is in a photo', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('the photo is hidden by itself: the report stays, nobody is shown the photo, and undo brings it back', async () => {
    const { rows } = await town.sql.query<{ id: string; report: number; hash: string }>(
      `select p.id::text as id, p.report_id::int as report, p.hash from report_photos p
         join reports r on r.id = p.report_id
         join organisations o on o.id = r.organisation_id and o.kind = 'council'
       where not r.private and r.hidden_at is null and r.confirmed_at is not null and p.hidden_at is null
         and p.update_id is null order by r.id desc limit 1`,
    );
    const { id, report, hash } = rows[0]!;
    const [topic, part] = [`report:${report}`, `photo:${id}`];
    const [grace, owen] = [await town.as('Grace Okafor'), await town.as('Owen Vaughan')];
    const shown = async () => {
      const said = await town.visitor().call('readReport', { params: { report } });
      return [said.title.length > 0, JSON.stringify(said).includes(hash)];
    };
    expect(await shown()).toEqual([true, true]);
    const flag = { topic, part, reason: 'private_details' as const, detail: 'My neighbour’s face' };
    expect((await grace.say('flagSomething', { body: flag })).status).toBe(200);
    expect(await owen.call('readFlagged', { query: { topic, part } })).toMatchObject({
      photo: `${hash}-640.webp`,
    });

    const { decision } = await owen.call('decideFlagged', {
      body: { ...{ topic, part }, decision: 'hide', saw: 'shown', rule: 2, reason: 'A face.', lang: 'en' },
    });
    expect(await shown()).toEqual([true, false]);
    await owen.call('undoDecision', { params: { decision } });
    expect(await shown()).toEqual([true, true]);
  });
});
