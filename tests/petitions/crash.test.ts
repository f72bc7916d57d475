/** The server is killed in the middle of a signing surge and started again: what it said yes to is there, once. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPetitionRow } from './rows.ts';
import { connectTo, leave, neighbour, type Running, settle, start } from '../kit/process.ts';

const TOKENS = 6_000;
const BEFORE = 95;
const THRESHOLDS = { response: 100, evidence: 200, debate: 300 };
const tokenOf = (n: number) => `surge-token-of-number-${n}`;

/** An open petition, five signatures short of its first threshold, and people with mails in their hands. */
async function prepare(sql: pg.Client): Promise<{ petition: number; code: string }> {
  const networks = Array.from({ length: 120 }, (_, n) => `127.0.2.${1 + n}`);
  await sql.query(`insert into settings (key, value) values ('petitions.rates', $1)`, [
    JSON.stringify({ allow: { networks } }),
  ]);
  const petition = await openPetitionRow(sql, 'Keep the 14 night bus', THRESHOLDS);
  await sql.query('update petition_counts set online = $2 where petition_id = $1', [petition, BEFORE]);
  await sql.query(
    `insert into signatures (petition_id, state, name, email, canonical, postcode, basis, lang, signed_at)
     select $1, 'pending', 'Signer N' || n, 'n' || n || '@example.org', 'n' || n || '@example.org', '', 'live', 'en', now()
     from generate_series(0, $2 - 1) n`,
    [petition, TOKENS],
  );
  await sql.query(
    `insert into tokens (hash, kind, data, expires_at)
     select h, 'confirm_signature', jsonb_build_object('petition', $1::bigint, 'signature', s.id), now() + interval '1 day'
     from unnest($2::text[]) with ordinality as t(h, n) join signatures s on s.canonical = 'n' || (n - 1) || '@example.org'`,
    [
      petition,
      Array.from({ length: TOKENS }, (_, n) => createHash('sha256').update(tokenOf(n)).digest('hex')),
    ],
  );
  const { rows: codes } = await sql.query<{ code: string }>('select code from postcodes limit 1');
  return { petition, code: codes[0]!.code };
}

describe('A server that is killed while everybody signs', () => {
  let dir: string;
  let server: Running;
  let sql: pg.Client;
  beforeAll(async () => {
    dir = await settle();
    server = await start(dir);
    sql = await connectTo(dir);
  });
  afterAll(async () => {
    await sql.end();
    await leave(server, dir);
  });

  const all = async <Row extends pg.QueryResultRow>(text: string, petition: number): Promise<Row[]> =>
    (await sql.query<Row>(text, [petition])).rows;
  /** Until nothing waits: no mail to be written, nothing to be told. */
  const settled = async (petition: number): Promise<void> => {
    const waits = `select count(*)::int as n from signatures where petition_id = $1 and mail_due_at <= now()`;
    while ((await all<{ n: number }>(waits, petition))[0]!.n > 0) await sleep(50);
  };

  it('has every signature that it acknowledged, counts its rows, and tells nothing twice', async () => {
    const { petition, code } = await prepare(sql);
    const confirmed = new Map<number, string>();
    const asked = new Set<string>();
    const at = `/api/v1/petitions/${petition}`;
    const json = (body: object): [Record<string, string>, string] => [{}, JSON.stringify(body)];
    let next = 0;
    const confirming = Array.from({ length: 30 }, async (_, n) => {
      const ask = neighbour(server.url, n);
      try {
        while (next < TOKENS) {
          const mine = next++;
          const { status, text } = await ask(
            'POST',
            `${at}/signatures/confirm`,
            ...json({ token: tokenOf(mine) }),
          );
          if (status === 200) confirmed.set(mine, (JSON.parse(text) as { receipt: string }).receipt);
        }
      } catch {
        // the server is gone
      }
    });
    const asking = Array.from({ length: 15 }, async (_, n) => {
      const ask = neighbour(server.url, 60 + n);
      try {
        for (let count = 0; ; count++) {
          const email = `asks.${n}.${count}@example.org`;
          const body = { name: 'Asks Now', email, postcode: code, lang: 'en' };
          if ((await ask('POST', `${at}/sign`, ...json(body))).status === 200) asked.add(email);
        }
      } catch {
        // the server is gone
      }
    });
    while (confirmed.size < 500 || asked.size < 100) await sleep(2);
    server.child.kill('SIGKILL');
    await Promise.all([...confirming, ...asking]);
    expect(await server.gone).toBe('SIGKILL');
    await sql.end();

    server = await start(dir);
    sql = await connectTo(dir);
    const rows = await all<{ canonical: string; receipt: string }>(
      `select canonical, receipt from signatures where petition_id = $1 and state = 'confirmed'`,
      petition,
    );
    const receipts = new Map(rows.map((row) => [row.canonical, row.receipt]));
    for (const [n, receipt] of confirmed) expect(receipts.get(`n${n}@example.org`)).toBe(receipt);
    const counts = () =>
      all<{ online: number; days: number }>(
        `select online, (select sum(confirmed)::int from petition_days d where d.petition_id = c.petition_id) as days
         from petition_counts c where petition_id = $1`,
        petition,
      );
    expect(await counts()).toEqual([{ online: BEFORE + rows.length, days: rows.length }]);

    // impatient people press again: they hear the same, and nothing is counted twice
    const again = neighbour(server.url, 100);
    for (const [n, receipt] of [...confirmed].slice(0, 20)) {
      const { text } = await again('POST', `${at}/signatures/confirm`, ...json({ token: tokenOf(n) }));
      expect(JSON.parse(text)).toMatchObject({ counted: true, receipt, total: BEFORE + rows.length });
    }
    // one more asks, and with it all whose mail was not written yet are served
    const last = { name: 'Asks Last', email: 'last@example.org', postcode: code, lang: 'en' };
    expect((await again('POST', `${at}/sign`, ...json(last))).status).toBe(200);
    await settled(petition);

    const events = await all<{ type: string; data: { total?: number; threshold?: string } }>(
      `select type, data from events where topic = 'petition:' || $1::text order by id`,
      petition,
    );
    const crossed = events.filter(({ type }) => type === 'petition.threshold_reached');
    expect(crossed.map(({ data }) => data.threshold)).toEqual(['response', 'evidence', 'debate']);
    const totals = events.flatMap(({ type, data }) => (type === 'petition.signed' ? data.total! : []));
    expect(totals).toEqual([...new Set(totals)].sort((a, b) => a - b));
    expect(totals.at(-1)).toBe(BEFORE + rows.length);

    const mails = await all<{ to: string; n: number }>(
      `select m."to", count(*)::int as n from mails m
       where m.kind = 'confirm_signature' and m."to" in (select email from signatures where petition_id = $1) group by 1`,
      petition,
    );
    expect(mails.filter(({ n }) => n !== 1)).toEqual([]);
    const written = new Set(mails.map((mail) => mail.to));
    expect([...asked, last.email].filter((email) => !written.has(email))).toEqual([]);
    const told = await all<{ n: number }>(
      `select count(*)::int as n from petition_mailings where petition_id = $1 group by milestone`,
      petition,
    );
    expect(told.every(({ n }) => n === 1)).toBe(true);
  });
});
