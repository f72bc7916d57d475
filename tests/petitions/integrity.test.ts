import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf, noRates, openPetition, signByMail, signer, smallScheme, townThatSigns } from './story.ts';
import { fetchTrees, leafOfReceipt, verifyChain } from './verify.ts';

type Datum = { type: string; id: number; attributes: Record<string, unknown> };
type OpenData = { data: Datum };
type OpenList = { links: Record<string, string | null>; data: Datum[] };

describe('The number can be believed', () => {
  let town: Town;
  let petition: number;
  let code: string;
  const receipts: string[] = [];
  beforeAll(async () => {
    ({ town, petition, code } = await townThatSigns({ response: 6, evidence: 100, debate: 100 }));
  });
  afterAll(() => town.close());

  const counts = () => countsOf(town, petition);
  const json = async (path: string) => (await (await town.visitor().fetch(path)).json()) as OpenData;
  const check = (receipt: string) =>
    town.visitor().call('checkReceipt', { params: { petition }, body: { receipt } });

  it('lets a signer check that theirs is in the hour’s tree, and anybody that the chain holds', async () => {
    for (const name of ['Ann One', 'Ben Two', 'Cat Three'])
      receipts.push((await signByMail(town, petition, signer(name, code))).receipt!);
    expect((await check(receipts[0]!)).found).toBe('waits_for_the_hour');
    town.later(61);
    receipts.push((await signByMail(town, petition, signer('Dan Four', code))).receipt!);
    await town.app.house.jobs.run('grow_trees');
    town.later(61);
    await town.app.house.jobs.run('grow_trees');
    await town.app.house.jobs.run('grow_trees');
    const said = await check(receipts[1]!);
    expect(said.found).toBe('in_tree');
    expect((await check('f'.repeat(64))).found).toBe('unknown');
    const trees = await fetchTrees(town.url);
    expect(trees).toHaveLength(2);
    const leaf = leafOfReceipt(petition, receipts[1]!);
    expect(leaf).toBe(said.leaf);
    expect(verifyChain(trees, leaf)).toMatchObject({ leaves: 5, broken: null, found: trees[0]!.hour });
    const swapped = structuredClone(trees);
    swapped[0]!.leaves[0] = '0'.repeat(64);
    expect(verifyChain(swapped).broken).toBe(trees[0]!.hour);
  });

  it('counts a paper sheet without those who signed before', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const sheet = await tomasz.call('enterPetitionSheet', {
      params: { petition },
      body: {
        rows: [
          { name: 'Ms Ann ONE', postcode: code },
          { name: 'Paper Person', postcode: code },
          { name: 'paper  person', postcode: code.toLowerCase() },
        ],
      },
    });
    expect(sheet).toMatchObject({ counted: 1, doubles: [1, 3], total: 6 });
    expect(await counts()).toEqual({ online: 5, paper: 1, invalidated: 0 });
  });

  it('takes false ones away after a dry run; the threshold stays reached; and gives them back', async () => {
    const owen = await town.as('Owen Vaughan');
    const params = { petition };
    for (const name of ['Bot One', 'Bot Two'])
      await signByMail(town, petition, {
        ...signer(name, code),
        email: `${name.replace(' ', '')}@bots.example`,
      });
    expect(await counts()).toMatchObject({ online: 7, paper: 1 });
    const query = { domain: 'bots.example' };
    const tried = await owen.call('tryInvalidation', { params, body: query });
    expect(tried).toMatchObject({ found: 2, counted: 2 });
    expect(tried.sample.map((one) => one.name).sort()).toEqual(['Bot One', 'Bot Two']);
    expect((await owen.say('tryInvalidation', { params, body: {} })).status).toBe(422);
    const made = await owen.call('startInvalidation', { params, body: { query, reason: 'automated' } });
    expect(made).toMatchObject({ found: 2, state: 'waiting' });
    await expect.poll(async () => (await owen.call('listInvalidations', { params }))[0]!.state).toBe('done');
    expect(await counts()).toEqual({ online: 5, paper: 1, invalidated: 2 });
    const seen = await town.visitor().call('readPetition', { params, query: {} });
    expect(seen.thresholds[0]).toMatchObject({ threshold: 'response', reachedAt: expect.any(String) });
    const panel = await town.visitor().call('readPetitionIntegrity', { params });
    expect(panel).toMatchObject({ reasons: [{ reason: 'automated', signatures: 2 }], invalidated: 2 });
    const { rows } = await town.sql.query('select query from petition_invalidations');
    expect(rows).toEqual([{ query: {} }]);
    await owen.call('undoInvalidation', { params: { invalidation: made.id } });
    await expect
      .poll(async () => (await owen.call('listInvalidations', { params }))[0])
      .toMatchObject({ state: 'undone', done: 2, givenBack: 2 });
    expect(await counts()).toEqual({ online: 7, paper: 1, invalidated: 0 });
    const twice = await owen.say('undoInvalidation', { params: { invalidation: made.id } });
    expect(twice.body).toEqual({ code: 'already_undone' });
    const { rows: crossings } = await town.sql.query(
      `select count(*)::int as n from events where type = 'petition.threshold_reached'`,
    );
    expect(crossings[0].n).toBe(1);
  });

  it('shows wards of the morning only, small ones held back, on the panel and in the open data', async () => {
    await town.app.house.jobs.run('snapshot_petition_wards');
    const { wards } = await town.visitor().call('readPetitionIntegrity', { params: { petition } });
    expect(wards!.items).toMatchObject([{ signatures: 10 }]);
    const said = await json(`/petitions/${petition}.json`);
    expect(said.data.attributes['signatures_by_ward']).toMatchObject([{ signature_count: 10 }]);
    const other = (await town.sql.query('select id from areas order by code desc limit 1')).rows[0]
      .id as string;
    await town.sql.query(
      `insert into petition_wards (petition_id, ward_id, count, at) values ($1, $2, 20, '2020-01-01')`,
      [petition, other],
    );
    await town.app.house.jobs.run('snapshot_petition_wards');
    const again = await town.visitor().call('readPetitionIntegrity', { params: { petition } });
    // whoever had signed there turned out to be false
    expect(again.wards!.items).toHaveLength(1);
    await town.sql.query('update petition_wards set count = 3');
    const small = await json(`/petitions/${petition}.json`);
    expect(small.data.attributes['signatures_by_ward']).toMatchObject([{ signature_count: null }]);
    const csv = await (await town.visitor().fetch(`/petitions/${petition}.csv`)).text();
    expect(csv).toMatch(/,c\r\n$/);
  });
});

