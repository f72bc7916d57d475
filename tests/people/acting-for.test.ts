import { contracts } from '@folkmoot/core/contracts';
import { makeReport } from '@folkmoot/api/reports/making';
import { placesOf } from '@folkmoot/api/places/index';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const wording = 'May we send this in your name, and keep your number so that we can ring you back?';

describe('Sunita acts for people who ring up', () => {
  let town: Town;
  let council: string;
  beforeAll(async () => {
    town = await openTown();
    const { items } = await town.visitor().call('listOrganisations', {});
    council = items.find((one) => one.slug === 'council')!.id;
  });
  afterAll(() => town.close());

  const rings = (more: { name: string; phone?: string; email?: string }) => ({
    organisation: council,
    channel: 'phone' as const,
    wording,
    agreed: 'on',
    ...more,
  });

  it('finds the same caller again by number and name, and keeps what was agreed', async () => {
    const sunita = await town.as('Sunita Rao');
    const first = await sunita.call('actFor', {
      body: rings({ name: 'Beti Jones', phone: '01555 550 777' }),
    });
    expect(first.known).toBe(false);
    const again = await sunita.call('actFor', {
      body: rings({ name: 'beti jones', phone: '+44 1555 550777' }),
    });
    expect(again).toEqual({ person: first.person, known: true });
    const husband = await sunita.call('actFor', {
      body: rings({ name: 'Idris Jones', phone: '01555 550 777' }),
    });
    expect(husband.known).toBe(false);
    const { rows } = await town.sql.query(
      'select channel, wording, entered_by is not null as entered from consents where person_id = $1',
      [first.person],
    );
    expect(rows).toEqual([
      { channel: 'phone', wording, entered: true },
      { channel: 'phone', wording, entered: true },
    ]);
  });

  it('sends a report in her name, which she sees once she proves her address', async () => {
    const sunita = await town.as('Sunita Rao');
    const { person } = await sunita.call('actFor', {
      body: rings({ name: 'Nia Roberts', email: 'nia.roberts@example.org' }),
    });
    const enteredBy = (await sunita.call('readMe', {})).person;
    const { house } = town.app;
    const places = await placesOf(house.db, house.clock);
    const visitor = town.visitor();
    const [category] = (await visitor.call('listReportCategories', { query: weirStreet })).filter(
      (one) => one.code === 'pothole',
    );
    const body = contracts.makeReport.body.parse({
      ...weirStreet,
      category: category!.id,
      answers: { depth: 'deep' },
      title: 'Hole outside the chapel',
      detail: 'She told us by phone.',
      lang: 'en',
    });
    const maker = { person, enteredBy, channel: 'phone' as const };
    const sent = await makeReport(house, places, { ...body, photos: [] }, maker);
    const { rows } = await town.sql.query(
      'select person_id, entered_by, channel from reports where id = $1',
      [sent.report],
    );
    expect(rows).toEqual([{ person_id: person, entered_by: enteredBy, channel: 'phone' }]);

    await visitor.call('askForLink', { body: { email: 'nia.roberts@example.org' } });
    await visitor.call('useToken', {
      params: { token: await town.tokenTo('nia.roberts@example.org') },
      body: {},
    });
    expect(await visitor.call('readMe', {})).toMatchObject({ person, name: 'Nia Roberts' });
    const { looked } = await visitor.call('readHeld', {});
    expect(looked).toMatchObject([{ what: 'account', why: 'acting_for' }]);
  });

  it('needs their consent, a number that is one, and her own organisation', async () => {
    const sunita = await town.as('Sunita Rao');
    const unasked = await sunita.say('actFor', { body: { ...rings({ name: 'Beti Jones' }), agreed: '' } });
    expect(unasked.body).toMatchObject({ fields: { agreed: 'required' } });
    const misheard = await sunita.say('actFor', { body: rings({ name: 'Beti Jones', phone: '12' }) });
    expect(misheard.body).toMatchObject({ fields: { phone: 'not_a_phone' } });
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('actFor', { body: rings({ name: 'Beti Jones' }) })).status).toBe(403);
    expect((await town.visitor().say('actFor', { body: rings({ name: 'Beti Jones' }) })).status).toBe(401);
  });
});
