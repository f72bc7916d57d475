import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Consumers, consumersOf } from '@folkmoot/api/kit/consumer';
import { record } from '@folkmoot/api/kit/events';
import { connect, type Db } from '@folkmoot/db/client';
import { type Embedded, startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const at = new Date('2025-10-16T09:00:00Z');
const event = (n: number) => ({
  topic: `test:${n}`,
  type: 'test.happened',
  audience: 'none' as const,
  data: { n },
});

describe('A consumer of events', () => {
  // a server of its own: a transaction that is held open holds back the readers of every database beside it
  let embedded: Embedded;
  let dir: string;
  let db: Db;
  let owner: pg.Client;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'folkmoot-consumer-'));
    chmodSync(dir, 0o755);
    embedded = await startEmbedded({ dir, settings: ['fsync=off', 'synchronous_commit=off'] });
    await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
    db = connect(embedded.appUrl, { max: 16 });
    owner = new pg.Client({ connectionString: embedded.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await db.$client.end();
    await owner.end();
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const happen = (n: number) => db.transaction((tx) => record(tx, event(n), at));
  const house = () => ({
    db,
    clock: () => at,
    log: { error: () => undefined },
    hub: { watch: () => undefined },
    saved: () => undefined,
  });

  /** Reads until nothing waits: the server's own housekeeping holds readers back for a moment, too. */
  const readAll = async (consumers: Consumers): Promise<void> => {
    do await consumers.caughtUp();
    while ((await consumers.lag()).some((one) => Number(one.waiting) > 0));
  };

  it('misses nothing while one transaction is held open and later ones commit', async () => {
    const seen: number[] = [];
    const consumers = consumersOf(house());
    consumers.add({
      name: 'held_open',
      handle: async (_tx, events) => void seen.push(...events.map((one) => Number(one.data['n']))),
    });
    await consumers.caughtUp();
    const slow = await db.$client.connect();
    await slow.query('begin');
    await slow.query(
      `insert into events (topic, type, audience, data) values ('test:0', 'test.happened', 'none', '{"n": 0}')`,
    );
    for (let n = 1; n <= 20; n++) await happen(n);
    await consumers.caughtUp();
    // the later ones wait: their turn comes after the one that began before them
    expect(seen).toEqual([]);
    await slow.query('commit');
    slow.release();
    await readAll(consumers);
    expect(seen).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });

  it('sees each event once under twelve writers at once, however often two processes read', async () => {
    const seen: number[] = [];
    const [here, there] = [consumersOf(house()), consumersOf(house())];
    for (const consumers of [here, there])
      consumers.add({
        name: 'twelve_writers',
        handle: async (tx, events) => {
          await tx.execute('select pg_sleep(0.002)');
          seen.push(...events.map((one) => Number(one.data['n'])));
        },
      });
    await Promise.all([here.caughtUp(), there.caughtUp()]);
    let writing = true;
    const reading = (async () => {
      while (writing) await Promise.all([here.caughtUp(), there.caughtUp()]);
    })();
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        for (let n = 0; n < 40; n++) await happen(1_000 + writer * 40 + n);
      }),
    );
    writing = false;
    await reading;
    await readAll(here);
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 480 }, (_, n) => 1_000 + n));
  });

  it('reads transaction 10 after transaction 9, not by their spelling', async () => {
    for (const tx of [100, 9, 10])
      await owner.query(
        `insert into events (tx, topic, type, audience, data) values ($1::text::xid8, 'spelling', 'test.happened', 'none', $2)`,
        [tx, { n: tx }],
      );
    const seen: number[] = [];
    const consumers = consumersOf(house());
    consumers.add({
      name: 'spelling',
      from: 'start',
      handle: async (_tx, events) =>
        void seen.push(...events.filter((one) => one.topic === 'spelling').map((one) => Number(one.tx))),
    });
    await readAll(consumers);
    expect(seen).toEqual([9, 10, 100]);
  });

  it('keeps what the handler wrote and how far it came together', async () => {
    const consumers = consumersOf(house());
    let broken = true;
    consumers.add({
      name: 'together',
      handle: async (tx, events) => {
        for (const one of events) {
          await tx.execute(
            `insert into limits (key, window_start, count) values ('seen ${Number(one.data['n'])}', now(), 1)`,
          );
          if (broken && one.data['n'] === 5_003) throw new Error('a bug');
        }
      },
    });
    await readAll(consumers);
    for (let n = 5_000; n < 5_006; n++) await happen(n);
    await expect(readAll(consumers)).rejects.toThrow('a bug');
    const kept = async () =>
      (await owner.query(`select key from limits where key like 'seen %' order by key`)).rows.map(
        (row) => row.key,
      );
    expect(await kept()).toEqual(['seen 5000', 'seen 5001', 'seen 5002']);
    expect((await consumers.lag())[0]).toMatchObject({ name: 'together', waiting: 3 });
    broken = false;
    await readAll(consumers);
    expect(await kept()).toHaveLength(6);
  });
});
