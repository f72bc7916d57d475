import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mailsGoOut, nightBus, noRates, openPetition, signer, smallScheme } from './story.ts';

const LARGEST = 60_000;

describe('The page of a petition', () => {
  let town: Town;
  let open: number;
  let code: string;
  beforeAll(async () => {
    town = await openTown({ site: 'built' });
    await smallScheme(town, { response: 10, evidence: 20, debate: 30 });
    await noRates(town);
    ({ petition: open, code } = await openPetition(town, 'Seats at the bus station'));
  });
  afterAll(() => town.close());

  const see = async (path: string, who: Caller = town.visitor()) => {
    const response = await who.fetch(path);
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const page = (id: number, who?: Caller, lang = '') => see(`${lang}/petitions/${id}`, who);
  const set = (id: number, change: string, values: unknown[] = []) =>
    town.sql.query(`update petitions set ${change} where id = $1`, [id, ...values]);
  /** What is read by everybody is shared for a second: each change gets a petition of its own. */
  const fresh = (title: string) => openPetition(town, title);
  const FORM = 'action="?/sign';

  it('that is open can be signed, shared as a link, and kept for all who have no session', async () => {
    const { status, html, headers } = await page(open);
    expect(status).toBe(200);
    expect(html).toContain('Seats at the bus station</h1>');
    expect(html).toContain(FORM);
    expect(html).toContain(`property="og:image" content="${town.url}/petitions/${open}/image.png"`);
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1];
    expect(JSON.parse(json!)).toMatchObject({ name: 'Seats at the bus station', inLanguage: 'en' });
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('cache-control') ?? '').not.toContain('private');
    expect((await page(open, undefined, '/cy')).html).toContain('Llofnodwch hi');
  });

  it('stays small with a long life behind it', async () => {
    const { petition } = await fresh('Six months of signing');
    await set(petition, 'details = $2, lon = -3.0018, lat = 51.842', ['Word for word. '.repeat(53)]);
    await town.sql.query(
      `insert into petition_days (petition_id, day, confirmed)
       select $1, $2::date + n, 20 + n from generate_series(0, 179) n on conflict do nothing`,
      [petition, town.clock.now],
    );
    await town.sql.query(
      `insert into petition_wards (petition_id, ward_id, count)
       select $1, id, 40 from areas where kind = 'ward' and valid_to is null`,
      [petition],
    );
    const { html } = await page(petition);
    expect(html).toContain('Week by week');
    expect(html).toContain('/places/still.svg?lon=-3.00180');
    expect(html).toMatch(/href="\/places\/wards\.svg\?v=[\w-]+#w-/);
    expect(html.length).toBeLessThan(LARGEST);
    const shapes = /\/places\/wards\.svg\?v=[\w-]+/.exec(html)![0];
    const drawn = await see(shapes);
    expect(drawn.headers.get('cache-control')).toContain('immutable');
    // one finds one's way by the river
    expect(html).toContain(`${shapes}#water`);
    expect(drawn.html).toContain('<path id="water"');
  });

  it('that is over says how it ended, and why; nobody can sign it', async () => {
    const ends: Array<[state: string, words: string]> = [
      ['closed', 'Signing is over. It stopped before the next number'],
      ['withdrawn', 'Its organiser took it back.'],
      ['stopped', 'The council has ended this petition.'],
    ];
    for (const [state, words] of ends) {
      const { petition } = await fresh(`One that is ${state}`);
      const reason = state === 'closed' ? null : `It was done: ${state}.`;
      await set(petition, `state = '${state}', closed_at = $2, ended_reason = $3`, [town.clock.now, reason]);
      const { html, status } = await page(petition);
      expect(status).toBe(200);
      expect(html).toContain(words);
      if (reason) expect(html).toContain(`The reason: ${reason}`);
      expect(html).toContain('What happened next');
      expect(html).not.toContain(FORM);
    }
  });

  it('that was refused says why in public; libel is not repeated', async () => {
    const grace = await town.as('Grace Okafor');
    const refuse = async (title: string, code: string, reason: string) => {
      const { petition } = await nightBus(town, grace, title);
      await set(petition, `state = 'rejected', rejection_code = $2, rejection_reason = $3`, [code, reason]);
      return page(petition);
    };
    const refused = await refuse('Mend the county road', 'not_our_responsibility', 'Ask the county.');
    expect(refused.status).toBe(200);
    expect(refused.html).toContain('Mend the county road</h1>');
    expect(refused.html).toContain('This petition was not published for signing.');
    expect(refused.html).toContain('The reason: Ask the county.');
    expect(refused.html).toContain('href="/decisions/petitions"');
    expect(refused.html).not.toContain(FORM);
    const libel = await refuse('The mayor takes bribes', 'libellous', 'No proof.');
    expect(libel.status).toBe(200);
    expect(libel.html).toContain('A petition whose words are not shown');
    expect(libel.html).toContain('The reason: No proof.');
    expect(libel.html).not.toContain('bribes');
  });

  it('that is not public yet is there for who has its link, and for nobody else', async () => {
    const { petition, key } = await nightBus(town, await town.as('Grace Okafor'), 'A bench by the weir');
    expect((await page(petition)).status).toBe(404);
    const shown = await see(`/petitions/${petition}?key=${key}`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('cache-control')).toContain('no-store');
    expect(shown.html).toContain('noindex');
    expect(shown.html).toContain('0 people of 5 stand behind it.');
    expect(shown.html).toContain('Stand behind it</h2>');
    expect(shown.html).toContain(`name="key" value="${key}"`);
    await set(petition, `state = 'in_moderation'`);
    expect((await see(`/petitions/${petition}?key=${key}`)).html).toContain('A moderator is reading it.');
    expect((await see('/petitions/999999')).status).toBe(404);
    expect((await see('/petitions/not-a-number')).status).toBe(404);
  });

  it('whose words are hidden shows none of them; one that was taken away says only that, and why', async () => {
    const [{ petition: hidden }, { petition: part }, { petition: gone }] = [
      await fresh('A secret title'),
      await fresh('A fine title'),
      await fresh('A title that goes'),
    ];
    const now = town.clock.now;
    await set(hidden, `hidden_at = $2, hidden_reason = 'It names a child.'`, [now]);
    await set(part, `hidden_at = $2, hidden_parts = '{name}', hidden_reason = 'A false name.'`, [now]);
    await set(gone, `removed_at = $2, removed_reason = 'A court decided so.'`, [now]);
    const whole = await page(hidden);
    expect(whole.status).toBe(200);
    expect(whole.html).toContain('A moderator has hidden the words of this petition.');
    expect(whole.html).toContain('It names a child.');
    expect(whole.html).not.toContain('A secret title');
    expect(whole.html).not.toContain(FORM);
    const name = (await page(part)).html;
    expect(name).toContain('A moderator has hidden a part of this petition');
    expect(name).not.toContain('Grace Okafor');
    expect(name).toContain(FORM);
    const away = await page(gone);
    expect(away.status).toBe(410);
    expect(away.html).toContain('This petition was taken away');
    expect(away.html).toContain('A court decided so.');
    expect(away.html).not.toContain('A title that goes');
  });

  it('keeps what it reached when false signatures are taken away, and says both numbers and when', async () => {
    const { petition } = await fresh('A crossing by the school');
    await set(petition, `response_reached_at = $2`, [town.clock.now]);
    await town.sql.query(
      'update petition_counts set online = 6, paper = 2, invalidated = 4 where petition_id = $1',
      [petition],
    );
    const { html } = await page(petition);
    expect(html).toMatch(/It reached 10 on \d+ \w+ \d{4}\. After that, .* now it stands at 8\./);
    expect(html).toContain('Online 6 · on paper 2');
    expect((await see(`/petitions/${petition}/integrity`)).html).toContain(
      '4 signatures were found to be false and taken away.',
    );
  });

  it('tells of a debate with its video at the right minute, the decision and the vote', async () => {
    const { petition } = await fresh('Open the library on Sundays');
    const rhian = await town.as('Rhian Pugh');
    const says = (body: object) =>
      rhian.call('answerPetition', { params: { petition }, body: { lang: 'en', ...body } as never });
    await says({ kind: 'debate_scheduled', summary: 'In full council.', happensOn: '2030-11-04' });
    const data = {
      meeting: 'Full council',
      video: 'https://video.example.org/council',
      videoFrom: 754,
      decision: 'Agreed.',
      votesFor: 14,
      votesAgainst: 5,
      abstained: 2,
    };
    await says({ kind: 'debated', summary: 'For forty minutes.', happensOn: '2030-11-04', data });
    await says({ kind: 'response', summary: 'It opens in May.', details: 'So it is. '.repeat(60) });
    const { html } = await page(petition);
    expect(html).toContain('Meeting: Full council');
    expect(html).toContain('href="https://video.example.org/council#t=754"');
    expect(html).toContain('Watch it from 12:34');
    expect(html).toContain('Votes: 14 for, 5 against, 2 did not vote');
    expect(html).not.toContain('So it is. So it is.');
    const answer = new RegExp(`/petitions/${petition}/answers/[\\w-]+`).exec(html)?.[0];
    expect((await see(answer!)).html).toContain('So it is. So it is.');
    expect((await see(`/petitions/${petition}/answers/${crypto.randomUUID()}`)).status).toBe(404);
  });

  it('waits through a pause with a sentence in the place of the form', async () => {
    const { petition } = await fresh('Keep the brass band');
    const { rows } = await town.sql.query(
      `insert into pauses (organisation_id, what, starts_on, ends_on, reason, created_by)
       select p.organisation_id, 'collecting', $2, $3, '{"en":"Election"}', p.person_id from petitions p where p.id = $1
       returning id`,
      [petition, town.clock.now, new Date(town.clock.now.getTime() + 9 * 86_400_000)],
    );
    const { html } = await page(petition);
    await town.sql.query('delete from pauses where id = $1', [rows[0].id]);
    expect(html).toContain('Before the election nobody may collect signatures');
    expect(html).not.toContain(FORM);
  });

  it('shows its organiser what only they can do', async () => {
    const grace = await town.as('Grace Okafor');
    const { petition } = await fresh('A lawn for dogs');
    const own = await page(petition, grace);
    expect(own.html).toContain('You started this one');
    expect(own.html).toContain('You have signed. Thank you.');
    expect((await see(`/petitions/${petition}/scrutiny`, grace)).status).toBe(303);
    await (
      await town.as('Rhian Pugh')
    ).call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'No.', lang: 'en' } as never,
    });
    expect((await see(`/petitions/${petition}/scrutiny`, grace)).html).toContain(
      'What should scrutiny look at?',
    );
    expect((await see(`/petitions/${petition}/scrutiny`)).status).toBe(303);
    const asked = await grace.fetch(`/petitions/${petition}/scrutiny`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: new URLSearchParams({ words: 'Nobody asked us.', lang: 'en' }).toString(),
    });
    expect(asked.status).toBe(303);
    // with the clock of a test standing still the answer is the shared one for a second
    await expect.poll(async () => (await page(petition, grace)).html).toContain('Nobody asked us.');
  });

  it('gives number and receipt to who has the mailed link, and to nobody else', async () => {
    const mail = signer('Ann Rees', code);
    await town.visitor().call('signPetition', { params: { petition: open }, body: mail });
    await mailsGoOut(town);
    const token = await town.tokenTo(mail.email!);
    const there = (id: number, of: string) => see(`/petitions/${id}/signed/${of}`);
    expect((await there(open, token)).headers.get('location')).toBe(`/confirm/${token}`);
    await town.visitor().call('useToken', { params: { token }, body: {} });
    const found = await there(open, token);
    expect(found.status).toBe(200);
    expect(found.headers.get('cache-control')).toContain('no-store');
    expect(found.html).toContain('You are number 2');
    const { rows } = await town.sql.query('select receipt from signatures where email = $1', [mail.email]);
    expect(found.html).toContain(rows[0].receipt);
    expect((await there(open + 1, token)).status).toBe(404);
    expect((await there(open, 'nobody-was-ever-given-this')).status).toBe(404);
    expect((await there(open, 'me')).headers.get('location')).toBe(`/petitions/${open}`);
    expect((await page(open)).html).not.toContain(rows[0].receipt);
  });

  it('gives each of those who press at once a number of their own', async () => {
    const { petition } = await fresh('A tap on the green');
    const names = ['Ann One', 'Ben Two', 'Cat Three', 'Dan Four', 'Eve Five'];
    for (const name of names)
      await town.visitor().call('signPetition', { params: { petition }, body: signer(name, code) });
    await mailsGoOut(town);
    const tokens = await Promise.all(names.map((name) => town.tokenTo(signer(name, code).email!)));
    const press = (token: string) =>
      town.visitor().call('confirmSignature', { params: { petition }, body: { token } });
    const pressed = await Promise.all([...tokens, tokens[0]!].map(press));
    const numbers = pressed.flatMap(({ number }) => number ?? []);
    expect([...new Set(numbers)].sort()).toEqual([2, 3, 4, 5, 6]);
    expect((await press(tokens[1]!)).number).toBeNull();
  });

  it('lets the button be pressed again when signing waits, and says why it did not count', async () => {
    const { petition } = await fresh('Shade on the market square');
    const mail = signer('Bea Lloyd', code);
    await town.visitor().call('signPetition', { params: { petition }, body: mail });
    await mailsGoOut(town);
    const token = await town.tokenTo(mail.email!);
    await set(petition, 'hidden_at = $2', [town.clock.now]);
    const refused = await town.visitor().say('useToken', { params: { token }, body: {} });
    expect(refused).toMatchObject({ status: 409, body: { code: 'petition_not_open' } });
    await set(petition, 'hidden_at = null');
    expect(await town.visitor().call('readToken', { params: { token } })).toMatchObject({ state: 'ready' });
    const used = await town.visitor().call('useToken', { params: { token }, body: {} });
    expect(used.to).toBe(`/petitions/${petition}/signed/${token}`);
  });

  it('says how long messages wait when many are being sent, the same to everybody', async () => {
    const { petition } = await fresh('A clock for the market hall');
    let n = 0;
    const ask = (email: string) =>
      town.visitor().call('signPetition', {
        params: { petition },
        body: { ...signer('Cai Rees', code), email },
      });
    await ask('slow@example.org');
    await mailsGoOut(town);
    const slow = `email = 'slow@example.org'`;
    await town.sql.query(
      `update signatures set mail_due_at = $1::timestamptz - interval '12 minutes' where ${slow}`,
      [town.clock.now],
    );
    // another process has it in hand and is slow
    await town.sql.query('begin');
    await town.sql.query(`select 1 from signatures where ${slow} for update`);
    try {
      // looked at anew every few seconds
      await vi.waitFor(
        async () =>
          expect(await ask(`cai.${(n += 1)}@example.org`)).toMatchObject({ counted: false, minutes: 12 }),
        { timeout: 60_000, interval: 1_000 },
      );
    } finally {
      await town.sql.query('rollback');
    }
    const asked = await see(`/petitions/${petition}/signed/asked?wait=12`);
    expect(asked.html).toContain('Many people are signing just now: it may take 13 minutes.');
  });
});
