/**
 * What is held about somebody: read, given out, erased and forgotten by the rows of `personal.ts` of every domain.
 * Nothing here knows a table by name but the account itself.
 */
import { personalData } from '@folkmoot/core/personal';
import type { OwnerLink, PersonalColumn } from '@folkmoot/core/kit/personal';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { eq, type SQL, sql } from 'drizzle-orm';

export type HeldTable = { domain: string; table: string; columns: PersonalColumn[] };

const tableOf = (it: PersonalColumn) => it.column.split('.')[0]!;
const nameOf = (it: PersonalColumn) => it.column.split('.')[1]!;

/** The tables that hold personal data, in the order in which erasure goes through them. */
export const heldTables: readonly HeldTable[] = personalData.flatMap(({ domain, holds }) => {
  const tables = new Map<string, PersonalColumn[]>();
  for (const it of holds) tables.set(tableOf(it), [...(tables.get(tableOf(it)) ?? []), it]);
  return [...tables].map(([table, columns]) => ({ domain, table, columns }));
});

const byPerson: readonly OwnerLink[] = [{ column: 'person_id' }];
const linksOf = (table: string): readonly OwnerLink[] =>
  personalData.map(({ owners }) => owners?.[table]).find((links) => links !== undefined) ?? byPerson;

/** The rows of a table that are somebody's, as a condition; null where no row is anybody's by name. */
function theirs(table: string, person: string): SQL | null {
  const parts = linksOf(table).flatMap(({ column, in: through }) => {
    if (!through) return [sql`${sql.identifier(column)} = ${person}`];
    const inner = theirs(through.table, person);
    if (!inner) return [];
    return [
      sql`${sql.identifier(column)} in (select ${sql.identifier(through.key)} from ${sql.identifier(through.table)} where ${inner})`,
    ];
  });
  return parts.length ? sql`(${sql.join(parts, sql` or `)})` : null;
}

export type Row = Record<string, unknown>;

/** Rows of one table that are somebody's: the columns that may be given out. @returns null where none are by name */
export async function rowsOf(
  db: Queryable,
  it: HeldTable,
  person: string,
  limit: number,
): Promise<Row[] | null> {
  const mine = theirs(it.table, person);
  if (!mine) return null;
  const given = it.columns.filter((column) => column.export).map((column) => sql.identifier(nameOf(column)));
  const what = given.length ? sql.join(given, sql`, `) : sql`1 as held`;
  const { rows } = await db.execute<Row>(
    sql`select ${what} from ${sql.identifier(it.table)} where ${mine} limit ${limit}`,
  );
  return rows;
}

export async function countOf(db: Queryable, it: HeldTable, person: string): Promise<number> {
  const mine = theirs(it.table, person);
  if (!mine) return 0;
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(it.table)} where ${mine}`,
  );
  return rows[0]?.n ?? 0;
}

export const effectOf = ({ erase }: PersonalColumn): 'goes' | 'emptied' | 'stays' =>
  erase === 'delete_row' ? 'goes' : erase === 'keep' ? 'stays' : 'emptied';

export const sayValue = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

const PAGE = 20;

/** Everything, for a page: a few values of each column and how many more there are. */
export async function readHeld(db: Queryable, person: string) {
  const parts = [];
  for (const it of heldTables) {
    const count = await countOf(db, it, person);
    if (count === 0) continue;
    const rows = (await rowsOf(db, it, person, PAGE)) ?? [];
    const holds = it.columns.map((column) => {
      const values = column.export
        ? [...new Set(rows.map((row) => sayValue(row[nameOf(column)])).filter((value) => value !== null))]
        : [];
      return {
        column: column.column,
        why: column.why,
        basis: column.basis,
        kept: keptOf(column),
        erase: effectOf(column),
        special: column.special ?? false,
        values: values.map((value) => value.slice(0, 400)),
        more: column.export ? Math.max(0, count - PAGE) : 0,
      };
    });
    parts.push({ domain: it.domain, table: it.table, rows: count, holds });
  }
  return parts;
}

export const keptOf = ({ kept }: PersonalColumn) =>
  typeof kept === 'string' ? kept : { days: kept.days, after: kept.after };

/** The export, a piece at a time: `{"made_at":…,"person":…,"held":{"reports":[{…},{…}],…}}`. */
export async function* exportOf(db: Queryable, person: string, now: Date): AsyncGenerator<string> {
  yield `{"made_at":${JSON.stringify(now.toISOString())},"person":${JSON.stringify(person)},"held":{`;
  let first = true;
  for (const it of heldTables) {
    if (!it.columns.some((column) => column.export)) continue;
    const rows = await rowsOf(db, it, person, 100_000);
    if (!rows?.length) continue;
    yield `${first ? '' : ','}\n${JSON.stringify(it.table)}:[`;
    first = false;
    for (const [i, row] of rows.entries()) yield `${i ? ',' : ''}\n${JSON.stringify(row)}`;
    yield ']';
  }
  yield '\n}}\n';
}

/** What an end does to a row: the row goes, or its columns are set. */
type End = NonNullable<PersonalColumn['fades']> | PersonalColumn['erase'];
function statement(table: string, ends: readonly { name: string; end: End }[], where: SQL): SQL | null {
  if (ends.some(({ end }) => end === 'delete_row'))
    return sql`delete from ${sql.identifier(table)} where ${where}`;
  const sets = ends.flatMap(({ name, end }) => {
    if (end === 'keep' || end === 'delete_row') return [];
    return [sql`${sql.identifier(name)} = ${end === 'null' ? null : end.set}`];
  });
  return sets.length
    ? sql`update ${sql.identifier(table)} set ${sql.join(sets, sql`, `)} where ${where}`
    : null;
}

/** Erases somebody: every table does what its rows say; the account stays as an empty number that acts refer to. */
export async function erasePerson(tx: Tx, person: string, now: Date): Promise<void> {
  for (const it of heldTables) {
    const mine = theirs(it.table, person);
    const ends = it.columns.map((column) => ({ name: nameOf(column), end: column.erase }));
    const does = mine && statement(it.table, ends, mine);
    if (does) await tx.execute(does);
  }
  await tx.update(people).set({ erasedAt: now, publicName: false }).where(eq(people.id, person));
}

/** Takes away, in every table, what has had its time. @returns how many rows changed, by column */
export async function fade(db: Queryable, now: Date): Promise<Record<string, number>> {
  const changed: Record<string, number> = {};
  for (const it of heldTables)
    for (const column of it.columns) {
      if (typeof column.kept === 'string') continue;
      const { days, after, unless = [] } = column.kept;
      const before = new Date(now.getTime() - days * 86_400_000).toISOString();
      const name = nameOf(column);
      const end = column.fades ?? column.erase;
      const old = sql`${sql.identifier(after)} <= ${before}::timestamptz`;
      const free = unless.map((one) => sql`${sql.identifier(one)} is null`);
      // what is empty already is not written again, night after night
      const full = end === 'null' ? [sql`${sql.identifier(name)} is not null`] : [];
      const does = statement(it.table, [{ name, end }], sql.join([old, ...free, ...full], sql` and `));
      if (!does) continue;
      const { rowCount } = await db.execute(does);
      if (rowCount) changed[column.column] = rowCount;
    }
  return changed;
}
