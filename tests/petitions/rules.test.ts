/** An administrator sets the rules: a scheme in versions, reject codes, mail domains, rates. */
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fiveSupporters,
  nightBus,
  noRates,
  openPetition,
  signByMail,
  signer,
  somePostcode,
} from './story.ts';

describe('The scheme', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());
  const read = async () => (await town.as('Tomasz Nowak')).call('readPetitionScheme', { query: {} });

  it('is tried first: what changes, for whom, and whether it asks for more than a twentieth of the people', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    await openPetition(town);
    const { organisation, scheme, version, population } = await read();
    expect(version).toBe(1);
    expect(population).toBeGreaterThan(0);
    const tooMuch = Math.ceil(population / 20) + 1;
    const next = { ...scheme, supporters: 8, debate: tooMuch };
    const tried = await tomasz.call('tryPetitionScheme', {
      body: { organisation: organisation.id, scheme: next },
    });
    expect(tried).toMatchObject({ version: 2, base: 1, asksTooMuch: true, debateNeeds: tooMuch });
    expect(tried.changes).toEqual([
      { part: 'supporters', from: scheme.supporters, to: 8 },
      { part: 'debate', from: scheme.debate, to: tooMuch },
    ]);
    expect(tried.keep).toEqual([{ version: 1, running: 1 }]);
    expect((await read()).version).toBe(1);
  });

  it('is published as a new version; what runs keeps its own, and two who publish at once see each other', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const before = await openPetition(town, 'A tree for every street');
    const { organisation, scheme } = await read();
    const body = { organisation: organisation.id, scheme: { ...scheme, response: 40 }, base: 1 };
    await tomasz.call('createPetitionScheme', { body });
    expect((await tomasz.say('createPetitionScheme', { body })).body).toEqual({ code: 'changed_meanwhile' });
    const { version, versions } = await read();
    expect(version).toBe(2);
    expect(versions[0]).toMatchObject({
      by: 'Tomasz Nowak',
      changes: [{ part: 'response', from: 30, to: 40 }],
      petitions: 0,
    });
    expect(versions[1]!.running).toBeGreaterThan(0);
    const seen = await town
      .visitor()
      .call('readPetition', { params: { petition: before.petition }, query: {} });
    expect(seen.thresholds[0]!.at).toBe(30);
  });

  it('may ask for a share of the people: each petition gets the number of its day', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { organisation, scheme, population } = await read();
    const share = { ...scheme, debateShare: 4 };
    await tomasz.call('createPetitionScheme', { body: { organisation: organisation.id, scheme: share } });
    expect((await read()).debateNeeds).toBe(Math.ceil(population * 0.04));
    // one person sends off two in an hour
    town.later(61);
    const { petition } = await openPetition(town, 'Longer hours at the library');
    const at = async () => {
      const seen = await town.visitor().call('readPetition', { params: { petition }, query: {} });
      return seen.thresholds.find((one) => one.threshold === 'debate')!.at;
    };
    expect(await at()).toBe(Math.ceil(population * 0.04));
    await town.sql.query('update areas set population = population * 2');
    expect(await at()).toBe(Math.ceil(population * 0.04));
    expect((await read()).debateNeeds).toBe(Math.ceil(population * 0.08));
  });

  it('is nobody’s to change but an administrator’s', async () => {
    const { organisation, scheme } = await read();
    const body = { organisation: organisation.id, scheme };
    for (const name of ['Owen Vaughan', 'Dylan Rees']) {
      const caller = await town.as(name);
      expect((await caller.say('readPetitionScheme', { query: {} })).status).toBe(403);
      expect((await caller.say('tryPetitionScheme', { body })).status).toBe(403);
      expect((await caller.say('createPetitionScheme', { body })).status).toBe(403);
    }
    const wrong = { ...scheme, response: 90, evidence: 50 };
    const said = await (
      await town.as('Tomasz Nowak')
    ).say('tryPetitionScheme', { body: { organisation: organisation.id, scheme: wrong } });
    expect(said.body).toMatchObject({ code: 'invalid', fields: { 'scheme.evidence': 'not_rising' } });
  });
});