describe('The open data', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town);
    await noRates(town);
  });
  afterAll(() => town.close());

  it('gives the trees by pages that no rush makes too long, and cuts no hour in two', async () => {
    await town.sql.query(
      `insert into petition_trees (hour, leaves, root, chain)
       select now() - n * interval '1 hour', array(select md5(i::text) || md5(i::text) from generate_series(1, leaves) i),
         repeat('a', 64), repeat('b', 64)
       from (values (3, 50000), (2, 1), (1, 1)) hours(n, leaves)`,
    );
    const page = async (number: number) => {
      const { items, pages } = await town.visitor().call('listPetitionTrees', { query: { page: number } });
      return [pages, ...items.map((one) => one.leaves.length)];
    };
    expect(await page(1)).toEqual([2, 50_000]);
    expect(await page(2)).toEqual([2, 1, 1]);
    expect(await page(3)).toEqual([2]);
    await town.sql.query('delete from petition_trees');
  });

  it('has the shape that tools for petition.parliament.uk know, and no name but the organiser’s', async () => {
    const { petition } = await openPetition(town);
    await openPetition(town, '=HYPERLINK("x") for all, "quoted"');
    const visitor = town.visitor();
    const list = await visitor.fetch('/petitions.json?state=open&count=1');
    expect(list.headers.get('cache-control')).toContain('stale-while-revalidate');
    const { links, data } = (await list.json()) as OpenList;
    expect(Object.keys(links)).toEqual(['self', 'first', 'last', 'next', 'prev']);
    expect(links['next']).toBe(`${town.url}/petitions.json?state=open&page=2&count=1`);
    expect(data).toHaveLength(1);
    const one = await visitor.fetch(`/petitions/${petition}.json`);
    const said = (await one.json()) as OpenData;
    expect(said.data).toMatchObject({
      type: 'petition',
      id: petition,
      attributes: {
        action: 'Keep the 14 night bus running after ten',
        state: 'open',
        signature_count: 1,
        creator_name: 'Grace Okafor',
        government_response: null,
        debate: null,
      },
    });
    expect(Object.keys(said.data.attributes)).toEqual(
      Object.keys(data[0]!.attributes).concat([
        'signatures_by_ward',
        'signatures_by_ward_at',
        'signatures_by_ward_note',
      ]),
    );
    const same = await visitor.fetch(`/petitions/${petition}.json`, {
      headers: { 'if-modified-since': one.headers.get('last-modified')! },
    });
    expect(same.status).toBe(304);
    expect(await (await visitor.fetch(`/petitions/${petition}/count.json`)).json()).toEqual({
      id: petition,
      signature_count: 1,
    });
    const csv = await (await visitor.fetch('/petitions.csv')).text();
    expect(csv).toContain(`"'=HYPERLINK(""x"") for all, ""quoted"""`);
    expect((await visitor.fetch('/petitions.csv?count=1&page=2')).headers.get('etag')).toBe(
      (await visitor.fetch('/petitions.csv')).headers.get('etag'),
    );
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect((await visitor.fetch('/petitions/999999.json')).status).toBe(404);
    expect((await visitor.fetch('/petitions/999999/count.json')).status).toBe(404);
  });

  it('lists whatever is public unless asked for less, and says so when nothing has changed', async () => {
    const { petition } = await openPetition(town, 'A bell for the ferry');
    const refused = await openPetition(town, 'A toll for the bridge');
    await town.sql.query(
      `update petitions set state = 'rejected', rejection_code = 'unclear', rejection_reason = 'Which one?',
       opened_at = null, state_at = $2, updated_at = $2 where id = $1`,
      [refused.petition, town.clock.now],
    );
    const visitor = town.visitor();
    const read = async (query: string) =>
      ((await (await visitor.fetch(`/petitions.json?${query}`)).json()) as OpenList).data;
    const of = async (query: string) => (await read(query)).map((one) => one.id);
    expect(await of('q=toll')).toEqual([refused.petition]);
    expect((await read('q=toll'))[0]!.attributes['rejected_at']).toBe(town.clock.now.toISOString());
    expect(await of('q=toll&state=published')).toEqual([]);
    expect(await of('q=bell&state=not_debated')).toEqual([]);
    await town.sql.query(`update petitions set debate = 'not_debated' where id = $1`, [petition]);
    expect(await of('q=bell&state=not_debated&count=2')).toEqual([petition]);
    for (const path of ['/petitions.json', '/petitions.csv', `/petitions/${petition}/count.json`]) {
      const first = await visitor.fetch(path);
      const etag = first.headers.get('etag')!;
      const again = await visitor.fetch(path, { headers: { 'if-none-match': etag } });
      expect([path, again.status]).toEqual([path, 304]);
    }
  });

  it('gives the days as a table, and has another date when signatures are taken away', async () => {
    const { petition, code } = await openPetition(town, 'A slide for the pool');
    await signByMail(town, petition, signer('Ann One', code));
    const visitor = town.visitor();
    const day = town.clock.now.toISOString().slice(0, 10);
    const days = await (await visitor.fetch(`/petitions/${petition}/days.csv`)).text();
    expect(days).toBe(`Day,Confirmed,Taken away\r\n${day},1,0\r\n`);
    const before = (await visitor.fetch(`/petitions/${petition}.json`)).headers.get('last-modified')!;
    town.later(5);
    const owen = await town.as('Owen Vaughan');
    await owen.call('startInvalidation', {
      params: { petition },
      body: { query: { name: 'Ann One' }, reason: 'false_details' },
    });
    await expect.poll(async () => (await countsOf(town, petition))!.invalidated, { timeout: 30_000 }).toBe(1);
    const after = await visitor.fetch(`/petitions/${petition}.json`, {
      headers: { 'if-modified-since': before },
    });
    expect(after.status).toBe(200);
    expect(((await after.json()) as OpenData).data.attributes['signature_count']).toBe(1);
  });
});
