import { connect } from '@folkmoot/db/client';
import { seedPetitions } from '@folkmoot/db/seeds/petitions';
import { PETITION_STATES } from '@folkmoot/core/petitions/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('The petitions of the demo town', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    const { rows: wards } = await town.sql.query(`select id, code from areas where kind = 'ward'`);
    const { rows: bodies } = await town.sql.query(`select id from organisations where slug = 'council'`);
    const { rows: scheme } = await town.sql.query('select id from petition_schemes');
    const { rows: people } = await town.sql.query(
      `select p.id, p.name, p.lang, a.code as ward, (select role from grants g where g.person_id = p.id limit 1) as role
       from people p left join areas a on a.id = p.ward_id`,
    );
    const council = bodies[0].id as string;
    const db = connect(town.database.ownerUrl);
    await seedPetitions(db, {
      areas: { wards: new Map(wards.map((row) => [row.code, row.id])) } as never,
      bodies: { council, county: council, homes: council, police: council },
      people,
      scheme: scheme[0].id,
      now: town.clock.now,
    });
    await db.$client.end();
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
