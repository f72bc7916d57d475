/** Who hears what becomes of a petition: those who follow it, and those who asked for new ones where they live. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heardAll } from '../notifications/heard.ts';
import { fiveSupporters, nightBus, noRates, somePostcode } from './story.ts';

type Mail = { to: string; kind: string; subject: string; text: string };

describe('Mair wants to hear of petitions', () => {
  let town: Town;
  let ward: { id: string; slug: string };
  const mair = 'mair@anybridge.example';
  beforeAll(async () => {
    town = await openTown();
    await noRates(town);
    const { ward: id } = await somePostcode(town);
    const wards = await town.visitor().call('listWards', { query: {} });
    ward = wards.find((one) => one.id === id)!;
  });
  afterAll(() => town.close());

  const mailsTo = async (address: string, ...kinds: string[]): Promise<Mail[]> =>
    (
      await town.sql.query<Mail>(
        'select "to", kind, subject, text from mails where "to" = $1 and kind = any($2) order by id',
        [address, kinds],
      )
    ).rows;
  const inbox = async (who: string) =>
    (await (await town.as(who)).call('listInbox', { query: {} })).items.filter((one) =>
      one.to.startsWith('/petitions/'),
    );
  /** Grace's petition goes the whole way: five supporters, a moderator, open. */
  async function opens(title: string, wards: string[]): Promise<number> {
    const { petition, key, code } = await nightBus(town, await town.as('Grace Okafor'), title);
    await town.sql.query('update petitions set ward_ids = $2::uuid[] where id = $1', [petition, wards]);
    await fiveSupporters(town, petition, key, code);
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('decidePetition', {
      params: { petition },
      body: { command: 'publish', lang: 'en' } as never,
    });
    await heardAll(town);
    return petition;
  }

  it('asks for new petitions of her ward, and gets one mail with those about it and about the whole place', async () => {
    const her = await town.as('Mair Pritchard');
    await her.call('makeAlert', { body: { kind: 'ward', ward: ward.slug, group: 'petitions' } });
    const [other] = (await her.call('listWards', { query: {} })).filter((one) => one.id !== ward.id);
    const about = await opens('A bench by the weir', [ward.id]);
    const whole = await opens('A warm room for everybody', []);
    await opens('A bench far away', [other!.id]);
    expect((await inbox('Mair Pritchard')).map((one) => one.number).sort()).toEqual([about, whole].sort());
    await town.app.house.jobs.run('mail_alerts');
    const [mail, ...more] = await mailsTo(mair, 'alert');
    expect(more).toEqual([]);
    expect(mail!.subject).toMatch(/^2 ddeiseb newydd/);
    expect(mail!.text).toContain('A bench by the weir');
    expect(mail!.text).toContain('A warm room for everybody');
    expect(mail!.text).not.toContain('far away');
    expect(mail!.text).toContain(`/petitions?ward=${ward.slug}`);
  });

  it('who asked for everything in a ward hears of petitions about it, and not of those about the whole place', async () => {
    const sunita = await town.as('Sunita Rao');
    await sunita.call('makeAlert', { body: { kind: 'ward', ward: ward.slug } });
    const about = await opens('A lamp at the lock', [ward.id]);
    await opens('A clock that is right', []);
    expect((await inbox('Sunita Rao')).map((one) => one.number)).toEqual([about]);
  });

  it('follows one without signing it, and hears at once when the council answers and when it ends', async () => {
    const petition = await opens('Swans on the canal', []);
    const topic = `petition:${petition}`;
    const her = await town.as('Mair Pritchard');
    await her.call('follow', { body: { topic } });
    expect((await her.call('listFollows', { query: {} })).items).toMatchObject([
      { topic, to: `/petitions/${petition}`, state: null, petition: { state: 'open' }, byMail: true },
    ]);
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'Two swans will come in May.', lang: 'en' } as never,
    });
    await heardAll(town);
    const [answer] = await inbox('Mair Pritchard');
    expect(answer).toMatchObject({
      kind: 'petition_answer',
      to: `/petitions/${petition}`,
      title: 'Swans on the canal',
      says: { text: 'Two swans will come in May.', council: true },
    });
    const [mail, ...more] = await mailsTo(mair, 'petition_answer');
    expect(more).toEqual([]);
    expect(mail!.text).toContain('Two swans will come in May.');
    town.later(181 * 24 * 60);
    await town.app.house.jobs.run('close_petitions');
    await heardAll(town);
    const again = await town.as('Mair Pritchard');
    const { items } = await again.call('listInbox', { query: {} });
    expect(items[0]).toMatchObject({ kind: 'petition_ended', number: petition });
    expect(await mailsTo(mair, 'petition_ended')).toHaveLength(1);
  });

  it('somebody without an account follows one by the button in a mail, and is led back to it', async () => {
    const petition = await opens('Owls in the tower', []);
    const topic = `petition:${petition}`;
    const visitor = town.visitor();
    const asked = await visitor.call('follow', {
      body: { topic, email: 'owl.friend@example.org', lang: 'en' },
    });
    expect(asked).toEqual({ following: false, waits: true, email: 'owl.friend@example.org' });
    const token = await town.tokenTo('owl.friend@example.org');
    const done = await visitor.call('useToken', { params: { token }, body: {} as never });
    expect(done.to).toBe(`/petitions/${petition}`);
    const said = await visitor.say('follow', { body: { topic: 'petition:99999', lang: 'en' } });
    expect(said.status).toBe(404);
  });

  it('Dylan wants one mail a day, and finds the answer and the new petition in it', async () => {
    await town.sql.query(`update people set digest = 'daily' where name = 'Dylan Rees'`);
    const petition = await opens('Otters at the mill', []);
    const dylan = await town.as('Dylan Rees');
    await dylan.call('follow', { body: { topic: `petition:${petition}` } });
    await dylan.call('makeAlert', { body: { kind: 'ward', ward: ward.slug, group: 'petitions' } });
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'The otters have the mill.', lang: 'en' } as never,
    });
    await opens('Kingfishers by the lock', [ward.id]);
    await heardAll(town);
    await town.app.house.jobs.run('mail_digests');
    await town.app.house.jobs.run('mail_digests');
    const { rows } = await town.sql.query<{ to: string }>(
      `select value as to from contacts c join people p on p.id = c.person_id where p.name = 'Dylan Rees' and c.kind = 'email' limit 1`,
    );
    const [mail, ...more] = await mailsTo(rows[0]!.to, 'digest');
    expect(more).toEqual([]);
    expect(mail!.text).toContain('The otters have the mill.');
    expect(mail!.text).toContain('Kingfishers by the lock');
  });

  it('a signer is told once, with the mailing, in the inbox too', async () => {
    const petition = await opens('Herons on the roof', []);
    const { rows } = await town.sql.query<{ id: string }>(
      `select person_id as id from signatures where petition_id = $1 and person_id is not null and email is not null limit 1`,
      [petition],
    );
    const person = rows[0]!.id;
    await town.sql.query(
      `insert into follows (person_id, topic, by_mail, created_at) values ($1, $2, false, $3) on conflict (person_id, topic) do update set by_mail = false`,
      [person, `petition:${petition}`, town.clock.now],
    );
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'They may stay.', lang: 'en' } as never,
    });
    await heardAll(town);
    await town.app.house.jobs.run('mail_milestones');
    await town.app.house.jobs.run('mail_milestones');
    const told = await town.sql.query(
      `select kind from notifications where person_id = $1 and topic = $2 and kind = 'petition_answer'`,
      [person, `petition:${petition}`],
    );
    expect(told.rows).toHaveLength(1);
    const mails = await town.sql.query(
      `select 1 from mails where person_id = $1 and text like '%They may stay.%'`,
      [person],
    );
    expect(mails.rows).toEqual([]);
  });
});
