/**
 * A backup is one file: a gzipped tar with every table as PostgreSQL's own COPY text, taken in one repeatable-read
 * transaction, and every file that people sent. The schema is not in it: it comes from the migrations it names.
 * (For a large town use pg_dump and point-in-time recovery beside it; see the README.)
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import tar from 'tar-stream';
import { columnList, quote, tablesInOrder, type Table } from './catalogue.ts';

export type TableInBackup = Table & { rows: number; sha256: string };
export type Manifest = {
  folkmoot: 1;
  at: string;
  /** the schema the rows fit */
  migrations: string[];
  tables: TableInBackup[];
  files: number;
};
export type BackupOptions = { url: string; filesDir: string; to: string; say?: (line: string) => void };

/** Passes bytes through, counting lines and hashing. COPY text has one row a line; newlines in values are escaped. */
export function counting() {
  const hash = createHash('sha256');
  let rows = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
      done(null, chunk);
    },
  });
  return { through, result: () => ({ rows, sha256: hash.digest('hex') }) };
}

async function* filesBelow(dir: string): AsyncGenerator<string> {
  if (!existsSync(dir)) return;
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

function add(pack: tar.Pack, name: string, size: number, content: Readable): Promise<void> {
  return new Promise((done, failed) => {
    const entry = pack.entry({ name, size }, (error) => (error ? failed(error) : done()));
    content.on('error', failed).pipe(entry);
  });
}

const addText = (pack: tar.Pack, name: string, text: string): Promise<void> =>
  new Promise((done, failed) => pack.entry({ name }, text, (error) => (error ? failed(error) : done())));

/** Every table as a file beside, in one snapshot: a tar entry must know its size before it begins. */
async function copyTables(
  url: string,
  aside: string,
): Promise<{ tables: TableInBackup[]; migrations: string[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0');
    const known = await client.query<{ name: string }>(
      `select name from migrations where name like '%.sql' order by name`,
    );
    const tables: TableInBackup[] = [];
    for (const table of await tablesInOrder(client)) {
      const count = counting();
      const rows = client.query(copyTo(`copy ${quote(table.name)} (${columnList(table)}) to stdout`));
      await pipeline(rows, count.through, createWriteStream(join(aside, table.name)));
      tables.push({ ...table, ...count.result() });
    }
    await client.query('commit');
    return { tables, migrations: known.rows.map((row) => row.name) };
  } finally {
    await client.end();
  }
}

/**
 * Writes the backup. The file appears under its name only when it is whole.
 * @returns what is in it
 */
export async function backup({ url, filesDir, to, say = () => undefined }: BackupOptions): Promise<Manifest> {
  const aside = await mkdtemp(join(tmpdir(), 'folkmoot-backup-'));
  try {
    const { tables, migrations } = await copyTables(url, aside);
    say(`${tables.reduce((sum, table) => sum + table.rows, 0)} rows in ${tables.length} tables`);
    const pack = tar.pack();
    const written = pipeline(pack, createGzip({ level: 6 }), createWriteStream(`${to}.part`));
    const paths: string[] = [];
    for await (const path of filesBelow(filesDir)) paths.push(path);
    const manifest: Manifest = {
      folkmoot: 1,
      at: new Date().toISOString(),
      migrations,
      tables,
      files: paths.length,
    };
    await addText(pack, 'manifest.json', JSON.stringify(manifest, null, 2));
    for (const { name } of tables) {
      const path = join(aside, name);
      await add(pack, `tables/${name}`, (await stat(path)).size, createReadStream(path));
    }
    for (const path of paths)
      await add(pack, `files/${relative(filesDir, path)}`, (await stat(path)).size, createReadStream(path));
    pack.finalize();
    await written;
    await rename(`${to}.part`, to);
    say(`${paths.length} files`);
    return manifest;
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(`${to}.part`, { force: true });
  }
}
