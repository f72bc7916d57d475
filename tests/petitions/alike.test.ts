/**
 * Nobody learns from an answer whether an address has signed: the same bytes, made by the same statements, with the
 * same work left behind. (How long they take is compared by `pnpm bench timing`.)
 */
import type pg from 'pg';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsGoOut, noRates, openPetition, signByMail, signer } from './story.ts';

/** what the house does by the clock, whoever signs */
const BY_THE_CLOCK = /pgboss|from events where \(tx, id\)|^notify|^listen|prepare|consumers|min\(next_at\)/i;

describe('To sign with an address', () => {
  let town: Town;
  let petition: number;
  let code: string;
  const statements: string[] = [];
  const heard = new WeakSet<pg.PoolClient>();
  /** Hears every statement of a connection from now on. */
  const listen = (client: pg.PoolClient): void => {
    if (heard.has(client)) return;
    heard.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      const [first] = given as [string | { text?: string }];
      const text = typeof first === 'string' ? first : first.text;
      if (text && !BY_THE_CLOCK.test(text)) statements.push(text);
      return query(...given);
    }) as typeof client.query;
  };
  beforeAll(async () => {
    town = await openTown({ env: { ROLE: 'web' } });
    town.app.house.db.$client.on('acquire', listen);
    await noRates(town);
    ({ petition, code } = await openPetition(town));
    await signByMail(town, petition, signer('Signed Before', code));
    await ask('Asked Already');
    await signByMail(town, petition, signer('Taken Awayyyy', code));
    await town.sql.query(
      `update signatures set state = 'invalidated' where canonical = 'taken.awayyyy@example.org'`,
    );
    for (let n = 0; n < 7; n++) {
      await ask('Mailed Enough');
      town.later(2);
      await mailsGoOut(town);
    }
    // what is shared for some seconds is known from here on
    await ask('Somebody Else');
  });
  afterAll(() => town.close());

  /** Whole answer, its statements, and what it left to do. */
  async function ask(name: string) {
    statements.length = 0;
    const body = signer(name, code);
    const response = await town.visitor().fetch(`/api/v1/petitions/${petition}/sign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const headers = [...response.headers].filter(
      ([header]) => header !== 'x-request-id' && header !== 'date',
    );
    return {
      status: response.status,
      text: text.replace(body.email!, '…'),
      headers,
      statements: [...statements],
    };
  }
  const events = async () =>
    (
      await town.sql.query(
        `select type, audience, person_id, organisation_id, data from events where topic = $1 order by id desc limit 1`,
        [`petition:${petition}`],
      )
    ).rows;

  it('that is new gives these bytes, by these statements', async () => {
    const fresh = await ask('Never Seen Me');
    expect(fresh.status).toBe(200);
    expect(fresh.statements.some((text) => text.includes('insert into signatures'))).toBe(true);
  });

  // all addresses are as long, so that even the length of the answer is the same
  it.each([
    ['Signed Before', 'Unseen Before'],
    ['Asked Already', 'Never Already'],
    ['Taken Awayyyy', 'There Awayyyy'],
    ['Mailed Enough', 'Called Enough'],
  ])(
    'that is known ("%s") gives the same bytes, by the same statements, and leaves the same event',
    async (name, other) => {
      const fresh = await ask(other);
      const left = await events();
      expect(await ask(name)).toEqual(fresh);
      expect(await events()).toEqual(left);
    },
  );
});
