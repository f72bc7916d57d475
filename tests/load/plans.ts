/**
 * What the planner makes of our statements on a large town: every statement that a request or a job really sends is
 * taken down and given to EXPLAIN (ANALYZE, BUFFERS) with its own values.
 *
 *   pnpm bench plans [petitions] [signatures] [word]      100,000 and 1,000,000 unless told; a word prints whole plans
 *                                                         of the statements that hold it
 *
 * Says of each request the statements that took a millisecond or more: milliseconds, pages read (8 kB) and which large
 * tables were read from end to end. Aim: no statement of a page over 100 ms, of a job over 5 s.
 */
import { loadavg } from 'node:os';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import { PETITION_FACETS } from '@folkmoot/core/petitions/plain';
import pg from 'pg';
import { pourPetitions, pourSignatures } from './many.ts';
import { grouped, ownTown } from './town.ts';

const PETITIONS = Number(process.argv[2] ?? 100_000);
const SIGNATURES = Number(process.argv[3] ?? 1_000_000);
const WORD = process.argv[4];
const PAGE_MS = 100;
const JOB_MS = 5_000;
const LARGE = 20_000;

type Statement = { text: string; values: unknown[] };
type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
};
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Takes down every statement that reads, while `during` runs. */
function recorder(pool: pg.Pool) {
  const heard = new WeakSet<pg.PoolClient>();
  let taken: Statement[] = [];
  pool.on('acquire', (client) => {
    if (heard.has(client)) return;
    heard.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown];
      const text = typeof first === 'string' ? first : first.text;
      const values =
        (typeof first === 'string' ? undefined : first.values) ?? (Array.isArray(second) ? second : []);
      if (
        /^\s*(select|with|insert into petition_wards)/i.test(text) &&
        !/set_config|pgboss|from events where/.test(text)
      )
        taken.push({ text, values });
      return query(...given);
    }) as typeof client.query;
  });
  return async (during: () => Promise<unknown>): Promise<Statement[]> => {
    taken = [];
    await during();
    return taken;
  };
}

async function explain(sql: pg.Client, { text, values }: Statement) {
  await sql.query('begin');
  try {
    await sql.query(`select set_config('pg_trgm.similarity_threshold', '0.45', true)`);
    const { rows } = await sql.query<{
      'QUERY PLAN': [{ Plan: Node; 'Execution Time': number; 'Planning Time': number }];
    }>(`explain (analyze, buffers, format json) ${text}`, values);
    if (WORD && text.includes(WORD)) {
      const { rows: lines } = await sql.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, buffers) ${text}`,
        values,
      );
      console.log(text.replace(/\s+/g, ' ').trim());
      for (const line of lines) console.log(`    ${line['QUERY PLAN']}`);
    }
    const [it] = rows[0]!['QUERY PLAN'];
    const nodes = nodesOf(it.Plan);
    const whole = nodes.filter(
      (node) =>
        node['Node Type'].includes('Seq Scan') &&
        node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) > LARGE,
    );
    return {
      ms: it['Execution Time'],
      pages: it.Plan['Shared Hit Blocks'] + it.Plan['Shared Read Blocks'],
      whole: [...new Set(whole.map((node) => node['Relation Name']))],
    };
  } finally {
    await sql.query('rollback');
  }
}

type Line = { what: string; ms: number; aim: number };
const lines: Line[] = [];

async function judge(sql: pg.Client, what: string, statements: Statement[], aim: number): Promise<void> {
  const seen = new Set<string>();
  let sum = 0;
  for (const statement of statements) {
    const key = statement.text + JSON.stringify(statement.values);
    if (seen.has(key)) continue;
    seen.add(key);
    const { ms, pages, whole } = await explain(sql, statement);
    sum += ms;
    lines.push({ what, ms, aim });
    if (ms < 1 && !whole.length) continue;
    const words = statement.text.replace(/\s+/g, ' ').trim().slice(0, 110);
    const from = whole.length ? `reads all of ${whole.join(', ')}` : '';
    console.log(
      `  ${ms.toFixed(1).padStart(8)} ms ${grouped(pages).padStart(8)} pages  ${ms > aim ? 'SLOW ' : ''}${from}  ${words}`,
    );
  }
  console.log(`${what}: ${seen.size} statements, ${sum.toFixed(1)} ms`);
}

const READS = (viral: number, ward: string): string[] => [
  '/petition-similar?q=Keep%20the%2014%20night%20bus%20running',
  '/petition-similar?q=bus',
  ...PETITION_FACETS.map((facet) => `/petitions?facet=${facet}`),
  '/petitions?facet=closed&page=900',
  '/petitions?facet=recent&q=library',
  `/petitions?facet=popular&ward=${ward}`,
  `/petitions/${viral}`,
  `/petitions/${viral}/days`,
  `/petitions/${viral}/integrity`,
  '/petition-decisions',
  '/petition-trees',
];
const JOBS = [
  'snapshot_petition_wards',
  'mail_signers',
  'join_signers',
  'close_petitions',
  'anonymise_signatures',
  'mail_milestones',
  'grow_trees',
];

async function main(): Promise<void> {
  const town = await ownTown('plans', ['fsync=off', 'synchronous_commit=off', 'shared_buffers=512MB']);
  const sql = new pg.Client({ connectionString: town.embedded.ownerUrl });
  await sql.connect();
  await pourPetitions(sql, PETITIONS);
  const viral = await pourSignatures(sql, SIGNATURES);
  await sql.query('vacuum analyze');
  const { rows } = await sql.query<{ id: string }>(`select id from areas where kind = 'ward' limit 1`);
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: town.dir, ROLE: 'web' });
  const app = await buildApp({ settings, databaseUrl: town.embedded.appUrl, site: 'none' });
  try {
    await app.ready();
    const during = recorder(app.house.db.$client);
    console.log(
      `${grouped(PETITIONS)} petitions, ${grouped(SIGNATURES)} signatures; load ${loadavg()[0]!.toFixed(1)}`,
    );
    for (const path of READS(viral, rows[0]!.id))
      await judge(
        sql,
        path,
        await during(async () => {
          const { statusCode, body } = await app.inject(`/api/v1${path}`);
          if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${body}`);
        }),
        PAGE_MS,
      );
    const people = (await app.inject('/api/v1/demo/people')).json<
      Array<{ person: string; role: string | null }>
    >();
    const moderator =
      people.find(({ role }) => role === 'moderator') ?? people.find(({ role }) => role === 'admin');
    const been = await app.inject({
      method: 'POST',
      url: '/api/v1/demo/be',
      payload: { person: moderator!.person },
    });
    const cookie = been.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const path of ['/petition-queue', '/petition-queue?tab=overdue'])
      await judge(
        sql,
        path,
        await during(() => app.inject({ url: `/api/v1${path}`, headers: { cookie } })),
        PAGE_MS,
      );
    for (const job of JOBS)
      await judge(sql, `job ${job}`, await during(() => app.house.jobs.run(job)), JOB_MS);
    const slow = lines.filter(({ ms, aim }) => ms > aim);
    console.log(slow.length ? `${slow.length} statements over their aim` : 'Every statement within its aim.');
  } finally {
    await app.close();
    await sql.end();
    await town.stop();
  }
}

await main();
