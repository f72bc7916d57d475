/** At the end signers are asked, once, whether the answer answers them; never before an election. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRates, openPetition, signByMail, signer, smallScheme } from './story.ts';

const DAY = 24 * 60;

describe('The question at the end', () => {
  let town: Town;
  let petition: number;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 3, days: 30 });
    await noRates(town);
    const made = await openPetition(town);
    petition = made.petition;
    for (const name of ['Ann One', 'Ben Two'])
      await signByMail(town, petition, { ...signer(name, made.code), follow: 'on' });
    await signByMail(town, petition, signer('Cat Three', made.code));
    await town.app.house.jobs.run('join_signers');
    const mair = await town.as('Mair Pritchard');
    await mair.call('signPetition', {
      params: { petition },
      body: { lang: 'cy', postcode: made.code, follow: 'on' },
    });
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'The bus runs on.', lang: 'en' } as never,
    });
    await mair.call('ratePetitionAnswer', { params: { petition }, body: { answers: 'yes' } });
    town.later(180 * DAY + 1);
    await town.app.house.jobs.run('close_petitions');
  });
  afterAll(() => town.close());

  const asked = async () => {
    await town.app.house.jobs.run('ask_ratings');
    await town.app.house.jobs.run('mail_milestones');
    const { rows } = await town.sql.query(
      `select "to", text, headers from mails where kind = 'petition_signers_rating' order by "to"`,
    );
    return rows as Array<{ to: string; text: string; headers: Record<string, string> }>;
  };

  it('waits a week, and for the end of a pause', async () => {
    const { rows } = await town.sql.query('select organisation_id as id from petitions where id = $1', [
      petition,
    ]);
    const day = (days: number) =>
      new Date(town.clock.now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    await town.sql.query(
      `insert into pauses (organisation_id, what, starts_on, ends_on, reason) values ($1, 'promoting', $2, $3, '{"en":"Election"}')`,
      [rows[0].id, day(1), day(11)],
    );
    expect(await asked()).toEqual([]);
    town.later(8 * DAY);
    expect(await asked()).toEqual([]);
    town.later(5 * DAY);
  });

  it('goes once to those who follow and have not said, with a way to stop', async () => {
    const mails = await asked();
    expect(mails.map((one) => one.to)).toEqual([
      'ann.one@example.org',
      'ben.two@example.org',
      // who asked for it follows it, too
      'grace@anybridge.example',
    ]);
    expect(mails[0]!.text).toContain(`/petitions/${petition}#rate`);
    expect(mails[0]!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(await asked()).toHaveLength(3);
  });
});
