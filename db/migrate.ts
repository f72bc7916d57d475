/**
 * Our own runner of the migrations that drizzle-kit writes: forward only, one process at a time (advisory lock),
 * short waits for locks with retries, and afterwards the grants of the application's role.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
/** any constant will do, as long as every Folkmoot uses the same */
const LOCK = 7_306_515;
/** Tables that only ever grow: the application may not change what it once wrote. */
const APPEND_ONLY = [
  'events',
  'access_log',
  'report_versions',
  'page_versions',
  'petition_removals',
  'petition_trees',
];
const LOCK_NOT_AVAILABLE = '55P03';

export type MigrateOptions = {
  /** connection of the owner, who may change the schema */
  url: string;
  /** the role the application connects as; it gets rows, never the schema */
  appRole: string;
  /** only these migrations: a backup is restored at the schema it was taken at */
  upTo?: readonly string[];
  say?: (line: string) => void;
};

async function apply(client: pg.Client, sql: string): Promise<void> {
  const statements = sql.split('--> statement-breakpoint').map((part) => part.trim());
  const alone = sql.startsWith('-- concurrently');
  for (let tries = 1; ; tries++) {
    try {
      if (!alone) await client.query('begin');
      await client.query(`set ${alone ? '' : 'local '}lock_timeout = '3s'`);
      for (const statement of statements) if (statement) await client.query(statement);
      if (!alone) await client.query('commit');
      return;
    } catch (error) {
      if (!alone) await client.query('rollback');
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || tries === 10) throw error;
      await sleep(500 * tries);
    }
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function grantsFor(role: string): string {
  const who = quoted(role);
  return [
    `grant usage on schema public, jobs to ${who}`,
    `grant select, insert, update, delete on all tables in schema public, jobs to ${who}`,
    `grant usage, select on all sequences in schema public, jobs to ${who}`,
    `grant execute on all functions in schema jobs to ${who}`,
    `revoke all on migrations from ${who}`,
    `grant select on migrations to ${who}`,
    ...APPEND_ONLY.map((table) => `revoke update, delete, truncate on ${table} from ${who}`),
  ].join('--> statement-breakpoint\n');
}

/** Makes the application's role where the owner may and it is missing, with the password that DATABASE_URL names. */
export async function ensureAppRole(ownerUrl: string, appUrl: string): Promise<boolean> {
  const app = new URL(appUrl);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const known = await client.query('select 1 from pg_roles where rolname = $1', [
      decodeURIComponent(app.username),
    ]);
    if (known.rowCount) return false;
    const role = quoted(decodeURIComponent(app.username));
    await client.query(
      `create role ${role} login password ${client.escapeLiteral(decodeURIComponent(app.password))}`,
    );
    return true;
  } finally {
    await client.end();
  }
}

async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema: 'jobs', supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.stop({ graceful: false });
}

/** One process at a time. Asked for again and again: who waited inside a statement would hold up an index built concurrently. */
async function turn(client: pg.Client): Promise<void> {
  const ask = () => client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
  while (!(await ask()).rows[0]!.mine) await sleep(100);
}

/**
 * Brings the schema up to date.
 * @returns names of the migrations that were run; empty when there was nothing to do.
 */
export async function migrate({
  url,
  appRole,
  upTo,
  say = () => undefined,
}: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ran: string[] = [];
  try {
    await turn(client);
    await client.query(
      'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
    );
    const known = new Set(
      (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
    );
    const always = (name: string) => readFileSync(`${folder}always/${name}.sql`, 'utf8');
    const there = readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort();
    const strange = upTo?.find((name) => !there.includes(name));
    if (strange)
      throw new Error(
        `This Folkmoot does not know the migration ${strange}: the backup is from a newer one.`,
      );
    const files = there.filter((name) => upTo?.includes(name) ?? true);
    const stamp = `always ${createHash('sha256')
      .update(always('before') + always('after') + grantsFor(appRole) + files.join())
      .digest('hex')
      .slice(0, 16)}`;
    if (known.has(stamp)) return ran;
    await apply(client, always('before'));
    for (const name of files.filter((file) => !known.has(file))) {
      await apply(client, readFileSync(folder + name, 'utf8'));
      await client.query('insert into migrations (name) values ($1)', [name]);
      ran.push(name);
      say(`Migrated: ${name}`);
    }
    await migrateJobs(url);
    await apply(client, always('after'));
    await apply(client, grantsFor(appRole));
    await client.query('insert into migrations (name) values ($1) on conflict do nothing', [stamp]);
    return ran;
  } finally {
    await client.end();
  }
}
