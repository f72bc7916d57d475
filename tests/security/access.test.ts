/**
 * Every endpoint there is, asked by who may not: made from the contracts themselves, so that none can be forgotten.
 */
import { contracts } from '@folkmoot/core/contracts';
import type { Contract } from '@folkmoot/core/kit/contract';
import { endpoints } from '@folkmoot/core/endpoints';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const all = (Object.entries(contracts) as Array<[string, Contract]>).map(([name, contract]) => ({
  name,
  contract,
}));
const behind = (access: Contract['access']) => all.filter(({ contract }) => contract.access === access);
const SOME_ID = '01a20000-0000-7000-8000-000000000001';

/** An address of the right form that names nothing. */
function pathOf({ endpoint, params }: Contract): string {
  const names = endpoint.path.match(/:(\w+)/g) ?? [];
  let path: string = endpoint.path;
  for (const written of names) {
    const shape = params?.shape[written.slice(1)] as z.ZodType | undefined;
    const { enum: words = [] } = shape
      ? (z.toJSONSchema(shape, { unrepresentable: 'any' }) as { enum?: string[] })
      : {};
    const fits = [
      ...words,
      SOME_ID,
      '999999',
      'x'.repeat(27),
      'weirside',
      'a'.repeat(64),
      '2025-10-16',
      'mail.example',
    ].find((value) => shape?.safeParse(value).success);
    if (fits === undefined)
      throw new Error(`access.test.ts has no example for ${written} in ${endpoint.path}`);
    path = path.replace(written, fits);
  }
  return `/api/v1${path}`;
}

/** What no body of ours is, for each kind of shape. */
const NONSENSE: unknown[] = [
  { nonsense: true },
  { idempotencyKey: 7, report: 'x', text: { a: 1 } },
  [],
  'nonsense',
  7,
];
const wrongBody = (shape: z.ZodType): unknown => NONSENSE.find((body) => !shape.safeParse(body).success);

async function ask(
  caller: Caller,
  contract: Contract,
  { body = {}, query = '' }: { body?: unknown; query?: string } = {},
) {
  const { method } = contract.endpoint;
  const response = await caller.fetch(pathOf(contract) + query, {
    method,
    ...(method !== 'GET' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

describe('Every endpoint', () => {
  let town: Town;
  let mair: Caller;
  let dylan: Caller;
  let weak: Caller;
  beforeAll(async () => {
    town = await openTown();
    mair = await town.as('Mair Pritchard');
    dylan = await town.as('Dylan Rees');
    weak = await town.as('Sunita Rao');
    await town.sql.query(
      `update sessions set strong_at = null where user_id = (select id from people where name = 'Sunita Rao')`,
    );
  });
  afterAll(() => town.close());

  it('has a contract, and every contract an endpoint', () => {
    expect(Object.keys(contracts).sort()).toEqual(Object.keys(endpoints).sort());
    for (const { name, contract } of all)
      expect(endpoints[name as keyof typeof endpoints]).toBe(contract.endpoint);
    const places = all.map(({ contract: { endpoint } }) => `${endpoint.method} ${endpoint.path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(all)('$name is served', async ({ contract }) => {
    const { method } = contract.endpoint;
    const url = `/api/v1${contract.endpoint.path}`;
    expect(town.app.hasRoute({ method, url })).toBe(true);
  });

  it.each([...behind('person'), ...behind('staff')])(
    '$name asks a stranger to sign in',
    async ({ contract }) => {
      const said = await ask(town.visitor(), contract);
      expect(said).toEqual({ status: 401, text: '{"code":"sign_in"}' });
    },
  );

  it.each(behind('staff'))('$name refuses a resident', async ({ contract }) => {
    expect(await ask(mair, contract)).toEqual({ status: 403, text: '{"code":"not_allowed"}' });
  });

  it.each(behind('staff'))(
    '$name refuses an officer who has not given the second factor',
    async ({ contract }) => {
      expect(await ask(weak, contract)).toEqual({ status: 403, text: '{"code":"second_factor"}' });
    },
  );

  it.each(all.filter(({ contract }) => contract.body && wrongBody(contract.body) !== undefined))(
    '$name does not understand nonsense, and says which field',
    async ({ contract }) => {
      const said = await ask(dylan, contract, { body: wrongBody(contract.body!) });
      expect(said.status).toBe(422);
      expect(JSON.parse(said.text)).toMatchObject({ code: 'invalid', fields: expect.any(Object) });
    },
  );

  it.each(
    all.filter(
      ({ contract }) =>
        contract.query &&
        !contract.query.safeParse({ page: 'x', zoom: 'x', lon: 'x', days: 'x', state: '?' }).success,
    ),
  )('$name does not understand a query of nonsense', async ({ contract }) => {
    const said = await ask(dylan, contract, { query: '?page=x&zoom=x&lon=x&days=x&state=%3F' });
    expect(said.status).toBe(422);
    expect(JSON.parse(said.text)).toMatchObject({ code: 'invalid' });
  });

  it.each(all)('$name never answers "broken" to an address that names nothing', async ({ contract }) => {
    for (const caller of [town.visitor(), mair, dylan])
      expect((await ask(caller, contract)).status).toBeLessThan(500);
  });

  it.each(all.filter(({ contract }) => contract.endpoint.method !== 'GET'))(
    '$name does nothing for a page of somebody else that sends our cookie',
    async ({ contract }) => {
      const response = await mair.fetch(pathOf(contract), {
        method: contract.endpoint.method,
        headers: { origin: 'https://elsewhere.test', 'content-type': 'application/json' },
        body: '{}',
      });
      expect([response.status, await response.text()]).toEqual([403, '{"code":"other_origin"}']);
    },
  );

  it('is described for the public in OpenAPI', async () => {
    const said = (await (await town.visitor().fetch('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(said.openapi).toBe('3.1.0');
    const described = Object.values(
      said.paths as Record<string, Record<string, { operationId: string }>>,
    ).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
    expect(described.sort()).toEqual(Object.keys(contracts).sort());
  });
});

describe('The demo’s own doors', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({
      env: {
        DEMO: 'off',
        SECRET_KEYS: 'a-key-that-is-only-good-for-this-test',
        PUBLIC_URL: 'http://localhost:3999',
      },
    });
  });
  afterAll(() => town.close());

  it.each(behind('demo'))('$name is not there where no demo runs', async ({ contract }) => {
    expect((await ask(town.visitor(), contract)).status).toBe(404);
  });
});
