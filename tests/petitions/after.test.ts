import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRates, openPetition, signByMail, signer, smallScheme } from './story.ts';

const DAY = 24 * 60;

describe('What comes after', () => {
  let town: Town;
  let petition: number;
  let code: string;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 3, evidence: 4, debate: 4 });
    await noRates(town);
    ({ petition, code } = await openPetition(town));
    for (const name of ['Ann One', 'Ben Two', 'Cat Three'])
      await signByMail(town, petition, { ...signer(name, code), follow: 'on' });
    await town.app.house.jobs.run('join_signers');
  });
  afterAll(() => town.close());

  const read = () =>
    town.app
      .inject({ url: `/api/v1/petitions/${petition}`, headers: { cookie: 'x=1' } })
      .then((said) => said.json());
  const row = async () =>
    (await town.sql.query('select state, response, debate from petitions where id = $1', [petition])).rows[0];
  const mails = async (kind: string) => {
    await town.app.house.jobs.run('mail_milestones');
    const { rows } = await town.sql.query(
      'select "to", headers, text from mails where kind = $1 order by "to"',
      [kind],
    );
    return rows as Array<{ to: string; headers: Record<string, string>; text: string }>;
  };
  const says = async (name: string, body: object) =>
    (await town.as(name)).say('answerPetition', {
      params: { petition },
      body: { lang: 'en', ...body } as never,
    });

  it('tells who owes what it has reached and by when, and those who follow it, each once', async () => {
    // one signature crossed three numbers: signers hear of the highest
    const owed = await mails('petition_owed');
    const to = (name: string) => owed.filter((one) => one.to.startsWith(name));
    expect(to('sunita')).toHaveLength(3);
    expect(to('rhian')).toHaveLength(1);
    expect(to('dylan')).toEqual([]);
    expect(to('rhian')[0]!.text).toContain('has 4 names');
    expect(await mails('petition_signers_reached_response')).toEqual([]);
    const heard = await mails('petition_signers_reached_debate');
    expect(heard.map((one) => one.to)).toContain('grace@anybridge.example');
    expect(heard[0]!.text).toContain('It has 4 names. The council promised to talk about it in public by');
    expect(await mails('petition_signers_reached_debate')).toHaveLength(heard.length);
    const sunita = await town.as('Sunita Rao');
    const { items } = await sunita.call('listInbox', { query: {} });
    expect(items.filter((one) => one.kind === 'petition_reached')).toHaveLength(3);
  });

  it('is answered by Rhian, and each signer who follows hears it once, with a way to stop', async () => {
    expect(await row()).toEqual({ state: 'open', response: 'awaiting', debate: 'awaiting' });
    const body = { kind: 'response', summary: 'The bus will run until midnight.', details: 'From May on.' };
    expect((await says('Mair Pritchard', body)).status).toBe(403);
    expect((await says('Dylan Rees', body)).status).toBe(404);
    expect((await says('Rhian Pugh', body)).status).toBe(200);
    expect((await row()).response).toBe('responded');
    const told = await mails('petition_signers_response');
    expect(told.map((one) => one.to)).toEqual([
      'ann.one@example.org',
      'ben.two@example.org',
      'cat.three@example.org',
      'grace@anybridge.example',
    ]);
    expect(told[0]!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(told[0]!.text).toContain('The bus will run until midnight.');
    expect(await mails('petition_signers_response')).toHaveLength(4);
  });

  it('tells the newest only, when two things happen before the mails have left', async () => {
    await says('Rhian Pugh', { kind: 'update', summary: 'A first word.' });
    await says('Rhian Pugh', {
      kind: 'debate_scheduled',
      summary: 'In full council.',
      happensOn: '2025-11-04',
    });
    expect(await mails('petition_signers_update')).toEqual([]);
    expect(await mails('petition_signers_debate_scheduled')).toHaveLength(4);
  });

  it('is debated after a day was set, not before; then the record stands on the page', async () => {
    expect((await says('Rhian Pugh', { kind: 'not_debated', summary: 'No.' })).status).toBe(200);
    expect(
      (await says('Rhian Pugh', { kind: 'debated', summary: 'x', happensOn: '2025-11-04' })).body,
    ).toEqual({
      code: 'not_from_this_state',
    });
    await says('Rhian Pugh', { kind: 'debate_scheduled', summary: 'After all.', happensOn: '2025-11-05' });
    const held = await says('Rhian Pugh', {
      kind: 'debated',
      summary: 'Council agreed.',
      happensOn: '2025-11-05',
      data: { video: 'https://video.example/1', videoFrom: 61, votesFor: 12, votesAgainst: 3 },
    });
    expect(held.status).toBe(200);
    expect((await row()).debate).toBe('debated');
    const { steps } = await read();
    expect(steps.at(-1)).toMatchObject({ kind: 'debated', by: 'Rhian Pugh', data: { votesFor: 12 } });
    const bad = await says('Rhian Pugh', {
      kind: 'debated',
      summary: 'x',
      happensOn: '2025-11-05',
      data: { video: 'javascript:alert(1)' },
    });
    expect(bad.status).toBe(422);
  });

  it('is rated by who signed, the last word of each; Grace may ask scrutiny once', async () => {
    const mair = await town.as('Mair Pritchard');
    const no = await mair.say('ratePetitionAnswer', { params: { petition }, body: { answers: 'no' } });
    expect(no.body).toEqual({ code: 'not_signed' });
    await mair.call('signPetition', { params: { petition }, body: { lang: 'cy', postcode: code } });
    for (const answers of ['no', 'yes'] as const)
      await mair.call('ratePetitionAnswer', { params: { petition }, body: { answers } });
    const { rows } = await town.sql.query('select answers from petition_ratings');
    expect(rows).toEqual([{ answers: true }]);
    const panel = await town.visitor().call('readPetitionIntegrity', { params: { petition } });
    expect(panel.rating).toEqual({ yes: 'c', no: 0 });
    const grace = await town.as('Grace Okafor');
    const body = { words: 'Nobody asked the night nurses.', lang: 'en' as const };
    await grace.call('askScrutiny', { params: { petition }, body });
    const again = await grace.say('askScrutiny', { params: { petition }, body });
    expect(again.body).toEqual({ code: 'already_asked' });
  });

  it('ends by the clock, once, and half a year later nobody’s name is left', async () => {
    town.later(180 * DAY + 1);
    await town.app.house.jobs.run('close_petitions');
    await town.app.house.jobs.run('close_petitions');
    expect((await row()).state).toBe('closed');
    const { rows: ends } = await town.sql.query(
      `select count(*)::int as n from events where type = 'petition.state_changed' and data->>'to' = 'closed'`,
    );
    expect(ends[0].n).toBe(1);
    const left = async () =>
      (
        await town.sql.query(
          'select name, email, canonical, postcode, person_id, receipt, ward_id, leaf from signatures where petition_id = $1',
          [petition],
        )
      ).rows;
    town.later(179 * DAY);
    await town.app.house.jobs.run('anonymise_signatures');
    expect((await left()).every((one) => one.name !== null)).toBe(true);
    town.later(2 * DAY);
    await town.app.house.jobs.run('anonymise_signatures');
    for (const one of await left()) {
      const { ward_id: ward, leaf, ...personal } = one;
      expect(Object.values(personal)).toEqual([null, null, null, null, null, null]);
      expect([ward, leaf]).not.toContain(null);
    }
    const { rows: counted } = await town.sql.query(
      'select online from petition_counts where petition_id = $1',
      [petition],
    );
    expect(counted[0].online).toBe(5);
  });

  it('is stopped by the council’s decision with a reason that everybody reads', async () => {
    const made = await openPetition(town, 'A roof for the bus stop');
    const tomasz = await town.as('Tomasz Nowak');
    const params = { petition: made.petition };
    expect((await tomasz.say('stopPetition', { params, body: { reason: ' ' } })).status).toBe(422);
    const stopped = await tomasz.call('stopPetition', { params, body: { reason: 'The roof is built.' } });
    expect(stopped).toEqual({ state: 'stopped' });
    const seen = await town.visitor().call('readPetition', { params, query: {} });
    expect(seen.endedReason).toBe('The roof is built.');
    const [told] = await mails('petition_signers_stopped');
    expect(told).toMatchObject({ to: 'grace@anybridge.example' });
    expect(told!.text).toContain('The roof is built.');
  });
});
