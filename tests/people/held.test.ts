import { personalData } from '@folkmoot/core/personal';
import { forget } from '@folkmoot/api/people/index';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('What is held about somebody', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const idOf = async (name: string) =>
    (await town.sql.query<{ id: string }>('select id from people where name = $1', [name])).rows[0]!.id;

  it('has an owner and a reason, column by column, in the real database', async () => {
    const { rows } = await town.sql.query<{ column: string }>(
      `select c.table_name || '.' || c.column_name as column from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'migrations'
         and (c.data_type in ('text', 'jsonb', 'double precision', 'inet') or c.udt_name in ('point', 'citext', 'varchar'))`,
    );
    const named = new Set(
      personalData.flatMap(({ holds, not }) => [...holds, ...not].map((one) => one.column)),
    );
    expect(rows.map((row) => row.column).filter((column) => !named.has(column))).toEqual([]);
    const real = await town.sql.query<{ column: string }>(
      `select table_name || '.' || column_name as column from information_schema.columns where table_schema = 'public'`,
    );
    const known = new Set(real.rows.map((row) => row.column));
    expect([...named].filter((column) => !known.has(column))).toEqual([]);
  });

  it('is shown to her with why, and with who looked', async () => {
    const grace = await town.as('Grace Okafor');
    const admin = await town.as('Tomasz Nowak');
    const before = await grace.call('readHeld', {});
    expect(before.looked).toEqual([]);
    const name = before.parts.flatMap((part) => part.holds).find((one) => one.column === 'people.name')!;
    expect(name).toMatchObject({ values: ['Grace Okafor'], erase: 'emptied', kept: 'with_account' });
    expect(JSON.stringify(before.parts)).not.toContain('Mair');

    const { items } = await admin.call('readAdmin', {}).then(() => admin.call('listOrganisations', {}));
    const body = {
      organisation: items.find((one) => one.slug === 'council')!.id,
      name: 'Grace Okafor',
      email: 'grace@anybridge.example',
      channel: 'phone' as const,
      wording: 'May we send this report in your name and write to you about it?',
      agreed: 'on',
    };
    expect(await admin.call('actFor', { body })).toEqual({ person: await idOf('Grace Okafor'), known: true });
    const after = await grace.call('readHeld', {});
    expect(after.looked).toMatchObject([
      { what: 'account', why: 'acting_for', by: [{ en: 'Anybridge Town Council' }] },
    ]);
    expect(after.parts.find((part) => part.table === 'consents')!.rows).toBe(1);
  });

  it('is given out whole, and only her own', async () => {
    const grace = await town.as('Grace Okafor');
    const response = await grace.fetch('/api/v1/me/held/export');
    expect(response.headers.get('content-disposition')).toContain('folkmoot-about-me.json');
    const given = (await response.json()) as {
      person: string;
      held: Record<string, Record<string, unknown>[]>;
    };
    expect(given.person).toBe(await idOf('Grace Okafor'));
    expect(given.held['people']).toMatchObject([{ name: 'Grace Okafor', lang: 'en' }]);
    expect(given.held['contacts']).toEqual([{ value: 'grace@anybridge.example' }]);
    const text = JSON.stringify(given);
    expect(text).not.toContain('argon2');
    expect(text).not.toContain('mair@');
  });

  it('goes when she erases her account; what stays is nobody’s any more', async () => {
    const mair = await town.as('Mair Pritchard');
    const id = await idOf('Mair Pritchard');
    await mair.call('savePassword', { body: { password: 'tri aderyn tywyll' } });
    expect((await mair.say('eraseMe', { body: { sure: '' } })).body).toMatchObject({
      fields: { sure: 'required' },
    });
    await mair.call('eraseMe', { body: { sure: 'on' } });
    expect((await mair.call('readMe', {})).person).toBeNull();
    const { rows } = await town.sql.query(
      'select name, postcode, ward_id, erased_at from people where id = $1',
      [id],
    );
    expect(rows).toMatchObject([{ name: null, postcode: null, ward_id: null }]);
    expect(rows[0]!['erased_at']).not.toBeNull();
    for (const table of ['contacts', 'passwords'])
      expect((await town.sql.query(`select 1 from ${table} where person_id = $1`, [id])).rows).toEqual([]);
    expect((await town.sql.query('select 1 from sessions where user_id = $1', [id])).rows).toEqual([]);
    const said = await town
      .visitor()
      .say('signInByPassword', { body: { email: 'mair@anybridge.example', password: 'tri aderyn tywyll' } });
    expect(said.body).toEqual({ code: 'not_matched' });
  });

  it('is not erased while somebody acts for the council', async () => {
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('eraseMe', { body: { sure: 'on' } })).body).toEqual({ code: 'holds_role' });
  });

  it('fades by itself: unproven addresses after two days, unused accounts after three years', async () => {
    const stranger = town.visitor();
    await stranger.call('askForLink', { body: { email: 'passing.by@example.org' } });
    const kept = async () =>
      (await town.sql.query("select 1 from contacts where value = 'passing.by@example.org'")).rows.length;
    await town.sql.query("update contacts set created_at = $1 where value = 'passing.by@example.org'", [
      town.clock.now,
    ]);
    town.later(24 * 60);
    await forget(town.app.house);
    expect(await kept()).toBe(1);
    town.later(24 * 60 + 1);
    await forget(town.app.house);
    expect(await kept()).toBe(0);

    const grace = await idOf('Grace Okafor');
    town.later(3 * 366 * 24 * 60);
    await forget(town.app.house);
    const { rows } = await town.sql.query('select name from people where id = $1', [grace]);
    expect(rows).toEqual([{ name: null }]);
    expect(await idOf('Dylan Rees')).toBeTruthy();
    // twenty years on every row has had its time, and nothing breaks
    town.later(20 * 366 * 24 * 60);
    await forget(town.app.house);
    expect(await forget(town.app.house)).toEqual({});
  });
});
