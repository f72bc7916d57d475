import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const light = (name: string) => ({ name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org` });

describe('People speak up on a report', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const report = async (caller: Caller, code = 'pothole') => {
    const categories = await caller.call('listReportCategories', { query: weirStreet });
    const category = categories.find((one) => one.code === code)!.id;
    const answers: Record<string, string> = code === 'pothole' ? { depth: 'deep' } : {};
    const body = {
      ...weirStreet,
      category,
      answers,
      title: 'A hole',
      detail: 'By the kerb.',
      lang: 'en' as const,
    };
    return (await caller.call('makeReport', { body })).report;
  };
  const seen = (id: number, caller = town.visitor()) => caller.call('readReport', { params: { report: id } });
  const end = (id: number) =>
    town.sql.query(
      "update reports set state = 'fixed_by_council', state_at = $2, fixed_at = $2 where id = $1",
      [id, town.clock.now],
    );

  it('lets Grace comment at once and a stranger after the button in the mail', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await report(mair);
    const grace = await town.as('Grace Okafor');
    const body = {
      text: 'It is deeper now.',
      lang: 'en' as const,
      showName: true,
      idempotencyKey: 'grace-says-1',
    };
    const said = await grace.call('commentOnReport', { params: { report: id }, body });
    const again = await grace.call('commentOnReport', { params: { report: id }, body });
    expect(again.update).toBe(said.update);
    const stranger = town.visitor();
    const noName = await stranger.say('commentOnReport', {
      params: { report: id },
      body: { text: 'x', lang: 'en' },
    });
    expect(noName.body).toEqual({ code: 'invalid', fields: { name: 'required', email: 'required' } });
    const ken = light('Ken Bevan');
    const waits = await stranger.call('commentOnReport', {
      params: { report: id },
      body: { text: 'Mind the drain, too.', lang: 'cy', ...ken },
    });
    expect(waits).toEqual({ update: null, waits: true, email: ken.email });
    expect((await seen(id)).timeline.map((entry) => entry.text)).not.toContain('Mind the drain, too.');
    const token = await town.tokenTo(ken.email);
    await stranger.call('useToken', { params: { token }, body: {} });
    const { timeline } = await seen(id);
    expect(timeline.filter((entry) => entry.kind === 'comment')).toMatchObject([
      { text: 'Mind the drain, too.', lang: 'cy', by: { name: null } },
      { text: 'It is deeper now.', by: { name: 'Grace Okafor' } },
    ]);
  });

  it('reopens when its maker says it is not fixed, and at the third other voice', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await report(mair);
    town.later(60);
    await end(id);
    const no = { fixed: 'no' as const, lang: 'en' as const };
    for (const [name, state] of [
      ['Ann One', 'fixed_by_council'],
      ['Ben Two', 'fixed_by_council'],
      ['Cat Three', 'new'],
    ] as const) {
      const other = town.visitor();
      const waits = await other.call('sayWhetherFixed', {
        params: { report: id },
        body: { ...no, ...light(name) },
      });
      expect(waits.waits).toBe(true);
      const token = await town.tokenTo(light(name).email);
      await other.call('useToken', { params: { token }, body: {} });
      expect((await seen(id)).state).toBe(state);
    }
    expect(await seen(id)).toMatchObject({ saidNotFixed: 3, saidFixed: 0 });
    town.later(60);
    await end(id);
    const maker = await mair.call('sayWhetherFixed', {
      params: { report: id },
      body: { ...no, text: 'Still there.' },
    });
    expect(maker).toMatchObject({ state: 'new', saidNotFixed: 4 });
    const fixed = await mair.call('sayWhetherFixed', {
      params: { report: id },
      body: { ...no, fixed: 'yes' },
    });
    expect(fixed).toMatchObject({ state: 'fixed_by_resident', saidFixed: 1, saidNotFixed: 3 });
    const { timeline } = await seen(id);
    expect(timeline[0]).toMatchObject({ kind: 'verdict', fixed: true, stateTo: 'fixed_by_resident' });
  });

  it('asks "was it fixed?" by mail, with two buttons on a page', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await report(mair);
    await end(id);
    const { rows } = await town.sql.query("select id from people where name = 'Mair Pritchard'");
    const { makeToken } = await import('@folkmoot/api/people/index');
    const token = await makeToken(
      town.app.house.db,
      { kind: 'verdict', personId: rows[0].id, data: { report: id }, minutes: 60 },
      town.clock.now,
    );
    const visitor = town.visitor();
    expect(await visitor.call('readToken', { params: { token } })).toMatchObject({
      kind: 'verdict',
      about: 'A hole',
    });
    const neither = await visitor.say('useToken', { params: { token }, body: {} });
    expect(neither.body).toEqual({ code: 'invalid', fields: { fixed: 'required' } });
    await visitor.call('useToken', {
      params: { token },
      body: { fixed: 'yes', served: 'no', text: 'Slow, but good.' },
    });
    expect(await seen(id)).toMatchObject({ state: 'fixed_by_council', saidFixed: 1 });
  });

  it('lets Mair change her words for half an hour, keeps the old ones, and lets her take it back', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await report(mair);
    town.later(20);
    const body = { title: 'A deep hole', detail: 'By the kerb, on the left.', showName: true };
    const grace = await town.as('Grace Okafor');
    expect((await grace.say('editReport', { params: { report: id }, body })).status).toBe(404);
    const changed = await mair.call('editReport', { params: { report: id }, body });
    expect(changed).toMatchObject({ title: 'A deep hole', by: 'Mair Pritchard', mine: { mayEdit: true } });
    const { rows } = await town.sql.query('select title from report_versions where report_id = $1', [id]);
    expect(rows).toEqual([{ title: 'A hole' }]);
    town.later(11);
    expect((await mair.say('editReport', { params: { report: id }, body })).body).toEqual({
      code: 'too_late',
    });
    expect((await mair.say('withdrawReport', { params: { report: id } })).body).toEqual({ code: 'too_late' });
    const other = await report(mair);
    expect((await grace.say('withdrawReport', { params: { report: other } })).status).toBe(404);
    await mair.call('withdrawReport', { params: { report: other } });
    expect((await seen(other)).state).toBe('cancelled_by_reporter');
  });

  it('goes by the numbers that the council sets, and by those that an organisation has of its own', async () => {
    const [mair, tomasz, dylan] = [
      await town.as('Mair Pritchard'),
      await town.as('Tomasz Nowak'),
      await town.as('Dylan Rees'),
    ];
    const id = await report(mair);
    const { place, wholePlace, organisations } = await tomasz.call('listReportNumbers', {});
    expect({ place, wholePlace }).toMatchObject({ place: { editMinutes: 30 }, wholePlace: true });
    const fresh = async () => (await mair.call('readReport', { params: { report: id } })).mine!.mayEdit;
    await tomasz.call('saveReportNumbers', { body: { ...place, editMinutes: 5 } });
    town.later(6);
    expect(await fresh()).toBe(false);

    const { rows } = await town.sql.query('select organisation_id as id from reports where id = $1', [id]);
    const organisation: string = rows[0].id;
    expect(organisations.map((one) => one.id)).toContain(organisation);
    await tomasz.call('saveReportNumbers', { body: { ...place, organisation, editMinutes: 90 } });
    expect(await fresh()).toBe(true);
    const read = await town.visitor().call('readReportNumbers', {});
    expect(read.place.editMinutes).toBe(5);
    expect(read.own.map(({ id: own, numbers }) => [own, numbers.editMinutes])).toEqual([[organisation, 90]]);
    await tomasz.call('dropReportNumbers', { params: { organisation } });
    expect(await fresh()).toBe(false);

    const wrong = await tomasz.say('saveReportNumbers', { body: { ...place, reopenSupport: 0 } });
    expect(wrong).toMatchObject({ status: 422, body: { fields: { reopenSupport: 'too_small' } } });
    expect((await dylan.say('saveReportNumbers', { body: place })).status).toBe(403);
    await tomasz.call('saveReportNumbers', { body: place });
  });

  it('tells nobody else of a private report, not even that it is there', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await report(mair, 'rough_sleeper');
    const body = { text: 'Is she all right?', lang: 'en' as const, ...light('Nosy Parker') };
    const grace = await town.as('Grace Okafor');
    for (const stranger of [town.visitor(), grace]) {
      expect((await stranger.say('readReport', { params: { report: id } })).status).toBe(404);
      expect((await stranger.say('commentOnReport', { params: { report: id }, body })).status).toBe(404);
      const no = { fixed: 'no' as const, lang: 'en' as const, ...light('Nosy Parker') };
      expect((await stranger.say('sayWhetherFixed', { params: { report: id }, body: no })).status).toBe(404);
    }
    expect(await seen(id, mair)).toMatchObject({ private: true, mine: { maker: true } });
    const sunita = await town.as('Sunita Rao');
    expect(await seen(id, sunita)).toMatchObject({ private: true });
    const { rows } = await town.sql.query('select what from access_log where topic = $1', [`report:${id}`]);
    expect(rows).toEqual([{ what: 'private_thing' }]);
  });
});
