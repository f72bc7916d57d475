import { createHash } from 'node:crypto';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsGoOut, noRates, openPetition, signByMail, signer, smallScheme } from './story.ts';

describe('Residents sign', () => {
  let town: Town;
  let petition: number;
  let code: string;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 400, evidence: 450, debate: 500 });
    await noRates(town);
    ({ petition, code } = await openPetition(town));
  });
  afterAll(() => town.close());

  /** the count as it is kept; what is read by everybody is shared for a second */
  const count = async () =>
    (
      await town.sql.query<{ n: number }>(
        'select online + paper as n from petition_counts where petition_id = $1',
        [petition],
      )
    ).rows[0]!.n;
  const sign = (caller: Caller, name: string, more: object = {}) =>
    caller.say('signPetition', { params: { petition }, body: { ...signer(name, code), ...more } });
  const rowsOf = async (canonical: string) =>
    (
      await town.sql.query('select * from signatures where petition_id = $1 and canonical = $2', [
        petition,
        canonical,
      ])
    ).rows;

  it('counts a signature when the button of the mail is pressed, twice as once', async () => {
    const before = await count();
    const visitor = town.visitor();
    const said = await sign(visitor, 'Ann Rees');
    expect(said.body).toEqual({
      counted: false,
      waits: true,
      email: 'ann.rees@example.org',
      minutes: 0,
    });
    await mailsGoOut(town);
    const mail = await town.mailTo('ann.rees@example.org');
    expect(mail).toMatchObject({ kind: 'confirm_signature', lang: 'en' });
    expect(mail.text).toContain('Keep the 14 night bus running after ten');
    expect(mail.text).toContain('Ann Rees');
    expect(await count()).toBe(before);
    const token = await town.tokenTo('ann.rees@example.org');
    expect(await visitor.call('readToken', { params: { token } })).toMatchObject({
      kind: 'confirm_signature',
      about: 'Keep the 14 night bus running after ten',
    });
    const counted = await visitor.call('confirmSignature', { params: { petition }, body: { token } });
    const again = await visitor.call('confirmSignature', { params: { petition }, body: { token } });
    expect(counted).toMatchObject({ counted: true, total: before + 1, petitionState: 'open' });
    expect(again).toEqual({ ...counted, number: null });
    const [row] = await rowsOf('ann.rees@example.org');
    expect(row).toMatchObject({ state: 'confirmed', receipt: counted.receipt });
    expect(row.ward_id).not.toBeNull();
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(BigInt(petition));
    const leaf = createHash('sha256')
      .update(number)
      .update(Buffer.from(counted.receipt!, 'hex'))
      .digest('hex');
    expect(row.leaf).toBe(leaf);
  });

  it('counts by the page that every mail of ours leads to, too', async () => {
    const before = await count();
    await sign(town.visitor(), 'Bea Morgan');
    await mailsGoOut(town);
    const token = await town.tokenTo('bea.morgan@example.org');
    const used = await town.visitor().call('useToken', { params: { token }, body: {} });
    expect(used.to).toBe(`/petitions/${petition}/signed/${token}`);
    expect((await rowsOf('bea.morgan@example.org'))[0].state).toBe('confirmed');
    expect(await count()).toBe(before + 1);
  });

  it('says the same whether an address has signed or not; its owner learns it by mail', async () => {
    await signByMail(town, petition, signer('Cai Lloyd', code));
    const known = await sign(town.visitor(), 'Cai Lloyd');
    const fresh = await sign(town.visitor(), 'Cai Lloid');
    const shape = ({ status, body, headers }: typeof known) => ({
      status,
      body: { ...body, email: 'x' },
      names: [...headers.keys()].filter((name) => name !== 'content-length').sort(),
    });
    expect(shape(known)).toEqual(shape(fresh));
    town.later(2);
    await mailsGoOut(town);
    const { kind, text } = await town.mailTo('cai.lloyd@example.org');
    expect(kind).toBe('signed_before');
    expect(text).not.toContain('/confirm/');
    expect(await rowsOf('cai.lloyd@example.org')).toHaveLength(1);
  });

  it('sends an address five mails at most, however often it is asked for', async () => {
    for (let n = 0; n < 8; n++) {
      await sign(town.visitor(), 'Dai Evans');
      town.later(2);
      await mailsGoOut(town);
    }
    const { rows } = await town.sql.query(
      `select count(*)::int as n from mails where "to" = 'dai.evans@example.org'`,
    );
    expect(rows[0].n).toBe(5);
    const token = await town.tokenTo('dai.evans@example.org');
    const counted = await town.visitor().call('confirmSignature', { params: { petition }, body: { token } });
    expect(counted.counted).toBe(true);
  });

  it('takes one form of an address for one signer', async () => {
    await sign(town.visitor(), 'Ed Hall', { email: 'Ed.Hall+bus@GoogleMail.com' });
    await sign(town.visitor(), 'Ed Hall', { email: 'edhall@gmail.com' });
    expect(await rowsOf('edhall@gmail.com')).toHaveLength(1);
  });

  it('keeps the first words: nobody changes somebody’s signature by asking in their name', async () => {
    await sign(town.visitor(), 'Fay Price');
    await sign(town.visitor(), 'Rude Word', { email: 'fay.price@example.org' });
    expect((await rowsOf('fay.price@example.org'))[0].name).toBe('Fay Price');
  });

  it('asks for what is missing and believes no postcode that is not here', async () => {
    const visitor = town.visitor();
    const nothing = await visitor.say('signPetition', { params: { petition }, body: { lang: 'en' } });
    expect(nothing).toMatchObject({
      status: 422,
      body: { fields: { name: 'required', email: 'required', postcode: 'required' } },
    });
    expect((await sign(visitor, 'Gil Far', { postcode: 'SW1A 1AA' })).body).toEqual({
      code: 'invalid',
      fields: { postcode: 'not_here' },
    });
    expect((await sign(visitor, 'Gil Far', { postcode: 'SW1A 1AA', basis: 'work' })).status).toBe(200);
    const email = 'hal.rees@example.org';
    for (const name of ['www.cheap.example', 'Win at pills.example/now', 'Best shop.com', 'ftp://x'])
      expect([name, (await sign(visitor, name, { email })).body['fields']]).toEqual([
        name,
        { name: 'not_a_name' },
      ]);
    for (const name of ['J.R. Rees', 'Ann St.John', 'Siân ap Rhys'])
      expect([name, (await sign(visitor, name, { email })).status]).toEqual([name, 200]);
  });

  it('is one click for Mair, who is signed in; fifty at once are one signature', async () => {
    const mair = await town.as('Mair Pritchard');
    expect(await mair.call('readMySignature', { params: { petition } })).toBeNull();
    const before = await count();
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        mair.say('signPetition', { params: { petition }, body: { lang: 'cy', postcode: code } }),
      ),
    );
    expect(new Set(all.map((one) => one.status))).toEqual(new Set([200]));
    expect(new Set(all.map((one) => one.body['total']))).toEqual(new Set([before + 1]));
    expect(new Set(all.map((one) => one.body['receipt'])).size).toBe(1);
    const { rows } = await town.sql.query(
      `select s.state, s.lang from signatures s join people p on p.id = s.person_id where p.name = 'Mair Pritchard' and petition_id = $1`,
      [petition],
    );
    expect(rows).toEqual([{ state: 'confirmed', lang: 'cy' }]);
    expect(await mair.call('readMySignature', { params: { petition } })).toMatchObject({
      state: 'confirmed',
    });
  });

  it('is followed by who asked for a mail first and then signed in', async () => {
    const rhian = await town.as('Rhian Pugh');
    const { rows } = await town.sql.query<{ id: string; email: string }>(
      `select p.id, c.value as email from people p join contacts c on c.person_id = p.id
       where p.name = 'Rhian Pugh' and c.kind = 'email' and c.verified_at is not null`,
    );
    const { id, email } = rows[0]!;
    const body = { ...signer('Rhian Pugh', code), email };
    await town.visitor().call('signPetition', { params: { petition }, body });
    const own = { lang: 'en' as const, postcode: code, follow: 'on' as const };
    await rhian.call('signPetition', { params: { petition }, body: own });
    const found = await town.sql.query('select 1 from follows where person_id = $1 and topic = $2', [
      id,
      `petition:${petition}`,
    ]);
    expect(found.rowCount).toBe(1);
  });

  it('makes an account for who confirmed, and counts somebody with two addresses once', async () => {
    await signByMail(town, petition, { ...signer('Hal Wynne', code), follow: 'on' });
    await signByMail(town, petition, signer('Hal Second', code));
    await town.app.house.jobs.run('join_signers');
    const { rows: hal } = await town.sql.query(
      `select p.id, p.name from signatures s join people p on p.id = s.person_id where s.canonical = 'hal.wynne@example.org'`,
    );
    expect(hal).toMatchObject([{ name: 'Hal Wynne' }]);
    const { rows: follows } = await town.sql.query('select topic from follows where person_id = $1', [
      hal[0].id,
    ]);
    expect(follows).toEqual([{ topic: `petition:${petition}` }]);

    await signByMail(town, petition, signer('Ida One', code));
    const before = await count();
    await town.sql.query(
      `insert into contacts (person_id, kind, value, canonical, verified_at) values ($1, 'email', 'ida.one@example.org', 'ida.one@example.org', now())`,
      [hal[0].id],
    );
    await town.app.house.jobs.run('join_signers');
    expect((await rowsOf('ida.one@example.org'))[0].state).toBe('invalidated');
    expect(await count()).toBe(before - 1);
  });

  it('lets Tomasz sign for somebody on the phone, once', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const body = {
      name: 'Jo Phone',
      phone: '01555 123456',
      postcode: code,
      lang: 'en' as const,
      channel: 'phone' as const,
      wording: 'May we sign in your name?',
    };
    const said = await tomasz.call('signForSomeone', { params: { petition }, body });
    const again = await tomasz.call('signForSomeone', { params: { petition }, body });
    expect([said.counted, again.counted, again.already]).toEqual([true, false, true]);
    const { rows } = await town.sql.query('select channel, entered_by from signatures where person_id = $1', [
      said.person,
    ]);
    expect(rows).toMatchObject([{ channel: 'phone', entered_by: expect.any(String) }]);
  });

  it('forgets after two days who asked and never confirmed', async () => {
    const { forget } = await import('@folkmoot/api/people/index');
    await sign(town.visitor(), 'Kim Gone');
    await mailsGoOut(town);
    const token = await town.tokenTo('kim.gone@example.org');
    town.later(2 * 24 * 60 + 1);
    const late = await town.visitor().say('confirmSignature', { params: { petition }, body: { token } });
    expect(late).toMatchObject({ status: 409, body: { code: 'too_late' } });
    await forget(town.app.house);
    expect(await rowsOf('kim.gone@example.org')).toEqual([]);
    expect((await rowsOf('ann.rees@example.org'))[0].name).toBe('Ann Rees');
  });

  it('takes no more after the end, but lets a slow mail be pressed for a day', async () => {
    await sign(town.visitor(), 'Lee Slow');
    await mailsGoOut(town);
    const token = await town.tokenTo('lee.slow@example.org');
    const end = new Date(town.clock.now.getTime() + 60_000);
    await town.sql.query(
      `update petitions set state = 'closed', closes_at = $2, closed_at = $2 where id = $1`,
      [petition, end],
    );
    town.later(23 * 60);
    expect((await sign(town.visitor(), 'Max Late')).body).toEqual({ code: 'petition_not_open' });
    const counted = await town.visitor().call('confirmSignature', { params: { petition }, body: { token } });
    expect(counted).toMatchObject({ counted: true, petitionState: 'closed' });
  });
});

