/**
 * Somebody sleeping rough is reported in private. Nobody but its maker and the staff of its organisation may learn
 * that it exists: this walks every endpoint there is, so one that is added tomorrow is walked too.
 */
import { type ContractName, contracts } from '@folkmoot/core/contracts';
import type { Contract } from '@folkmoot/core/kit/contract';
import type { LiveFromServer } from '@folkmoot/core/live/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';

type Caller = ReturnType<Town['visitor']>;
type Values = Record<string, unknown>;

const doorway = { lon: -3.00123, lat: 51.84234 };
/** a word that stands nowhere else */
const SECRET = 'zyxwquillon';
const FIRST_ID = 7_654_321;
const NO_SUCH = 987_654_321;

const all = Object.entries(contracts) as Array<[ContractName, Contract]>;
const aboutOne = all.filter(([, { params }]) => params && 'report' in params.shape);
const reads = all.filter(
  ([name, { endpoint }]) => endpoint.method === 'GET' && !aboutOne.some(([n]) => n === name),
);

/** Asks an endpoint with what is known to fit it; what does not fit is refused the same for everybody. */
const say = (caller: Caller, name: ContractName, input: { params?: Values; query?: Values; body?: Values }) =>
  (caller.say as (name: string, input: object) => ReturnType<Caller['say']>)(name, input);

/** Those of these values that an endpoint takes. */
const fitting = (shape: object | undefined, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => shape && key in shape));

