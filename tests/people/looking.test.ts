import { readdirSync } from 'node:fs';
import { buildApp } from '@folkmoot/api/app';
import { contracts } from '@folkmoot/core/contracts';
import type { Contract } from '@folkmoot/core/kit/contract';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Policies = Record<string, Record<string, { looks?: boolean }>>;
const domains = readdirSync(new URL('../../packages/core/src', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
  .map((entry) => entry.name);

/** `people.seeMembers` and the like: every ability that a policy marks as looking. */
async function lookingAbilities(): Promise<string[]> {
  const found: string[] = [];
  for (const domain of domains) {
    const policies = (await import(`@folkmoot/core/${domain}/policy`).catch(() => ({}))) as Policies;
    for (const policy of Object.values(policies))
      for (const [ability, line] of Object.entries(policy))
        if (line.looks) found.push(`${domain}.${ability}`);
  }
  return found;
}

describe('Looking at somebody’s private details', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('is named by each endpoint that does it, by an ability that a policy marks', async () => {
    const marked = await lookingAbilities();
    const all: Contract[] = Object.values(contracts);
    const named = all.flatMap(({ looks }) => (looks ? [looks] : []));
    expect(named.filter((ability) => !marked.includes(ability))).toEqual([]);
    expect(named.length).toBeGreaterThan(2);
  });

  it('leaves a row each time', async () => {
    const admin = await town.as('Tomasz Nowak');
    const rows = async () =>
      Number((await town.sql.query('select count(*) as n from access_log')).rows[0]!['n']);
    const before = await rows();
    const { grants } = await admin.call('listMembers', { params: { slug: 'county' } });
    const members = new Set(grants.map((grant) => grant.person)).size;
    expect(members).toBeGreaterThan(0);
    expect(await rows()).toBe(before + members);
    await admin.call('listRoleHolders', { query: {} });
    expect(await rows()).toBe(before + members + 1);
    const dylan = await town.as('Dylan Rees');
    const { looked } = await dylan.call('readHeld', {});
    expect(looked).toMatchObject([{ what: 'roles', why: 'giving_roles' }]);
  });

  it('is held back when nobody wrote who looked', async () => {
    const app = await buildApp({
      settings: town.app.house.settings,
      databaseUrl: town.database.appUrl,
      site: 'none',
    });
    app.get('/api/v1/careless', { config: { contract: contracts.listMembers } }, async () => ({
      name: 'Mair Pritchard',
    }));
    const answer = await app.inject('/api/v1/careless');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('Mair');
    await app.close();
  });
});
