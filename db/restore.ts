/**
 * Restoring: into an empty database only, at the schema the backup names, then forward to ours. Transaction numbers
 * of another server mean nothing here, so events and the cursors that read them are set back together.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import tar from 'tar-stream';
import { counting, type Manifest, type TableInBackup } from './backup.ts';
import { columnList, quote, tablesInOrder } from './catalogue.ts';
import { migrate } from './migrate.ts';

export type RestoreOptions = {
  url: string;
  appRole: string;
  filesDir: string;
  from: string;
  say?: (line: string) => void;
};

export class CannotRestore extends Error {}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Tables whose rows mean that a town lives here. (Migrations themselves fill a few word lists.) */
const LIVED_IN = ['people', 'organisations', 'areas', 'events', 'mails'];

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  for (const name of LIVED_IN) {
    const there = await client.query('select to_regclass($1) is not null as it', [`public.${name}`]);
    if (!there.rows[0].it) continue;
    const found = await client.query(`select 1 from ${quote(name)} limit 1`);
    if (found.rowCount)
      throw new CannotRestore(`This database is not empty (${name} has rows). Restore into a new one.`);
  }
}

/** What migrations wrote is in the backup, too, as the council has changed it since. */
async function clear(client: pg.Client): Promise<void> {
  const tables = await tablesInOrder(client);
  await client.query(`truncate ${tables.map((table) => quote(table.name)).join(', ')}`);
}

async function load(client: pg.Client, table: TableInBackup, content: AsyncIterable<unknown>): Promise<void> {
  const count = counting();
  const rows = client.query(copyFrom(`copy ${quote(table.name)} (${columnList(table)}) from stdin`));
  await pipeline(Readable.from(content, { objectMode: false }), count.through, rows);
  const got = count.result();
  if (got.sha256 !== table.sha256 || got.rows !== table.rows)
    throw new CannotRestore(`${table.name} is damaged: ${got.rows} rows of ${table.rows}.`);
}

/** Numbers go on behind the highest that was restored. */
async function moveSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and a.attidentity <> ''`,
  );
  for (const { table, column } of rows) {
    const highest = `(select max(${quote(column)}) from ${quote(table)})`;
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(${highest}, 1), ${highest} is not null)`,
      [`public.${quote(table)}`, column],
    );
  }
}

/**
 * All events become older than anything that runs here (transaction 3), in the order of their ids. A cursor stands
 * before the first event its reader had not seen: it may see a few again, which is harmless, since every reader is
 * idempotent by event id; it misses none.
 */
async function setEventsBack(client: pg.Client): Promise<void> {
  await client.query(`
    update cursors c set id = coalesce(
      (select min(e.id) - 1 from events e where (e.tx, e.id) > (c.tx, c.id)),
      (select max(e.id) from events e), 0), tx = '3'::xid8`);
  await client.query(`update events set tx = '3'::xid8`);
}

async function loadAll(
  client: pg.Client,
  options: RestoreOptions,
  manifest: Manifest,
  extract: tar.Extract,
): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  let files = 0;
  for await (const entry of extract) {
    const [kind, ...rest] = normalize(entry.header.name).split('/');
    const name = rest.join('/');
    if (kind === 'tables') {
      const table = tables.get(name);
      if (!table) throw new CannotRestore(`The backup holds a table that it does not name: ${name}`);
      await load(client, table, entry);
      tables.delete(name);
    } else if (kind === 'files' && !name.includes('..')) {
      const path = join(options.filesDir, name);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(entry, createWriteStream(path));
      files += 1;
    }
  }
  if (tables.size)
    throw new CannotRestore(`The backup ends too early: ${[...tables.keys()].join(', ')} are missing.`);
  if (files !== manifest.files)
    throw new CannotRestore(`The backup ends too early: ${files} of ${manifest.files} files.`);
}

/**
 * Restores a backup.
 * @throws CannotRestore in words when the database is not empty, the file is damaged, or it comes from a newer Folkmoot
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { url, appRole, from, say = () => undefined } = options;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    const unzipped = createReadStream(from).pipe(createGunzip());
    const extract = tar.extract();
    const flowing = pipeline(unzipped, extract);
    // a file that is cut off is heard of wherever the reading stands, and not only where the next entry is awaited
    const cutOff = flowing.then(() => new Promise<never>(() => undefined));
    cutOff.catch((error: unknown) => extract.destroy(error as Error));
    const entries = extract[Symbol.asyncIterator]();
    const first = await entries.next();
    if (first.done || first.value.header.name !== 'manifest.json')
      throw new CannotRestore('This is not a backup of Folkmoot.');
    const manifest = JSON.parse(await textOf(first.value)) as Manifest;
    await migrate({ url, appRole, upTo: manifest.migrations, say });
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await clear(client);
    const loaded = loadAll(client, options, manifest, {
      [Symbol.asyncIterator]: () => entries,
    } as tar.Extract);
    loaded.catch(() => undefined);
    await Promise.race([loaded, cutOff]);
    await moveSequences(client);
    await setEventsBack(client);
    await client.query('commit');
    await flowing;
    await migrate({ url, appRole, say });
    say(
      `Restored ${manifest.tables.reduce((sum, table) => sum + table.rows, 0)} rows and ${manifest.files} files of ${manifest.at}.`,
    );
    return manifest;
  } finally {
    await client.end();
  }
}
