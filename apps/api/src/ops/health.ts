/** How the service is: one reading for the page of the administrators and for `/metrics`. */
import type { Health } from '@folkmoot/core/ops/contract';
import type { House } from '../kit/house.ts';

const SLOW_MS = 100;
const startedAt = new Date(Date.now() - process.uptime() * 1_000);

const MAIL = `select count(*) filter (where state = 'queued') as queued,
  extract(epoch from $1::timestamptz - min(created_at) filter (where state = 'queued' and next_at <= $1::timestamptz))::float8 as oldest,
  count(*) filter (where state = 'sending') as sending,
  count(*) filter (where state = 'doubt') as doubt,
  count(*) filter (where state = 'failed' and created_at > $1::timestamptz - interval '14 days') as failed
  from mails where state in ('queued', 'sending', 'doubt', 'failed')`;
const SLOW = `select left(regexp_replace(query, '\\s+', ' ', 'g'), 300) as statement, calls, round(mean_exec_time::numeric, 1)::float8 as "meanMs"
  from pg_stat_statements s join pg_database d on d.oid = s.dbid
  where d.datname = current_database() and calls >= 5 and mean_exec_time > $1 order by mean_exec_time desc limit 10`;

async function readMail({ db, clock }: House): Promise<Health['mail']> {
  const { rows } = await db.$client.query<{
    queued: number;
    oldest: number | null;
    sending: number;
    doubt: number;
    failed: number;
  }>(MAIL, [clock()]);
  const [row] = rows;
  return {
    queued: row?.queued ?? 0,
    oldestSeconds: row?.oldest == null ? null : Math.max(0, Math.round(row.oldest)),
    sending: row?.sending ?? 0,
    doubt: row?.doubt ?? 0,
    failed: row?.failed ?? 0,
  };
}

/** Statements as the database counts them, their values left out by itself. Not every database lets us read them. */
const readSlow = ({ db }: House): Promise<Health['slow']> =>
  db.$client.query<NonNullable<Health['slow']>[number]>(SLOW, [SLOW_MS]).then(
    ({ rows }) => rows,
    () => null,
  );

async function readBatches({ metrics }: House): Promise<Health['batches']> {
  const sums = async (metric: typeof metrics.batchSize) => {
    const { values } = await metric.get();
    const of = (end: string) =>
      new Map(
        values
          .filter((one) => one.metricName?.endsWith(end))
          .map((one) => [String(one.labels.writer), one.value]),
      );
    return { sum: of('_sum'), count: of('_count') };
  };
  const [size, wait] = [await sums(metrics.batchSize), await sums(metrics.batchWait)];
  return [...size.count].map(([name, batches]) => ({
    name,
    batches,
    meanSize: (size.sum.get(name) ?? 0) / Math.max(1, batches),
    meanWaitMs: (1_000 * (wait.sum.get(name) ?? 0)) / Math.max(1, wait.count.get(name) ?? 0),
  }));
}

export async function readHealth(house: House): Promise<Health> {
  const { totalCount: open, idleCount: idle, waitingCount: waiting } = house.db.$client;
  const [mail, consumers, jobs, batches, slow] = await Promise.all([
    readMail(house),
    house.consumers.lag(),
    house.jobs.counts(),
    readBatches(house),
    readSlow(house),
  ]);
  const cache = house.front?.cache.counts();
  return {
    at: house.clock().toISOString(),
    startedAt: startedAt.toISOString(),
    mail,
    consumers,
    jobs,
    batches,
    loopLateMs: Math.round(house.front?.edge.lateMs() ?? 0),
    pool: { open, idle, waiting },
    requestsUnderWay: house.front?.edge.underWay() ?? 0,
    watching: house.hub.sockets(),
    cache: {
      fromMemory: (cache?.hit ?? 0) + (cache?.stale ?? 0),
      made: (cache?.miss ?? 0) + (cache?.cold ?? 0),
      kept: cache?.entries ?? 0,
    },
    slow,
  };
}
