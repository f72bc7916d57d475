/** What "needs a person" means stands twice, as a rule and as a query over an index: here they are held together. */
import { type DeskItem, needsAPerson } from '@folkmoot/core/reports/desk';
import { groupOf, REPORT_STATES, type ReportState } from '@folkmoot/core/reports/plain';
import { heardAll } from '../notifications/heard.ts';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

describe('What needs a person', () => {
  let town: Town;
  let dylan: Caller;
  let mair: Caller;
  beforeAll(async () => {
    town = await openTown();
    dylan = await town.as('Dylan Rees');
    mair = await town.as('Mair Pritchard');
  });
  afterAll(() => town.close());

  const report = async (title: string): Promise<number> => {
    const all = await mair.call('listReportCategories', { query: weirStreet });
    const { id: category } = all.find((one) => one.code === 'pothole')!;
    const words = { title, detail: 'By the baker’s.', lang: 'en' as const };
    const body = { ...weirStreet, category, answers: { depth: 'deep' }, ...words };
    return (await mair.call('makeReport', { body })).report;
  };
  const decide = async (id: number, command: 'start') => {
    const { state: saw } = await mair.call('readReport', { params: { report: id } });
    await dylan.call('changeReportState', { params: { report: id }, body: { command, saw, lang: 'en' } });
  };
  const inQueue = async (): Promise<Set<number>> => {
    const found = new Set<number>();
    for (let page = 1, pages = 1; page <= pages; page++) {
      const list = await dylan.call('listReportQueue', { query: { view: 'needs', page } });
      pages = list.pages;
      for (const item of list.items) found.add(item.id);
    }
    return found;
  };
  /** Every report of Dylan's county, as the rule wants to know it. */
  const asTheRuleSees = async (answered: ReadonlySet<number>) => {
    const { rows } = await town.sql.query<{ id: number; state: ReportState; expected: string | null }>(
      `select id::int as id, state, expected_on::text as expected from reports where organisation_id =
         (select organisation_id from grants g join people p on p.id = g.person_id where p.name = 'Dylan Rees' limit 1)`,
    );
    return rows.map(({ id, state, expected }): DeskItem & { id: number } => ({
      id,
      state,
      expectedOn: expected,
      makerAnswered: answered.has(id),
    }));
  };

  it('is the same to the rule and to the queue, in every state, late or not, answered or not', async () => {
    const asked = await report('Hole at the chapel');
    const silent = await report('Hole at the weir');
    for (const id of [asked, silent]) {
      await decide(id, 'start');
      const body = { text: 'Road or pavement?', lang: 'en' as const };
      await dylan.call('askReporter', { params: { report: id }, body });
    }
    town.later(1);
    await mair.call('commentOnReport', {
      params: { report: asked },
      body: { text: 'The road.', lang: 'en' },
    });
    const today = town.clock.now.toISOString().slice(0, 10);
    // of each open state one that is late today, one whose day it is, one without a day
    for (const state of REPORT_STATES.filter((one) => groupOf(one) === 'open' && one !== 'unconfirmed'))
      for (const day of [`'${today}'::date - 1`, `'${today}'::date`, 'null']) {
        const id = await report(`Hole, ${state}`);
        await town.sql.query(`update reports set state = $2, expected_on = ${day} where id = $1`, [
          id,
          state,
        ]);
      }
    for (const state of ['unable_to_fix', 'fixed_by_resident', 'internal_referral', 'not_responsible']) {
      const id = await report(`Hole, ${state}`);
      await town.sql.query(`update reports set state = $2, expected_on = '2020-01-01' where id = $1`, [
        id,
        state,
      ]);
    }
    const waiting = await report('Hole that nobody confirmed');
    await town.sql.query(
      "update reports set state = 'unconfirmed', confirmed_at = null, expected_on = '2020-01-01' where id = $1",
      [waiting],
    );
    const all = (await asTheRuleSees(new Set([asked]))).filter((one) => one.state !== 'unconfirmed');
    const rule = all.filter((one) => needsAPerson(one, today)).map((one) => one.id);
    const queue = await inQueue();
    expect([...queue].sort((a, b) => a - b)).toEqual(rule.sort((a, b) => a - b));
    expect([queue.has(asked), queue.has(silent), queue.has(waiting)]).toEqual([true, false, false]);
    expect((await dylan.call('listReportQueue', { query: {} })).counts.needs).toBe(rule.length);
  });

  const mailsOf = async (id: number) =>
    (
      await town.sql.query<{ kind: string; text: string }>(
        'select kind, text from mails where text like $1 order by id',
        [`%/reports/${id}%`],
      )
    ).rows;
  const inboxOf = async (id: number) =>
    (await mair.call('listInbox', { query: {} })).items.filter((one) => one.to === `/reports/${id}`);

  it('and what Dylan took back before anybody heard is told to nobody', async () => {
    const id = await report('Hole that was mistaken');
    await heardAll(town);
    // the sender's transaction holds the reader back until the undo is there, too
    await town.sql.query('begin');
    await town.sql.query('select pg_current_xact_id()');
    await decide(id, 'start');
    await dylan.call('undoReportChange', { params: { report: id } });
    await town.sql.query('commit');
    await heardAll(town);
    expect(await mailsOf(id)).toEqual([]);
    expect(await inboxOf(id)).toEqual([]);
  });

  it('and what he took back after Mair had heard stands in her inbox, without a second mail', async () => {
    const id = await report('Hole that was mistaken, too');
    await heardAll(town);
    await decide(id, 'start');
    await heardAll(town);
    expect(await mailsOf(id)).toHaveLength(1);
    await dylan.call('undoReportChange', { params: { report: id } });
    await heardAll(town);
    expect(await mailsOf(id)).toHaveLength(1);
    expect((await inboxOf(id)).map((one) => one.state).sort()).toEqual(['in_progress', 'new']);
  });
});