describe('Someone sleeping in a doorway is reported in private', () => {
  let town: Town;
  let id: number;
  let hidden: number;
  let wardId: string;
  let category: string;
  let organisation: string;
  const heard: LiveFromServer[] = [];
  let socket: WebSocket;
  const others: Array<[string, Caller]> = [];

  const make = async (who: Caller, kind: string, title: string) => {
    const { id: kindId } = (await who.call('listReportCategories', { query: doorway })).find(
      (one) => one.code === kind,
    )!;
    const body = { ...doorway, category: kindId, answers: {}, title, detail: title, lang: 'en' as const };
    return { report: (await who.call('makeReport', { body })).report, category: kindId };
  };

  beforeAll(async () => {
    town = await openTown();
    await town.sql.query(`alter sequence reports_id_seq restart with ${FIRST_ID}`);
    const mair = await town.as('Mair Pritchard');
    others.push(
      ['a visitor', town.visitor()],
      ['Grace, a resident', await town.as('Grace Okafor')],
      ['Dylan, an officer of another body', await town.as('Dylan Rees')],
    );
    wardId = (await mair.call('readPoint', { query: doorway })).ward!.id;
    socket = new WebSocket(`${town.url.replace('http', 'ws')}/live`, { headers: { origin: town.url } });
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as LiveFromServer));
    await new Promise((opened) => socket.once('open', opened));
    const subscribe = { reports: null, [`ward:${wardId}:reports`]: null, [`report:${FIRST_ID}`]: null };
    socket.send(JSON.stringify({ subscribe }));
    const secret = await make(mair, 'rough_sleeper', `${SECRET} behind the library`);
    ({ report: id, category } = secret);
    organisation = (
      await town.sql.query<{ o: string }>('select organisation_id as o from reports where id = $1', [id])
    ).rows[0]!.o;
    hidden = (await make(mair, 'litter', `${SECRET} unkind words`)).report;
    await town.sql.query('update reports set hidden_at = now() where id = $1', [hidden]);
    await town.sql.query(
      `insert into events (topic, type, audience, data) values ('report:' || $1::text, 'report.hidden', 'public', $2)`,
      [hidden, { report: hidden, ward: wardId }],
    );
    // what comes last is public: once it is there, everything before it was heard
    const fence = await make(mair, 'drain', 'Drain smells');
    await vi.waitFor(
      async () => {
        await town.app.house.hub.wake();
        const { items } = await mair.call('listReports', { query: { q: 'smells', age: 'all' } });
        expect(items.map((one) => one.id)).toContain(fence.report);
      },
      { timeout: 60_000, interval: 50 },
    );
  });
  afterAll(async () => {
    socket.close();
    await town.close();
  });

  it('is known to its maker and to the officers of the council that helps', async () => {
    for (const name of ['Mair Pritchard', 'Sunita Rao']) {
      const seen = await (await town.as(name)).call('readReport', { params: { report: id } });
      expect(seen, name).toMatchObject({ id, private: true });
    }
  });

  it('answers everybody else exactly as a report that never was, whatever is asked of it', async () => {
    expect(aboutOne.length).toBeGreaterThan(4);
    const body: Values = {
      text: 'x', title: 'x', detail: 'x', lang: 'en', fixed: 'yes', command: 'investigate', person: null,
      seen: 1, reason: 'x', category, organisation, original: 1, hash: 'x', original_report: 1, minutes: 1,
    }; // prettier-ignore
    for (const [who, caller] of others)
      for (const [name, contract] of aboutOne)
        for (const secret of [id, hidden]) {
          const query = fitting(contract.query?.shape, { sure: '1', ...doorway });
          const params = (report: number) =>
            Object.fromEntries(
              Object.keys(contract.params!.shape).map((key) => [key, key === 'report' ? report : id]),
            );
          const isPost = contract.endpoint.method !== 'GET';
          const ask = (report: number) =>
            say(caller, name, { params: params(report), query, ...(isPost && { body }) });
          const [real, none] = [await ask(secret), await ask(NO_SUCH)];
          const where = `${name} as ${who} on ${secret === id ? 'the private' : 'the hidden'} one`;
          expect(real.status, where).toBeGreaterThanOrEqual(400);
          expect({ status: real.status, body: real.body }, where).toEqual({
            status: none.status,
            body: none.body,
          });
        }
  });

  it('stands in no list, on no map, in no count, search, feed or likeness that they can read', async () => {
    const values: Values = {
      ...doorway, state: 'all', age: 'all', zoom: 19, width: 300, height: 300, sort: 'new', group: 'people',
      bbox: '-3.0013,51.8422,-3.0011,51.8425', organisation,
    }; // prettier-ignore
    const fill: Values = { category, ward: wardId, organisation, slug: 'weirside', id, person: wardId };
    for (const [who, caller] of others)
      for (const [name, contract] of reads)
        for (const q of [SECRET, String(id), String(hidden)])
          for (const wide of [values, { ...values, group: undefined }]) {
            const given = fitting(contract.query?.shape, { ...wide, q });
            const said = await say(caller, name, {
              params: fitting(contract.params?.shape, fill),
              query: given,
            });
            const text = JSON.stringify(said.body);
            const where = `${name} as ${who}: ${text.slice(0, 300)}`;
            expect(text.includes(SECRET), where).toBe(false);
            expect(new RegExp(`\\b(${id}|${hidden})\\b`).test(text), where).toBe(false);
          }
    const none = await town
      .visitor()
      .call('listReports', { query: { group: 'people', age: 'all', state: 'all' } });
    expect(none).toMatchObject({ total: 0, counts: { open: 0, fixed: 0, closed: 0 } });
  });

  it('is told on no line that a visitor may listen to', async () => {
    await vi.waitFor(() => expect(JSON.stringify(heard)).toContain('report.confirmed'), { timeout: 60_000 });
    const told = JSON.stringify(heard.filter((message) => !('refused' in message)));
    expect(told).not.toContain(String(id));
    socket.send(
      JSON.stringify({ subscribe: { [`report:${id}`]: null, [`desk:${organisation}:reports`]: null } }),
    );
    await vi.waitFor(
      () =>
        expect(heard).toEqual(
          expect.arrayContaining([
            { topic: `report:${FIRST_ID}`, refused: true },
            { topic: `desk:${organisation}:reports`, refused: true },
          ]),
        ),
      { timeout: 60_000 },
    );
  });
});