describe('Many sign at once', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 50, evidence: 100, debate: 400 });
    await noRates(town);
  });
  afterAll(() => town.close());

  it('crosses each threshold once, with an exact count, under 500 hands', async () => {
    const { petition, code } = await openPetition(town);
    const names = Array.from({ length: 500 }, (_, n) => `Signer N${n}`);
    await Promise.all(
      names.map((name) =>
        town.visitor().call('signPetition', { params: { petition }, body: signer(name, code) }),
      ),
    );
    await mailsGoOut(town);
    const { rows } = await town.sql.query<{ text: string }>(
      `select text from mails where kind = 'confirm_signature'`,
    );
    const tokens = rows.map(({ text }) => /\/confirm\/([\w-]+)/.exec(text)![1]!);
    expect(tokens).toHaveLength(500);
    // each is pressed twice, as impatient people do
    const answers = await Promise.all(
      [...tokens, ...tokens].map((token) =>
        town.visitor().say('confirmSignature', { params: { petition }, body: { token } }),
      ),
    );
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]));
    const full = await town.visitor().call('readPetition', { params: { petition }, query: {} });
    expect(full).toMatchObject({ signatures: 501, response: 'awaiting', debate: 'awaiting' });
    expect(full.thresholds.every((one) => one.reachedAt !== null)).toBe(true);
    const events = await town.sql.query(
      `select data->>'threshold' as threshold, (data->>'total')::int as total from events where type = 'petition.threshold_reached' order by id`,
    );
    expect(events.rows.map((row) => row.threshold)).toEqual(['response', 'evidence', 'debate']);
    const totals = await town.sql.query(
      `select (data->>'total')::int as total from events where type = 'petition.signed' order by id`,
    );
    const seen = totals.rows.map((row) => row.total as number);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(501);
    const { days } = await town.visitor().call('readPetitionDays', { params: { petition } });
    expect(days.map((one) => one.confirmed)).toEqual([500]);
  });

  it('lets one network have its mails one after another, and a blocked one never', async () => {
    await town.sql.query(`update settings set value = $1 where key = 'petitions.rates'`, [
      JSON.stringify({ network: { minute: 1, five: 3 }, block: { domains: ['spam.example'] } }),
    ]);
    const { petition, code } = await openPetition(town, 'A bench by the weir');
    for (const name of ['Rate One', 'Rate Two', 'Rate Three', 'Rate Four'])
      await town.visitor().call('signPetition', { params: { petition }, body: signer(name, code) });
    const spam = { ...signer('Spam Er', code), email: 'x@spam.example' };
    await town.visitor().call('signPetition', { params: { petition }, body: spam });
    const sent = async () => {
      await mailsGoOut(town);
      const { rows } = await town.sql.query(
        `select count(*)::int as n from mails m where kind = 'confirm_signature' and subject like '%bench%'`,
      );
      return rows[0].n as number;
    };
    expect(await sent()).toBe(1);
    town.later(1.1);
    expect(await sent()).toBe(2);
    town.later(1.1);
    expect(await sent()).toBe(3);
    town.later(1.1);
    expect(await sent()).toBe(3);
    town.later(6);
    expect(await sent()).toBe(4);
    town.later(6);
    expect(await sent()).toBe(4);
  });
});
