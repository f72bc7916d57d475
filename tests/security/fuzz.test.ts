/** Two thousand hostile requests to every endpoint: made from the contracts, the same ones each time. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from './fuzz/client.ts';
import { cookiesAt, knownOf } from './fuzz/known.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_251_016);
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 2_000);

describe('Whatever strangers send', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it(`is answered: ${INPUTS} requests, none of them breaks anything`, async () => {
    const { port } = town.app.server.address() as { port: number };
    const statuses = new Map<number, number>();
    const reached = new Set<string>();
    await fuzz({
      port,
      known: await knownOf(town.url),
      cookies: cookiesAt(() => town.visitor()),
      inputs: INPUTS,
      lanes: 4,
      seed: SEED,
      heard: ({ endpoint }, { status }) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status < 400) reached.add(endpoint);
      },
    });
    // it fuzzes handlers, not only the door
    expect(statuses.get(200)).toBeGreaterThan(INPUTS / 20);
    expect(reached.size).toBeGreaterThan(25);
    expect((await town.visitor().fetch('/api/v1/place')).status).toBe(200);
  });
});
