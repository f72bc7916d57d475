import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

describe('Mair reports a hole in the road', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const potholeAt = async (visitor: Awaited<ReturnType<Town['as']>>) => {
    const categories = await visitor.call('listReportCategories', { query: weirStreet });
    return categories.find((category) => category.code === 'pothole')!;
  };

  it('is seen by nobody until she presses the button, and by everybody afterwards', async () => {
    const mair = town.visitor();
    const category = await potholeAt(mair);
    const sent = await mair.call('makeReport', {
      body: {
        ...weirStreet,
        category: category.id,
        answers: { depth: 'deep' },
        title: 'Deep hole in the road by the baker’s',
        detail: 'It is right where you cross to the baker’s.',
        lang: 'en',
        name: 'Mair Pritchard',
        email: 'mair.new@example.org',
      },
    });
    expect(sent).toMatchObject({ waits: true, email: 'mair.new@example.org' });
    expect((await mair.say('readReport', { params: { report: sent.report } })).status).toBe(404);

    const token = await town.tokenTo('mair.new@example.org');
    expect(await mair.call('readToken', { params: { token } })).toMatchObject({
      state: 'ready',
      about: 'Deep hole in the road by the baker’s',
    });
    expect(await mair.call('useToken', { params: { token }, body: {} })).toMatchObject({
      to: `/reports/${sent.report}`,
    });

    // the phone may be shared: confirming opens no session
    const again = await mair.call('readReport', { params: { report: sent.report } });
    expect(again).toMatchObject({ mine: null, fresh: true });
    expect((await mair.call('readMe', {})).person).toBe(null);
    const seen = await town.visitor().call('readReport', { params: { report: sent.report } });
    expect(seen).toMatchObject({
      state: 'new',
      title: 'Deep hole in the road by the baker’s',
      by: null,
      mine: null,
    });
    expect((await mair.say('useToken', { params: { token }, body: {} })).body).toEqual({ code: 'used' });
  });

  it('tells which field is wrong and keeps the rest', async () => {
    const mair = town.visitor();
    const category = await potholeAt(mair);
    const said = await mair.say('makeReport', {
      body: { ...weirStreet, category: category.id, title: '', detail: 'x', lang: 'en', email: 'nonsense' },
    });
    expect(said.status).toBe(422);
    expect(said.body).toMatchObject({
      code: 'invalid',
      fields: { title: 'required', email: 'not_an_email' },
    });
  });

  it('is told where the place lies outside', async () => {
    const mair = town.visitor();
    const category = await potholeAt(mair);
    const said = await mair.say('makeReport', {
      body: {
        lon: -4,
        lat: 52.5,
        category: category.id,
        title: 'A hole',
        detail: 'Far away',
        lang: 'en',
        name: 'Mair',
        email: 'mair@example.org',
      },
    });
    expect(said.body).toEqual({ code: 'outside' });
  });
});
