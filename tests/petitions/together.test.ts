import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { somePostcode } from './story.ts';

describe('Mair and Grace write one petition together', () => {
  let town: Town;
  let mair: Caller;
  let grace: Caller;
  let petition: number;
  let key: string;
  beforeAll(async () => {
    town = await openTown();
    mair = town.visitor();
    grace = await town.as('Grace Okafor');
    ({ petition } = await mair.call('startPetition', {
      body: { title: 'A bench by the bridge', lang: 'en' },
    }));
    const body = { why: 'It is far to walk.', details: 'Stone.\n\nWith a back.', notSimilar: 'on' };
    await mair.call('savePetition', { params: { petition }, body });
  });
  afterAll(() => town.close());

  const read = (who: Caller) => who.call('readDraftTogether', { params: { petition } });
  const at = async (who: Caller, n: number) => (await read(who)).paragraphs[n]!;
  const hold = (who: Caller, paragraph: string, free?: 'on') =>
    who.say('lockParagraph', { params: { petition, paragraph }, body: free ? { free } : {} });
  const save = (who: Caller, it: { id: string; version: number }, text: string) =>
    who.say('saveParagraph', { params: { petition, paragraph: it.id }, body: { text, version: it.version } });

  it('Mair, who has no account, lets others in by a link that she can change', async () => {
    const nameless = await mair.say('inviteDrafters', { params: { petition }, body: {} });
    expect(nameless.body).toMatchObject({ fields: { name: 'required' } });
    const first = await mair.call('inviteDrafters', { params: { petition }, body: { name: 'Mair' } });
    expect(first.paragraphs.map(({ field, text }) => [field, text])).toEqual([
      ['title', 'A bench by the bridge'],
      ['why', 'It is far to walk.'],
      ['details', 'Stone.'],
      ['details', 'With a back.'],
    ]);
    const again = await mair.call('inviteDrafters', { params: { petition }, body: {} });
    expect(again.invitePath).toBe(first.invitePath);
    const anew = await mair.call('inviteDrafters', { params: { petition }, body: { anew: 'on' } });
    const old = new URL(first.invitePath!, town.url).searchParams.get('key')!;
    key = new URL(anew.invitePath!, town.url).searchParams.get('key')!;
    const shut = await grace.say('joinDraft', { params: { petition }, body: { key: old, name: 'Grace' } });
    expect(shut.status).toBe(404);
    expect((await grace.say('readDraftTogether', { params: { petition } })).status).toBe(404);
    const seen = await grace.call('readDraftInvitation', { params: { petition }, query: { key } });
    expect(seen).toMatchObject({ title: 'A bench by the bridge', by: 'Mair', joined: false });
    const come = await grace.call('joinDraft', { params: { petition }, body: { key, name: 'Grace' } });
    expect(come).toMatchObject({ owner: false, invitePath: null });
    expect(come.people.map(({ name }) => name)).toEqual(['Mair', 'Grace']);
    // let in to write, not to send it off or throw it away
    expect((await grace.say('submitPetition', { params: { petition }, body: {} })).status).toBe(404);
    expect((await grace.say('dropPetitionDraft', { params: { petition } })).status).toBe(404);
    expect((await grace.say('inviteDrafters', { params: { petition }, body: {} })).status).toBe(404);
  });

  it('holds a paragraph for one at a time, in one place at a time', async () => {
    const [why, stone] = [await at(mair, 1), await at(mair, 2)];
    expect((await hold(mair, why.id)).status).toBe(200);
    expect((await hold(grace, why.id)).body).toEqual({ code: 'locked' });
    expect((await save(grace, why, 'Not hers to change.')).body).toEqual({ code: 'locked' });
    expect((await at(grace, 1)).lock).toMatchObject({ by: 'Mair', mine: false, seconds: 45 });
    await hold(mair, stone.id);
    expect((await at(grace, 1)).lock).toBeNull();
    expect((await hold(grace, why.id)).status).toBe(200);
    await hold(grace, why.id, 'on');
    expect((await at(mair, 1)).lock).toBeNull();
  });

  it('frees it when its holder goes offline, and loses neither one’s words nor the other’s', async () => {
    const why = await at(mair, 1);
    await hold(mair, why.id);
    town.later(1);
    expect((await at(grace, 1)).lock).toBeNull();
    expect((await save(grace, why, 'The hill is steep.')).status).toBe(200);
    // Mair comes back with what she typed: she is told, and nothing is written over
    expect((await save(mair, why, 'My knees hurt.')).body).toEqual({ code: 'changed_since' });
    const now = await at(mair, 1);
    expect(now).toMatchObject({ text: 'The hill is steep.', version: why.version + 1, changedBy: 'Grace' });
    await save(mair, now, 'The hill is steep, and my knees hurt.');
    const mine = await mair.call('readMyPetition', { params: { petition } });
    expect(mine.why).toBe('The hill is steep, and my knees hurt.');
    const wordings = await grace.call('listParagraphVersions', { params: { petition } });
    expect(wordings.filter(({ field }) => field === 'why').map(({ text, by }) => [by, text])).toEqual([
      ['Mair', 'The hill is steep, and my knees hurt.'],
      ['Grace', 'The hill is steep.'],
      ['Mair', 'It is far to walk.'],
    ]);
  });

  it('puts paragraphs in and takes them out, within the letters there are', async () => {
    const { paragraphs } = await grace.call('addParagraph', { params: { petition }, body: {} });
    const added = paragraphs.at(-1)!;
    expect(added).toMatchObject({ field: 'details', text: '', lock: { mine: true } });
    await save(grace, added, 'The mason of the Friends would make it.');
    const long = await save(grace, await at(grace, 4), 'x'.repeat(790));
    expect(long.body).toMatchObject({ code: 'invalid', fields: { text: 'too_long' } });
    await save(mair, await at(mair, 2), '');
    const mine = await mair.call('readMyPetition', { params: { petition } });
    expect(mine.details).toBe('With a back.\n\nThe mason of the Friends would make it.');
    const title = await save(mair, await at(mair, 0), '');
    expect(title.body).toMatchObject({ fields: { text: 'required' } });
  });

  it('follows the question pages, but not where somebody writes just now', async () => {
    const back = (await read(grace)).paragraphs.find(({ text }) => text === 'With a back.')!;
    await hold(grace, back.id);
    const change = { params: { petition }, body: { details: 'With a back.\n\nAnd arms.' } };
    expect((await mair.say('savePetition', change)).body).toEqual({ code: 'locked' });
    const { code } = await somePostcode(town);
    const you = { name: 'Mair Puw', email: 'mair.bench@example.org', postcode: code, basis: 'live' as const };
    const off = await mair.say('submitPetition', { params: { petition }, body: you });
    expect(off.body).toEqual({ code: 'locked' });
    await hold(grace, back.id, 'on');
    await mair.call('savePetition', change);
    const after = await read(grace);
    expect(after.paragraphs.slice(2).map(({ text }) => text)).toEqual(['With a back.', 'And arms.']);
    // who did not change keeps their place in its history
    expect(after.paragraphs[2]!.id).toBe(back.id);
  });

  it('tells those who write with them of every change, and nobody else', async () => {
    const { topic } = await read(mair);
    const heard: string[] = [];
    const { leave } = town.app.house.hub.subscribe(topic, null, ({ type }) => void heard.push(type));
    const desk: string[] = [];
    const { rows } = await town.sql.query('select organisation_id as id from petitions where id = $1', [
      petition,
    ]);
    const other = town.app.house.hub.subscribe(
      `petition-desk:${rows[0].id}`,
      null,
      ({ type }) => void desk.push(type),
    );
    await hold(grace, (await at(grace, 0)).id);
    // the hub tells of what the tests above changed a moment later, perhaps only when these already listen
    await expect.poll(() => new Set(heard)).toEqual(new Set(['petition.draft_changed']));
    expect(desk).not.toContain('petition.draft_changed');
    leave();
    other.leave();
    const events = await town.sql.query(
      `select distinct audience, data from events where type = 'petition.draft_changed'`,
    );
    expect(events.rows).toEqual([{ audience: 'staff', data: { petition } }]);
  });

  it('loses Grace when Mair takes her out, and keeps what she wrote', async () => {
    const { people } = await read(mair);
    const drafter = people.find(({ name }) => name === 'Grace')!.id;
    expect((await grace.say('removeDrafter', { params: { petition, drafter } })).status).toBe(404);
    await mair.call('removeDrafter', { params: { petition, drafter } });
    expect((await grace.say('readDraftTogether', { params: { petition } })).status).toBe(404);
    const wordings = await mair.call('listParagraphVersions', { params: { petition } });
    expect(wordings.map(({ text }) => text)).toContain('The hill is steep.');
    await mair.call('dropPetitionDraft', { params: { petition } });
    expect((await mair.say('readDraftTogether', { params: { petition } })).status).toBe(404);
  });
});
