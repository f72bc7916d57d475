/** The queries of places, by name. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@folkmoot/db/client';
import { grants, people } from '@folkmoot/db/schema/people';
import { namedPlaces, postcodes, streets } from '@folkmoot/db/schema/places';

const rowsOf = async <T extends Record<string, unknown>>(db: Queryable, query: ReturnType<typeof sql>) =>
  (await db.execute<T>(query)).rows;

/** `100%` as people type it, not as LIKE means it. */
const literal = (typed: string): string => typed.toLowerCase().replace(/[\\%_]/g, '\\$&');

export type Postcode = {
  code: string;
  lon: number;
  lat: number;
  wardId: string | null;
  street: string | null;
};

/** A whole postcode, or the first few that begin like it. */
export async function postcodesLike(db: Queryable, code: string, most: number): Promise<Postcode[]> {
  return rowsOf<Postcode>(
    db,
    sql`select p.code, p.lon, p.lat, p.ward_id as "wardId", s.name as street
      from ${postcodes} p left join ${streets} s on s.id = p.street_id
      where starts_with(p.code, ${code}) order by p.code limit ${most}`,
  );
}

export type Named = { name: string; kind: string; lon: number; lat: number; wardId: string | null };

/** Streets by their words: those that begin so first; where none holds them, those spelt nearly so. */
export async function streetsNamed(db: Queryable, typed: string, most: number): Promise<Named[]> {
  const holds = `%${literal(typed)}%`;
  const begins = `${literal(typed)}%`;
  const found = await rowsOf<Named>(
    db,
    sql`select name, class as kind, lon, lat, ward_id as "wardId" from streets
      where lower(name) like ${holds} order by lower(name) not like ${begins}, length(name), name limit ${most}`,
  );
  if (found.length > 0 || typed.length < 4) return found;
  return rowsOf<Named>(
    db,
    sql`select name, class as kind, lon, lat, ward_id as "wardId" from streets
      where lower(name) % ${typed.toLowerCase()} order by similarity(lower(name), ${typed.toLowerCase()}) desc limit ${most}`,
  );
}

const bothNames = sql.raw(`lower((name->>'en') || ' ' || coalesce(name->>'cy', ''))`);

/** Places with a name, found in either language and named in the one asked for. */
export async function placesNamed(
  db: Queryable,
  typed: string,
  lang: 'en' | 'cy',
  most: number,
): Promise<Named[]> {
  return rowsOf<Named>(
    db,
    sql`select coalesce(name->>${lang}, name->>'en') as name, kind, lon, lat, ward_id as "wardId" from ${namedPlaces}
      where ${bothNames} like ${`%${literal(typed)}%`} order by length(name->>'en'), name->>'en' limit ${most}`,
  );
}

export type Street = { id: string; name: string; lon: number; lat: number; wardId: string | null };
const streetColumns = {
  id: streets.id,
  name: streets.name,
  lon: streets.lon,
  lat: streets.lat,
  wardId: streets.wardId,
};

/** A page of streets by name. One letter: those that begin with it. */
export async function streetPage(
  db: Queryable,
  typed: string,
  page: number,
  size: number,
): Promise<{ rows: Street[]; total: number }> {
  const like = [...typed].length === 1 ? `${literal(typed)}%` : `%${literal(typed)}%`;
  const where = typed ? sql`lower(${streets.name}) like ${like}` : sql`true`;
  const total = await db.$count(streets, where);
  const rows = await db
    .select(streetColumns)
    .from(streets)
    .where(where)
    .orderBy(asc(streets.name), asc(streets.id))
    .limit(size)
    .offset((page - 1) * size);
  return { rows, total };
}

export async function streetById(db: Queryable, id: string): Promise<Street[]> {
  return db.select(streetColumns).from(streets).where(eq(streets.id, id));
}

/** Every street with its lines, for the index of junctions. */
export async function streetLines(db: Queryable) {
  return db.select({ id: streets.id, name: streets.name, lines: streets.lines }).from(streets);
}

/** Who was elected for a ward: public, as the law has it. */
export async function councillorsOf(db: Queryable, wardId: string): Promise<Array<{ name: string }>> {
  const rows = await db
    .selectDistinct({ name: people.name })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .where(and(eq(grants.areaId, wardId), eq(grants.role, 'councillor'), isNull(grants.endedAt)))
    .orderBy(asc(people.name))
    .limit(12);
  return rows.flatMap(({ name }) => (name ? [{ name }] : []));
}