describe('The rules behind petitions', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());
  const tomasz = () => town.as('Tomasz Nowak');
  const rules = async () => (await tomasz()).call('readPetitionRules', {});

  it('name reject codes in both languages; a retired one is no longer offered and keeps its words', async () => {
    const caller = await tomasz();
    const name = { en: 'Needs a by-law', cy: 'Angen is-ddeddf' };
    const about = { en: 'Only a by-law could do it.', cy: 'Dim ond is-ddeddf allai ei wneud.' };
    await caller.call('savePetitionRejectionCode', {
      params: { code: 'needs_bylaw' },
      body: { name, about, hidesText: false, fresh: true },
    });
    const offered = async () =>
      (await town.visitor().call('listPetitionRejectionCodes', {})).map((one) => one.code);
    expect(await offered()).toContain('needs_bylaw');
    // whoever makes a new one does not write over another's words by chance
    const again = {
      params: { code: 'needs_bylaw' },
      body: { name: about, about, hidesText: true, fresh: true },
    };
    expect(await caller.say('savePetitionRejectionCode', again)).toMatchObject({ status: 409 });
    expect((await rules()).codes.find((one) => one.code === 'needs_bylaw')).toMatchObject({ name });
    const params = { code: 'joke' };
    await caller.call('retirePetitionRejectionCode', { params, body: { retired: 'yes' } });
    expect(await offered()).not.toContain('joke');
    expect((await rules()).codes.find((one) => one.code === 'joke')).toMatchObject({ retired: true });
    const owen = await town.as('Owen Vaughan');
    await noRates(town);
    const { petition, key, code } = await nightBus(town, await town.as('Grace Okafor'));
    await fiveSupporters(town, petition, key, code);
    const reject = (why: string) =>
      owen.say('decidePetition', {
        params: { petition },
        body: { command: 'reject', code: why, reason: 'It cannot be done otherwise.', lang: 'en' },
      });
    expect((await reject('joke')).body).toEqual({ code: 'invalid', fields: { code: 'not_an_option' } });
    expect((await reject('needs_bylaw')).status).toBe(200);
    await caller.call('retirePetitionRejectionCode', { params, body: { retired: 'no' } });
    expect(await offered()).toContain('joke');
  });

  it('compare the addresses of petitions under way anew when a mail domain’s rule changes', async () => {
    const { petition } = await openPetition(town, 'A roof for the bus stop');
    const { code } = await somePostcode(town);
    for (const email of ['a.nn@mail.example', 'ann@mail.example', 'be.n@mail.example'])
      await signByMail(town, petition, { ...signer('Ann Dot', code), email });
    const caller = await tomasz();
    const rule = { stripsDots: true, stripsTag: true };
    const tried = await caller.call('tryEmailRule', {
      body: { email: 'Be.N+x@mail.example', domain: 'mail.example', ...rule },
    });
    expect(tried).toEqual({ now: 'be.n@mail.example', then: 'ben@mail.example', signatures: 3, same: 1 });
    const saved = await caller.call('saveEmailRule', { params: { domain: 'mail.example' }, body: rule });
    expect(saved).toEqual({ signatures: 3, same: 1 });
    await town.app.house.jobs.run('compare_addresses', { domains: ['mail.example'] });
    const { rows } = await town.sql.query(
      `select canonical, state from signatures where email like '%@mail.example' order by canonical`,
    );
    // nobody's signature is taken away: Ann's two stay until a moderator decides
    expect(rows.map((row) => [row.canonical, row.state])).toEqual([
      ['a.nn@mail.example', 'confirmed'],
      ['ann@mail.example', 'confirmed'],
      ['ben@mail.example', 'confirmed'],
    ]);
    const { rows: before } = await town.sql.query('select count(*)::int as n from signatures');
    await town.visitor().call('signPetition', {
      params: { petition },
      body: { ...signer('Ben Again', code), email: 'b.en@mail.example' },
    });
    const { rows: after } = await town.sql.query('select count(*)::int as n from signatures');
    expect(after[0].n).toBeLessThanOrEqual(before[0].n + 1);
  });

  it('know aliases of one step, and give a domain its usual rule back', async () => {
    const caller = await tomasz();
    const rule = { stripsDots: false, stripsTag: true };
    const save = (domain: string, aliasOf: string) =>
      caller.say('saveEmailRule', { params: { domain }, body: { ...rule, aliasOf } });
    expect((await save('post.example', 'post.example')).body).toEqual({ code: 'alias_of_itself' });
    expect((await save('post.example', 'googlemail.com')).body).toEqual({ code: 'alias_of_alias' });
    expect((await save('post.example', 'gmail.com')).status).toBe(200);
    const tried = await caller.call('tryEmailRule', { body: { email: 'A.b+c@post.example', ...rule } });
    expect(tried.now).toBe('ab@gmail.com');
    const drop = (domain: string) => caller.say('dropEmailRule', { params: { domain } });
    expect((await drop('gmail.com')).body).toEqual({ code: 'has_aliases' });
    expect((await drop('post.example')).status).toBe(200);
    expect((await drop('post.example')).status).toBe(404);
  });

  it('keep rates and lists, and understand only networks and domains', async () => {
    const caller = await tomasz();
    const { rates } = await rules();
    const next = { ...rates, suspect: 50, block: { networks: ['203.0.113.7'], domains: ['bots.example'] } };
    await caller.call('savePetitionRates', { body: next });
    expect((await rules()).rates).toEqual(next);
    const wrong = { ...next, block: { networks: ['my neighbour'], domains: [] } };
    const said = await caller.say('savePetitionRates', { body: wrong });
    expect(said.body).toMatchObject({ fields: { 'block.networks.0': 'not_understood' } });
  });

  it('are the place’s administrator’s alone', async () => {
    for (const name of ['Owen Vaughan', 'Dylan Rees']) {
      const caller = await town.as(name);
      expect((await caller.say('readPetitionRules', {})).status).toBe(403);
      const rule = { stripsDots: false, stripsTag: false };
      expect(
        (await caller.say('saveEmailRule', { params: { domain: 'x.example' }, body: rule })).status,
      ).toBe(403);
      expect((await caller.say('tryEmailRule', { body: rule })).status).toBe(403);
      expect((await caller.say('dropEmailRule', { params: { domain: 'gmail.com' } })).status).toBe(403);
    }
  });
});
