/** Tomasz sets what can be reported; residents see it at once, and what was reported before stays whole. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Caller = Awaited<ReturnType<Town['as']>>;
const marketSquare = { lon: -3.00123, lat: 51.84234 };
const NO_SUCH = '01a20000-0000-7000-8000-000000000001';

describe('What can be reported', () => {
  let town: Town;
  let tomasz: Caller;
  beforeAll(async () => {
    town = await openTown();
    tomasz = await town.as('Tomasz Nowak');
  });
  afterAll(() => town.close());

  const list = () => tomasz.call('listCategoriesToEdit', {});
  const shown = () => town.visitor().call('listReportCategories', { query: marketSquare });
  const council = async () => (await list()).organisations[0]!.id;
  const fresh = async (more: object = {}) => ({
    organisation: await council(),
    group: 'green',
    name: { en: 'Swans in the road', cy: 'Elyrch ar y ffordd' },
    ...more,
  });

  it('is added with its questions, and stands in the form at once', async () => {
    const body = await fresh({
      hint: { en: 'Also geese.', cy: 'Gwyddau hefyd.' },
      expectedDays: '2',
      // as a form without JavaScript sends it
      questions: {
        '0': { kind: 'text', label: { en: 'How many?', cy: 'Sawl un?' }, place: '2' },
        '1': {
          kind: 'one_of',
          label: { en: 'Is one hurt?' },
          required: 'on',
          options: 'No\nYes | Oes | Ring the RSPCA | Ffoniwch yr RSPCA',
          place: '1',
        },
      },
    });
    const { category } = await tomasz.call('saveReportCategory', { body: body as never });
    const found = (await shown()).find((one) => one.id === category)!;
    expect(found).toMatchObject({ code: 'swans_in_the_road', name: body.name, expectedDays: 2 });
    expect(found.questions.map((one) => one.code)).toEqual(['is_one_hurt', 'how_many']);
    expect(found.questions[0]!.options![1]!.stopper).toEqual({
      en: 'Ring the RSPCA',
      cy: 'Ffoniwch yr RSPCA',
    });
    const { rows } = await town.sql.query(
      "select count(*)::int as n from events where type = 'places.changed'",
    );
    expect(rows[0].n).toBeGreaterThan(0);
  });

  it('keeps the codes of questions when only their words change', async () => {
    const before = (await list()).items.find((one) => one.questions.some((q) => q.kind === 'one_of'))!;
    const body = {
      category: before.id,
      organisation: before.organisation.id,
      group: before.group,
      name: { en: 'Renamed', cy: '' },
      questions: before.questions.map((one, place) => ({
        code: one.code,
        kind: one.kind,
        label: { en: `${one.label.en} (now)` },
        options: (one.options ?? []).map((option) => option.label.en).join('\n'),
        place,
      })),
    };
    await tomasz.call('saveReportCategory', { body });
    const after = (await list()).items.find((one) => one.id === before.id)!;
    expect(after.name).toEqual({ en: 'Renamed' });
    const codes = (it: typeof after) => it.questions.map((q) => [q.code, q.options?.map((o) => o.code)]);
    expect(codes(after)).toEqual(codes(before));
  });

  it('is ended and brought back; the reports made of it stay', async () => {
    const mair = await town.as('Mair Pritchard');
    const litter = (await shown()).find((one) => one.questions.length === 0 && !one.private)!;
    const words = { title: 'A thing to see to', detail: 'By the bridge.', lang: 'en' as const };
    const { report } = await mair.call('makeReport', {
      body: { ...marketSquare, category: litter.id, answers: {}, ...words },
    });
    const kind = (await list()).items.find((one) => one.id === litter.id)!;
    expect(kind.open).toBeGreaterThan(0);
    await tomasz.call('endReportCategory', { params: { category: kind.id } });
    expect((await shown()).map((one) => one.id)).not.toContain(kind.id);
    expect((await list()).items.find((one) => one.id === kind.id)).toMatchObject({
      ended: true,
      open: kind.open,
    });
    expect(await mair.call('readReport', { params: { report } })).toMatchObject({ state: 'new' });
    await tomasz.call('reopenReportCategory', { params: { category: kind.id } });
    expect((await list()).items.find((one) => one.id === kind.id)!.ended).toBe(false);
  });

  it('needs two things to choose from where one is to choose', async () => {
    const body = await fresh({
      questions: [{ kind: 'one_of', label: { en: 'Which?' }, options: 'Only one' }],
    });
    const said = await tomasz.say('saveReportCategory', { body });
    expect(said).toMatchObject({ status: 422, body: { fields: { 'questions.0.options': 'required' } } });
  });

  it('is no matter of officers, councillors or organisers', async () => {
    const body = await fresh();
    for (const name of ['Dylan Rees', 'Sunita Rao', 'Rhian Pugh', 'Owen Vaughan', 'Huw Bevan']) {
      const somebody = await town.as(name);
      expect((await somebody.say('listCategoriesToEdit', {})).status, name).toBe(403);
      expect((await somebody.say('saveReportCategory', { body })).status, name).toBe(403);
      const params = { category: (await list()).items[0]!.id };
      expect((await somebody.say('endReportCategory', { params })).status, name).not.toBe(200);
    }
    expect((await tomasz.say('endReportCategory', { params: { category: NO_SUCH } })).status).toBe(404);
  });
});
