import { PETITION_STATES } from '@folkmoot/core/petitions/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWithPetitions } from './filled.ts';
import { fetchTrees, verifyChain } from './verify.ts';

describe('The petitions of the demo town', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await fillWithPetitions(town);
  });
  afterAll(() => town.close());

  it('are in every state but a draft, and count exactly what was signed', async () => {
    const { rows } = await town.sql.query(
      `select p.id, p.state, c.online, c.paper, c.supporters, p.opened_at is not null as opened,
         (select count(*)::int from signatures s where s.petition_id = p.id and s.state = 'confirmed') as signed
       from petitions p join petition_counts c on c.petition_id = p.id`,
    );
    expect(rows).toHaveLength(60);
    expect(new Set(rows.map((row) => row.state))).toEqual(
      new Set(PETITION_STATES.filter((state) => state !== 'draft')),
    );
    for (const row of rows) expect(row.opened ? row.online + row.paper : row.supporters).toBe(row.signed);
  });

  it('can be checked by an outsider at once: every hour that is over has its tree, and the chain goes on', async () => {
    const { rows } = await town.sql.query<{ leaves: number }>(
      `select count(*)::int as leaves from signatures
       where leaf is not null and confirmed_at < date_trunc('hour', $1::timestamptz, 'UTC')`,
      [town.clock.now],
    );
    const first = verifyChain(await fetchTrees(town.url));
    expect(first).toMatchObject({ broken: null, leaves: rows[0]!.leaves });
    expect([...first.removed.values()]).toContain('automated');
    town.later(120);
    await town.app.house.jobs.run('grow_trees');
    expect(verifyChain(await fetchTrees(town.url)).broken).toBe(null);
  });

  it('are read, listed and given out by the application like any other', async () => {
    const visitor = town.visitor();
    const { items, counts } = await visitor.call('listPetitions', { query: { facet: 'recent' } });
    expect(items.length).toBeGreaterThan(5);
    expect(counts.rejected).toBeGreaterThan(0);
    for (const { id } of items) {
      const full = await visitor.call('readPetition', { params: { petition: id }, query: {} });
      expect(full.online + full.paper).toBe(full.signatures);
    }
    const skate = await visitor.call('readPetitionIntegrity', { params: { petition: 12 } });
    expect(skate.reasons).toEqual([{ reason: 'automated', signatures: skate.invalidated }]);
    expect(skate.invalidated).toBeGreaterThan(0);
    const rhian = await town.as('Rhian Pugh');
    const queue = await rhian.call('listPetitionQueue', { query: {} });
    expect(queue.items.length).toBeGreaterThan(0);
    const { petition } = await (
      await town.as('Grace Okafor')
    ).call('startPetition', {
      body: { title: 'One more', lang: 'en' },
    });
    expect(petition).toBe(61);
  });
});
