/** What the database itself says of its tables: names, columns that can be copied, and an order that suits foreign keys. */
import type pg from 'pg';

export type Table = { name: string; columns: string[] };

/** Tables of the application, parents before children; generated columns are left out, they make themselves. */
export async function tablesInOrder(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; parents: string[] }>(`
    select c.relname as name,
           array(select attname::text from pg_attribute a
                 where a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
           array(select distinct f.confrelid::regclass::text from pg_constraint f
                 where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migrations'
    order by c.relname`);
  const left = new Map(rows.map((row) => [row.name, row]));
  const ordered: Table[] = [];
  while (left.size) {
    const ready = [...left.values()].filter((row) => row.parents.every((parent) => !left.has(parent)));
    if (ready.length === 0)
      throw new Error(`Tables refer to each other in a ring: ${[...left.keys()].join(', ')}`);
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      left.delete(name);
    }
  }
  return ordered;
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const columnList = (table: Table): string => table.columns.map(quote).join(', ');
