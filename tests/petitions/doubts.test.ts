/** What comes too fast waits for a moderator; what is taken away is said leaf by leaf; paper is entered by who may. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf, nightBus, openPetition, signByMail, signer, smallScheme, townThatSigns } from './story.ts';
import { fetchTrees, leafOfReceipt, verifyChain } from './verify.ts';

const watch = (town: Town) => town.app.house.jobs.run('watch_signatures');
const rates = (town: Town, given: object) =>
  town.sql.query(
    `insert into settings (key, value) values ('petitions.rates', $1)
     on conflict (key, organisation_id) do update set value = excluded.value`,
    [JSON.stringify({ network: { minute: 1000, five: 1000 }, ...given })],
  );
const names = ['Ann', 'Ben', 'Cat', 'Dan', 'Eve', 'Fay', 'Gus'];

describe('Signatures that come too fast', () => {
  let town: Town;
  let petition: number;
  let code: string;
  const receipts: string[] = [];
  beforeAll(async () => {
    const scheme = { response: 5, evidence: 100, debate: 100 };
    const strict = (it: Town) => rates(it, { suspect: 3, burst: 5 });
    ({ town, petition, code } = await townThatSigns(scheme, strict));
    for (const name of names)
      receipts.push((await signByMail(town, petition, signer(`${name} Quick`, code))).receipt!);
  });
  afterAll(() => town.close());
  const desk = async (name: string) =>
    (await town.as(name)).say('readSignaturesAtDesk', { params: { petition } });

  it('wait, uncounted, beyond three an hour; of a burst none counts, and moderators are told once', async () => {
    expect(await countsOf(town, petition)).toMatchObject({ online: 8 });
    await watch(town);
    await watch(town);
    expect(await countsOf(town, petition)).toMatchObject({ online: 1, invalidated: 0 });
    const seen = await desk('Owen Vaughan');
    expect(seen.body).toMatchObject({ suspect: 7, online: 1 });
    expect(seen.body['groups']).toMatchObject([
      { because: 'rate', network: '127.0.0.1', domain: null, signatures: 4 },
      { because: 'burst', signatures: 3 },
    ]);
    const { rows: mails } = await town.sql.query(
      `select kind, text from mails where kind = 'petition_burst' and subject like 'Many%' order by id`,
    );
    const owen = await town.as('Owen Vaughan');
    const inbox = await owen.call('listInbox', { query: {} });
    const told = inbox.items.filter((one) => one.kind === 'petition_burst');
    // one from the network, one from the mail domain
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ to: `/desk/petitions/${petition}/signatures`, number: petition });
    expect(mails.length).toBeGreaterThanOrEqual(2);
    for (const { text } of mails) expect(text).not.toContain('127.0.0.1');
    const panel = await town.visitor().call('readPetitionIntegrity', { params: { petition } });
    expect(panel).toMatchObject({ online: 1, suspect: 7, invalidated: 0, reasons: [] });
  });

  it('are nobody’s business but the moderators’; the banner goes when one has looked', async () => {
    expect((await desk('Mair Pritchard')).status).toBe(403);
    expect((await desk('Dylan Rees')).status).toBe(404);
    const dylan = await town.as('Dylan Rees');
    expect(await dylan.call('listPetitionBursts', {})).toEqual({ items: [] });
    const owen = await town.as('Owen Vaughan');
    const { items } = await owen.call('listPetitionBursts', {});
    expect(items.map((one) => [one.kind, one.source, one.most])).toContainEqual(['network', '127.0.0.1', 7]);
    for (const { id } of items) {
      expect((await dylan.say('seePetitionBurst', { params: { burst: id } })).status).toBe(404);
      await owen.call('seePetitionBurst', { params: { burst: id } });
    }
    expect(await owen.call('listPetitionBursts', {})).toEqual({ items: [] });
    const { body } = await desk('Owen Vaughan');
    expect(body['bursts']).toMatchObject([{ seenBy: 'Owen Vaughan' }, { seenBy: 'Owen Vaughan' }]);
  });

  it('count again under their own day when found good, and are not marked twice', async () => {
    const owen = await town.as('Owen Vaughan');
    const body = { because: 'rate' as const, network: '127.0.0.1' };
    expect(await owen.call('clearSuspects', { params: { petition }, body })).toEqual({
      cleared: 4,
      more: false,
    });
    await watch(town);
    expect(await countsOf(town, petition)).toMatchObject({ online: 5 });
    const { days } = await town.visitor().call('readPetitionDays', { params: { petition } });
    expect(days.reduce((sum, day) => sum + day.confirmed, 0)).toBe(7);
    expect((await desk('Owen Vaughan')).body).toMatchObject({ suspect: 3 });
  });

  it('are taken away by the rule that marked them, and given back as doubtful as they were', async () => {
    const owen = await town.as('Owen Vaughan');
    const params = { petition };
    const query = { because: 'burst' as const };
    const made = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    expect(made.found).toBe(3);
    const state = async () => (await owen.call('listInvalidations', { params }))[0]!.state;
    await expect.poll(state).toBe('done');
    expect(await countsOf(town, petition)).toMatchObject({ online: 5, invalidated: 3 });
    await owen.call('undoInvalidation', { params: { invalidation: made.id } });
    await expect.poll(state).toBe('undone');
    expect(await countsOf(town, petition)).toMatchObject({ online: 5, invalidated: 0 });
    expect((await desk('Owen Vaughan')).body).toMatchObject({
      suspect: 3,
      invalidations: [{ state: 'undone', by: 'Owen Vaughan' }],
    });
    const again = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    await expect.poll(async () => (await owen.call('listInvalidations', { params }))[0]!.state).toBe('done');
    expect(again.found).toBe(3);
    const late = await owen.say('cancelInvalidation', { params: { invalidation: again.id } });
    expect(late.body).toEqual({ code: 'already_ended' });
    const { rows } = await town.sql.query(
      `select count(*)::int as n from events where type = 'petition.invalidating' and audience = 'staff'`,
    );
    expect(rows[0].n).toBeGreaterThanOrEqual(3);
  });

  it('stand in the tree with a note that they do not count, and whoever drops the note breaks the chain', async () => {
    town.later(62);
    await town.app.house.jobs.run('grow_trees');
    const trees = await fetchTrees(town.url);
    const verdict = verifyChain(trees);
    expect(verdict).toMatchObject({ leaves: 8, broken: null });
    expect([...verdict.removed.values()]).toEqual(['automated', 'automated', 'automated']);
    const gone = receipts.find((one) => verdict.removed.has(leafOfReceipt(petition, one)))!;
    const said = await town.visitor().call('checkReceipt', { params: { petition }, body: { receipt: gone } });
    expect(said).toMatchObject({ found: 'removed', proof: { hour: trees[0]!.hour } });
    const silent = structuredClone(trees);
    silent[0]!.notes.pop();
    expect(verifyChain(silent).broken).toBe(trees[0]!.hour);
    const invented = structuredClone(trees);
    invented[0]!.notes[0]!.leaf = 'f'.repeat(64);
    expect(verifyChain(invented).broken).toBe(trees[0]!.hour);
  });

  it('from a domain that is shut out become doubtful, also those from before; one let through never is', async () => {
    await rates(town, { suspect: 3, burst: 5, block: { networks: [], domains: ['example.org'] } });
    await town.app.house.jobs.run('watch_signatures', { all: true });
    const { body } = await desk('Owen Vaughan');
    // four were found good, the organiser's own address is elsewhere
    expect(body).toMatchObject({ suspect: 0 });
    const { code: other, petition: second } = await openPetition(town, 'A bench by the river');
    await rates(town, { suspect: 3, burst: 5, allow: { networks: ['127.0.0.1'], domains: [] } });
    for (const name of names) await signByMail(town, second, signer(`${name} Slow`, other));
    await watch(town);
    expect(await countsOf(town, second)).toMatchObject({ online: 8 });
    await rates(town, { suspect: 3, burst: 5, block: { networks: [], domains: ['example.org'] } });
    await town.app.house.jobs.run('watch_signatures', { all: true });
    expect(await countsOf(town, second)).toMatchObject({ online: 1 });
  });
});

describe('Taking away', () => {
  let town: Town;
  beforeAll(async () => {
    // nobody works here: what is started waits
    town = await openTown({ env: { ROLE: 'web' } });
    await smallScheme(town);
  });
  afterAll(() => town.close());

  it('can be stopped before it has begun, and then nothing is taken', async () => {
    const { petition } = await openPetition(town);
    const owen = await town.as('Owen Vaughan');
    const params = { petition };
    const query = { domain: 'example.org' };
    const made = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    await owen.call('cancelInvalidation', { params: { invalidation: made.id } });
    await town.app.house.jobs.run('invalidate_signatures', { id: made.id });
    expect(await owen.call('listInvalidations', { params })).toMatchObject([{ state: 'cancelled', done: 0 }]);
    const again = await owen.say('cancelInvalidation', { params: { invalidation: made.id } });
    expect(again.body).toEqual({ code: 'already_ended' });
  });

  it('is given back behind the request, too; stopped, it stays away until somebody goes on', async () => {
    const { petition, code } = await openPetition(town, 'A slide at Weir Fields');
    await rates(town, { suspect: 100, burst: 100 });
    await signByMail(town, petition, signer('Ann Bot', code));
    const owen = await town.as('Owen Vaughan');
    const params = { petition };
    const query = { domain: 'example.org' };
    const made = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    const of = { params: { invalidation: made.id } };
    const run = () => town.app.house.jobs.run('invalidate_signatures', { id: made.id });
    const seen = async () => (await owen.call('listInvalidations', { params }))[0];
    await run();
    expect(await seen()).toMatchObject({ state: 'done', done: 1, givenBack: 0 });
    await owen.call('undoInvalidation', of);
    expect(await seen()).toMatchObject({ state: 'undoing', givenBack: 0 });
    expect(await countsOf(town, petition)).toMatchObject({ online: 1, invalidated: 1 });
    await owen.call('cancelInvalidation', of);
    await run();
    expect(await seen()).toMatchObject({ state: 'done', done: 1, givenBack: 0 });
    await owen.call('undoInvalidation', of);
    await run();
    await run();
    expect(await seen()).toMatchObject({ state: 'undone', done: 1, givenBack: 1 });
    expect(await countsOf(town, petition)).toMatchObject({ online: 2, invalidated: 0 });
    expect((await owen.say('cancelInvalidation', of)).body).toEqual({ code: 'already_ended' });
  });

  it('or finding a crowd good goes on behind the request, up to what was there to be looked at', async () => {
    await rates(town, { organisers: 100 });
    const { petition } = await openPetition(town, 'Trees for Station Road');
    const add = (from: number, to: number) =>
      town.sql.query(
        `insert into signatures (petition_id, state, suspect_because, basis, lang, network, signed_at, confirmed_at, leaf)
         select $1, 'suspect', 'rate', 'live', 'en', '198.51.100.9', $2::timestamptz, $2::timestamptz, md5(n::text) || md5(n::text)
         from generate_series($3::int, $4::int) n`,
        [petition, town.clock.now, from, to],
      );
    await add(1, 502);
    const owen = await town.as('Owen Vaughan');
    const until = town.clock.now.toISOString();
    const body = { network: '198.51.100.9' };
    expect(await owen.call('clearSuspects', { params: { petition }, body })).toEqual({
      cleared: 500,
      more: true,
    });
    town.later(1);
    await add(503, 505);
    await town.app.house.jobs.run('clear_suspects', { petition, until, ...body });
    expect(await countsOf(town, petition)).toMatchObject({ online: 503 });
    const { body: desk } = await owen.say('readSignaturesAtDesk', { params: { petition } });
    expect(desk).toMatchObject({ suspect: 3 });
  });

  it('doubts supporters by the same rules, and counts them as supporters when they are good', async () => {
    const many = { minute: 1000, five: 1000 };
    await rates(town, { suspect: 2, burst: 100, organisers: 100, supporters: many });
    const grace = await town.as('Grace Okafor');
    const { petition, key, code } = await nightBus(town, grace, 'A crossing at the school');
    for (const name of ['Ann', 'Ben', 'Cat', 'Dan'])
      await signByMail(town, petition, { ...signer(`${name} Behind`, code), key });
    const stands = async () => {
      const { rows } = await town.sql.query(
        `select p.state, c.supporters, c.online, c.invalidated from petitions p
         join petition_counts c on c.petition_id = p.id where p.id = $1`,
        [petition],
      );
      return rows[0];
    };
    expect(await stands()).toMatchObject({ supporters: 4 });
    await watch(town);
    await watch(town);
    const gathering = { state: 'gathering_supporters', online: 0 };
    expect(await stands()).toEqual({ ...gathering, supporters: 2, invalidated: 0 });
    const owen = await town.as('Owen Vaughan');
    const params = { petition };
    const query = { because: 'rate' as const };
    const made = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    const run = () => town.app.house.jobs.run('invalidate_signatures', { id: made.id });
    await run();
    expect(await stands()).toEqual({ ...gathering, supporters: 2, invalidated: 2 });
    await owen.call('undoInvalidation', { params: { invalidation: made.id } });
    await run();
    expect(await stands()).toEqual({ ...gathering, supporters: 2, invalidated: 0 });
    const body = { because: 'rate' as const };
    expect(await owen.call('clearSuspects', { params, body })).toEqual({
      cleared: 2,
      more: false,
    });
    expect(await stands()).toEqual({ ...gathering, supporters: 4, invalidated: 0 });
    await signByMail(town, petition, { ...signer('Eve Behind', code), key });
    expect(await stands()).toMatchObject({ state: 'in_moderation', supporters: 5 });
  });
});

describe('A petition that must go', () => {
  let town: Town;
  let petition: number;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town);
    ({ petition } = await openPetition(town, 'Sack the man at number four'));
  });
  afterAll(() => town.close());

  it('is taken away by a moderator with a reason, answers 410 and can no longer be signed', async () => {
    const params = { petition };
    const body = { reason: 'It harms somebody who did nothing.' };
    expect((await (await town.as('Rhian Pugh')).say('removePetition', { params, body })).status).toBe(403);
    const owen = await town.as('Owen Vaughan');
    await owen.call('removePetition', { params, body });
    expect((await owen.say('removePetition', { params, body })).body).toEqual({ code: 'removed' });
    const { rows } = await town.sql.query(`select text from mails where kind = 'petition_removed'`);
    expect(rows.map((row) => row.text)).toEqual([expect.stringContaining(body.reason)]);
    const seen = await town.visitor().say('readPetition', { params, query: {} });
    expect(seen).toMatchObject({ status: 410, body: { code: 'removed', reason: body.reason } });
    const mair = await town.as('Mair Pritchard');
    const signed = await mair.say('signPetition', { params, body: { lang: 'cy' } });
    expect(signed.status).toBe(409);
    const list = await town.visitor().call('listPetitions', { query: {} });
    expect(list.items.map((one) => one.id)).not.toContain(petition);
  });

  it('is not shown again, answered or mailed about: there is no way back', async () => {
    const params = { petition };
    const owen = await town.as('Owen Vaughan');
    const shown = await owen.say('decidePetition', {
      params,
      body: { command: 'show', reason: 'A mistake.', lang: 'en' } as never,
    });
    expect(shown.body).toEqual({ code: 'not_from_this_state' });
    const answer = await (
      await town.as('Sunita Rao')
    ).say('answerPetition', {
      params,
      body: { kind: 'response', summary: 'We have read it.', lang: 'en' } as never,
    });
    expect(answer.status).toBe(404);
    town.later(181 * 24 * 60);
    await town.app.house.jobs.run('close_petitions');
    await town.app.house.jobs.run('mail_milestones');
    const { rows } = await town.sql.query(
      `select m.milestone, m.sent from petition_mailings m where petition_id = $1`,
      [petition],
    );
    expect(rows).toEqual([{ milestone: 'closed', sent: 0 }]);
  });
});
