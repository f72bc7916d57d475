/** The petitions of the demo town in a town of a test: sixty of them, in every state. */
import type { Town } from '@folkmoot/testkit/town';
import { connect } from '@folkmoot/db/client';
import { seedPetitions } from '@folkmoot/db/seeds/petitions';

export async function fillWithPetitions(town: Town): Promise<void> {
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
}
