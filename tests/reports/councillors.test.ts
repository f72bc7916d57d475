import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Rhian asks an officer about a report of her ward', () => {
  let town: Town;
  let rhian: Caller;
  let sunita: Caller;
  let report: number;
  beforeAll(async () => {
    town = await openTown();
    rhian = await town.as('Rhian Pugh');
    sunita = await town.as('Sunita Rao');
    // a report of the council's own in Rhian's ward, in Sunita's hands
    const { rows } = await town.sql.query(
      `update reports set state = 'planned', expected_on = null,
        assigned_to = (select id from people where name = 'Sunita Rao'),
        organisation_id = (select id from organisations where slug = 'council'),
        ward_id = (select ward_id from people where name = 'Rhian Pugh')
       where id = (select id from reports where confirmed_at is not null and not private and hidden_at is null
         order by id limit 1)
       returning id`,
    );
    report = Number(rows[0].id);
  });
  afterAll(() => town.close());

  const atDesk = (who = sunita) => who.call('readReportAtDesk', { params: { report } });
  const ask = (who: Caller, body: { text: string; open?: boolean }) =>
    who.say('askOfficer', { params: { report }, body: { lang: 'en' as const, ...body } });
  const needing = async () => {
    const queue = await sunita.call('listReportQueue', { query: { q: String(report) } });
    return queue.items.map((item) => item.id);
  };
  const told = async (name: string, kind: string) =>
    (
      await town.sql.query(
        `select n.data from notifications n join people p on p.id = n.person_id where p.name = $1 and n.kind = $2`,
        [name, kind],
      )
    ).rows.length;
  const mailOf = async (name: string, kind: string) => {
    const { rows } = await town.sql.query(
      `select m.subject, m.text from mails m join people p on p.id = m.person_id where p.name = $1 and m.kind = $2
       order by m.created_at desc limit 1`,
      [name, kind],
    );
    return rows[0] as { subject: string; text: string } | undefined;
  };

  it('the officer finds it in the queue, under the bell and in a mail; nothing of it is public', async () => {
    expect((await atDesk(rhian)).may).toMatchObject({ askOfficer: true, change: false });
    expect((await atDesk()).may).toMatchObject({ askOfficer: false, change: true });
    expect(await needing()).toEqual([]);
    const asked = await ask(rhian, { text: 'When will the bin be emptied?' });
    expect(asked.status).toBe(200);
    expect(await needing()).toEqual([report]);
    await expect.poll(() => told('Sunita Rao', 'councillor_question')).toBe(1);
    const mail = await mailOf('Sunita Rao', 'councillor_question');
    expect(mail!.text).toContain('When will the bin be emptied?');
    expect(mail!.text).toContain(`/desk/reports/${report}`);
    // there is nothing that she followed, and so nothing to end
    expect(mail!.text).not.toContain('/unsubscribe/');
    const { items } = await sunita.call('listInbox', { query: {} });
    expect(items[0]).toMatchObject({ kind: 'councillor_question', to: `/desk/reports/${report}` });
    const shown = JSON.stringify(await town.visitor().call('readReport', { params: { report } }));
    expect(shown).not.toContain('emptied');
  });

  it('pressed twice it is asked once', async () => {
    expect((await ask(rhian, { text: 'And again?' })).body).toEqual({ code: 'asked_already' });
    expect((await atDesk()).questions).toMatchObject([{ mine: false }]);
    expect((await atDesk(rhian)).questions).toMatchObject([{ mine: true }]);
  });

  it('the answer goes to her, stays among staff, and the queue is done with it', async () => {
    const [question] = (await atDesk()).questions;
    const body = { question: question!.id, text: 'On Friday.', lang: 'en' as const };
    expect((await rhian.say('answerCouncillor', { params: { report }, body })).status).toBe(404);
    await sunita.call('answerCouncillor', { params: { report }, body });
    expect((await sunita.say('answerCouncillor', { params: { report }, body })).body).toEqual({
      code: 'answered_already',
    });
    expect(await needing()).toEqual([]);
    expect((await atDesk(rhian)).questions[0]).toMatchObject({
      by: 'Rhian Pugh',
      answer: { text: 'On Friday.', by: 'Sunita Rao' },
    });
    await expect.poll(() => told('Rhian Pugh', 'councillor_answer')).toBe(1);
    const answered = (await mailOf('Rhian Pugh', 'councillor_answer'))!.text;
    expect(answered).toContain('On Friday.');
    expect(answered).not.toContain('/unsubscribe/');
    const shown = await town.visitor().call('readReport', { params: { report } });
    expect(JSON.stringify(shown)).not.toContain('On Friday.');
  });

  it('what she asks openly stands on the report’s page once it is answered, under the council’s name', async () => {
    await ask(rhian, { text: 'Why was it left full?', open: true });
    const before = await town.visitor().call('readReport', { params: { report } });
    expect(JSON.stringify(before)).not.toContain('left full');
    const question = (await atDesk()).questions.find((one) => one.answer === null)!;
    await sunita.call('answerCouncillor', {
      params: { report },
      body: { question: question.id, text: 'The lorry broke down.', lang: 'en' },
    });
    const { timeline } = await town.visitor().call('readReport', { params: { report } });
    const line = timeline.find((one) => one.text?.includes('The lorry broke down.'))!;
    expect(line.text).toContain('Councillor Rhian Pugh asked: “Why was it left full?”');
    expect(line.by.organisation).not.toBeNull();
  });

  it('nobody else asks: not an officer, a moderator, a resident, a councillor of another ward', async () => {
    const { rows } = await town.sql.query(
      `select p.name from grants g join people p on p.id = g.person_id
       where g.role = 'councillor' and g.area_id is distinct from (select ward_id from reports where id = $1) limit 1`,
      [report],
    );
    for (const name of ['Sunita Rao', 'Owen Vaughan', 'Dylan Rees', rows[0].name as string])
      expect((await ask(await town.as(name), { text: 'And me?' })).status, name).toBe(404);
    expect((await ask(await town.as('Grace Okafor'), { text: 'And me?' })).status).toBe(403);
    await town.sql.query('update reports set private = true where id = $1', [report]);
    expect((await ask(rhian, { text: 'And now?' })).status).toBe(404);
  });
});
