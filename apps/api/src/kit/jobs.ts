/**
 * Jobs: work that a request does not wait for, and work that the clock asks for. Kept as rows by pg-boss in the
 * schema `jobs`, which db/migrate.ts makes; at run time nothing here changes a schema. A job may run twice (a
 * process can die between doing and saying so), so every job is written to be safe to repeat.
 */
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Queryable } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import type { House } from './house.ts';
import { randomToken } from './secrets.ts';

/** Nightly work is told in the town's own time, so that it stays at night in summer, too. */
const TIMEZONE = 'Europe/London';
const STOP_MS = 15_000;

export type NewJob<Data extends object> = {
  /** queue name, `verb_noun`; never change it while jobs of it may wait */
  name: string;
  /** cron expression in the town's time: `'30 2 * * *'`. The job is then sent with `{}`. */
  every?: string;
  /** tries after the first failure, with growing pauses from 5 s on (default 5); then it stands as failed */
  retries?: number;
  /** longest run in seconds (default 300); a job that takes longer is given to another worker */
  seconds?: number;
  /** how many at once in a process (default 1) */
  atOnce?: number;
  work: (data: Data, job: { signal: AbortSignal }) => Promise<void>;
};

export type SendOptions = {
  /** the transaction of the act: the job exists if the act does */
  tx?: Queryable;
  /** not before */
  after?: Date;
  /** of jobs with the same key one waits at a time */
  key?: string;
};

export type Job<Data extends object> = {
  send: (data: Data, options?: SendOptions) => Promise<void>;
  /** Does it here and now: tests and the command line. */
  run: (data: Data) => Promise<void>;
};
export type JobCounts = { name: string; waiting: number; active: number; failed: number };

type Needs = Pick<House, 'db' | 'log' | 'settings'>;
type Known = NewJob<object>;

async function prepare(boss: PgBoss, job: Known): Promise<void> {
  const options = {
    retryLimit: job.retries ?? 5,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: job.seconds ?? 300,
    deleteAfterSeconds: 14 * 86_400,
  };
  // `short`: one waiting job a key. Nothing is partitioned, so a queue is a row and needs no right to make tables.
  await boss.createQueue(job.name, { ...options, policy: 'short' });
  await boss.updateQueue(job.name, options);
}

/** Takes up waiting jobs of one kind, and lets the clock send them where it is asked to. */
async function takeUp(boss: PgBoss, log: Needs['log'], job: Known, schedules: boolean): Promise<void> {
  if (job.every && schedules) await boss.schedule(job.name, job.every, {}, { tz: TIMEZONE });
  const options = { batchSize: 1, localConcurrency: job.atOnce ?? 1, pollingIntervalSeconds: 1 };
  await boss.work<object>(job.name, options, async ([one]) => {
    try {
      if (one) await job.work(one.data ?? {}, { signal: one.signal });
    } catch (error) {
      log.error({ err: error, job: job.name }, 'job failed');
      throw error;
    }
  });
}

/** Jobs that the clock no longer asks for. */
async function forgetSchedules(boss: PgBoss, known: Map<string, Known>): Promise<void> {
  for (const { name } of await boss.getSchedules()) if (!known.get(name)?.every) await boss.unschedule(name);
}

const COUNTS = `select q.name, count(*) filter (where j.state in ('created', 'retry')) as waiting,
   count(*) filter (where j.state = 'active') as active, count(*) filter (where j.state = 'failed') as failed
 from jobs.queue q left join jobs.job j on j.name = q.name
 where q.name = any($1) group by q.name order by q.name`;

export type Jobs = ReturnType<typeof jobsOf>;

/**
 * The jobs of one process. They are registered while the app is built; `start` makes queues and, by ROLE, works.
 * @param byMachine whether the minutes of this machine are those of the town. Where a clock is given instead, no job is
 *   sent because a minute has passed here: it would be one that has not come in the town, in the middle of what somebody does.
 */
export function jobsOf({ db, log, settings }: Needs, databaseUrl: string, byMachine = true) {
  const known = new Map<string, Known>();
  const works = settings.role !== 'web';
  const schedules = works && byMachine;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'jobs',
    max: 4,
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: schedules,
    reindex: false,
  });
  boss.on('error', (error) => log.error({ err: error }, 'jobs'));
  let started = false;

  return {
    /** Registers a kind of job. @throws when the name is taken */
    add<Data extends object>(job: NewJob<Data>): Job<Data> {
      if (known.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
      if (started) throw new Error(`The job ${job.name} is registered after the start`);
      known.set(job.name, job as unknown as Known);
      return {
        async send(data, { tx, after, key } = {}) {
          await boss.send(job.name, data, {
            ...(tx && { db: fromDrizzle(tx, sql) }),
            ...(after && { startAfter: after }),
            singletonKey: key ?? randomToken(),
          });
        },
        run: (data) => job.work(data, { signal: new AbortController().signal }),
      };
    },
    /** Does a registered job here and now, by name: tests and the command line. */
    async run(name: string, data: object = {}): Promise<void> {
      const job = known.get(name);
      if (!job) throw new Error(`No job is called ${name}; there are ${[...known.keys()].join(', ')}`);
      await job.work(data, { signal: new AbortController().signal });
    },
    async start(): Promise<void> {
      started = true;
      if (known.size === 0) return;
      await boss.start();
      for (const job of known.values()) {
        await prepare(boss, job);
        if (works) await takeUp(boss, log, job, schedules);
      }
      if (schedules) await forgetSchedules(boss, known);
    },
    /** Jobs under way finish, for 15 s at most; what is left is taken up by another process. */
    async stop(): Promise<void> {
      if (started && known.size > 0) await boss.stop({ graceful: true, timeout: STOP_MS });
    },
    /** What waits, runs and has failed (kept for two weeks), by kind. */
    async counts(): Promise<JobCounts[]> {
      return (await db.$client.query<JobCounts>(COUNTS, [[...known.keys()]])).rows;
    },
  };
}
