import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const params = { slug: 'friends-of-weir-fields' };

describe('Huw looks after the Friends of Weir Fields', () => {
  let town: Town;
  let huw: Caller;
  let mair: Caller;
  beforeAll(async () => {
    town = await openTown();
    huw = await town.as('Huw Bevan');
    mair = await town.as('Mair Pritchard');
    // the town's story has given the group another organiser; here Huw begins alone
    for (const [table, ended] of [
      ['grants', 'ended_at'],
      ['memberships', 'left_at'],
    ])
      await town.sql.query(
        `update ${table} set ${ended} = now() where organisation_id = (select id from organisations where slug = $1)
          and person_id <> (select id from people where name = 'Huw Bevan')`,
        [params.slug],
      );
  });
  afterAll(() => town.close());

  const page = () => town.visitor().call('readOrganisation', { params });
  const desk = async (who = huw) => (await who.call('readGroup', { params })).desk!;
  const keyIn = (door: string) => new URL(door, 'http://x').searchParams.get('key')!;

  it('changes one part of its page at a time, without a second factor', async () => {
    expect(await huw.call('readGroup', { params })).toMatchObject({ mine: 'organiser' });
    await huw.call('saveGroup', {
      params,
      body: { meets: { en: 'First Saturday, ten o’clock, by the bandstand.' } },
    });
    await huw.call('saveGroup', {
      params,
      body: { email: 'huw@weirfields.example', website: 'weirfields.example/us' },
    });
    const seen = await page();
    expect(seen).toMatchObject({
      meets: { en: 'First Saturday, ten o’clock, by the bandstand.' },
      email: 'huw@weirfields.example',
      website: 'https://weirfields.example/us',
      members: 1,
    });
    expect(seen.about).not.toBeNull();
    await huw.call('saveGroup', { params, body: { email: '', website: '' } });
    expect(await page()).toMatchObject({ email: null, website: null });
  });

  it('is told what is no address of a website', async () => {
    for (const website of ['javascript:alert(1)', 'ftp://x.example', 'not an address', 'https://'])
      expect((await huw.say('saveGroup', { params, body: { website } })).status, website).toBe(422);
  });

  it('nobody else changes it: not a neighbour, not an officer, not for a body that is no group', async () => {
    const body = { about: { en: 'Mine now' } };
    for (const name of ['Mair Pritchard', 'Dylan Rees', 'Rhian Pugh'])
      expect((await (await town.as(name)).say('saveGroup', { params, body })).status, name).toBe(404);
    expect((await huw.say('saveGroup', { params: { slug: 'council' }, body })).status).toBe(404);
    const groups = (await town.visitor().call('listOrganisations', {})).items.filter(
      (it) => it.kind === 'group',
    );
    const other = groups.find((it) => it.slug !== params.slug)!;
    expect((await huw.say('saveGroup', { params: { slug: other.slug }, body })).status).toBe(404);
    const tomasz = await town.as('Tomasz Nowak');
    await tomasz.call('saveGroup', { params, body: { about: { en: 'We look after Weir Fields.' } } });
    expect((await page()).about).toEqual({ en: 'We look after Weir Fields.' });
  });

  it('hands a link round; Mair joins, is counted, and her name is for organisers alone', async () => {
    const key = keyIn((await desk()).door);
    expect(await mair.call('readGroupDoor', { params, query: { key } })).toEqual({
      open: true,
      member: false,
      signedIn: true,
    });
    await mair.call('joinGroup', { params, body: { key } });
    await mair.call('joinGroup', { params, body: { key } });
    expect((await page()).members).toBe(2);
    expect(JSON.stringify(await page())).not.toContain('Pritchard');
    expect(await mair.call('readGroup', { params })).toEqual({ mine: 'member', desk: null });
    expect((await desk()).people.map(({ name, part }) => [name, part])).toEqual([
      ['Huw Bevan', 'organiser'],
      ['Mair Pritchard', 'member'],
    ]);
    const { rows } = await town.sql.query(`select type from events where type = 'group.joined'`);
    expect(rows).toHaveLength(1);
  });

  it('a new link makes the old one useless, and a made-up one never worked', async () => {
    const old = keyIn((await desk()).door);
    const { door } = await huw.call('renewGroupDoor', { params });
    const grace = await town.as('Grace Okafor');
    for (const key of [old, 'made-up'])
      expect((await grace.say('joinGroup', { params, body: { key } })).body).toEqual({ code: 'too_late' });
    expect((await town.visitor().say('joinGroup', { params, body: { key: keyIn(door) } })).status).toBe(401);
    await grace.call('joinGroup', { params, body: { key: keyIn(door) } });
    expect((await page()).members).toBe(3);
  });

  it('takes somebody out, who may leave by themselves, too; a stranger can do neither', async () => {
    const { people } = await desk();
    const personOf = (name: string) => people.find((one) => one.name === name)!.person;
    const grace = { ...params, person: personOf('Grace Okafor') };
    expect((await mair.say('removeFromGroup', { params: grace })).status).toBe(404);
    await huw.call('removeFromGroup', { params: grace });
    expect((await huw.say('removeFromGroup', { params: grace })).status).toBe(404);
    expect(
      (await huw.say('removeFromGroup', { params: { ...params, person: personOf('Huw Bevan') } })).body,
    ).toEqual({ code: 'own' });
    await mair.call('leaveGroup', { params });
    expect((await mair.say('leaveGroup', { params })).status).toBe(404);
    expect((await page()).members).toBe(1);
  });

  it('asks a second organiser by mail, hands over, and may then leave; the last one stays', async () => {
    expect((await huw.say('leaveGroup', { params })).body).toEqual({ code: 'last_organiser' });
    const { invitation } = await huw.call('inviteOrganiser', {
      params,
      body: { email: 'nobody@example.org', lang: 'en' },
    });
    expect((await desk()).invited).toMatchObject([{ id: invitation, email: 'nobody@example.org' }]);
    await huw.call('endOrganiserInvitation', { params: { ...params, invitation } });
    expect((await desk()).invited).toEqual([]);
    await huw.call('inviteOrganiser', { params, body: { email: 'mair@anybridge.example', lang: 'cy' } });
    const { text, lang } = await town.mailTo('mair@anybridge.example');
    expect(lang).toBe('cy');
    const token = /\/invitation\/([\w-]+)/.exec(text)![1]!;
    await mair.call('acceptInvitation', { params: { token }, body: { agreed: true } });
    expect(await mair.call('readGroup', { params })).toMatchObject({ mine: 'organiser' });
    const again = await huw.say('inviteOrganiser', {
      params,
      body: { email: 'mair@anybridge.example', lang: 'cy' },
    });
    expect(again.body).toEqual({ code: 'already_holds' });
    const both = await Promise.all([huw.say('leaveGroup', { params }), mair.say('leaveGroup', { params })]);
    expect(both.map((said) => said.status).sort()).toEqual([200, 409]);
  });
});

describe('A picture of a group', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('is drawn anew, shown to all, changed and taken away', async () => {
    const huw = await town.as('Huw Bevan');
    const send = async (content: Buffer, who = huw, accept = 'application/json') => {
      const body = new FormData();
      body.set('file', new Blob([new Uint8Array(content)], { type: 'image/jpeg' }), 'us.jpg');
      return who.fetch(`/api/v1/organisations/${params.slug}/picture`, {
        method: 'POST',
        body,
        headers: { accept },
      });
    };
    const drawn = (colour: string) =>
      sharp({ create: { width: 900, height: 600, channels: 3, background: colour } })
        .jpeg()
        .withExif({ IFD0: { Artist: 'Huw at home' } })
        .toBuffer();
    const first = await send(await drawn('#274'));
    expect(first.status).toBe(200);
    const { picture } = (await first.json()) as { picture: string };
    const kept = await town.visitor().fetch(`/files/${picture}`);
    expect(kept.headers.get('content-type')).toBe('image/webp');
    const bytes = Buffer.from(await kept.arrayBuffer());
    expect(bytes.includes('Huw at home')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 640 });
    expect((await town.visitor().call('readOrganisation', { params })).picture).toBe(picture);

    const plain = await send(await drawn('#472'), huw, 'text/html');
    expect([plain.status, plain.headers.get('location')]).toEqual([303, `/organisations/${params.slug}`]);
    expect((await town.visitor().fetch(`/files/${picture}`)).status).toBe(404);
    const wrong = await send(Buffer.from('<svg onload="alert(1)"/>'.repeat(9)), huw, 'text/html');
    expect(wrong.headers.get('location')).toContain('?problem=not_a_photo');
    expect((await send(await drawn('#724'), await town.as('Mair Pritchard'))).status).toBe(404);
    expect((await send(await drawn('#724'), town.visitor())).status).toBe(401);

    await huw.call('removePicture', { params });
    expect((await town.visitor().call('readOrganisation', { params })).picture).toBeNull();
  });

  it('anybody points at its words; taken down they are gone, and what Huw writes anew stands in their place', async () => {
    const [huw, tomasz] = [await town.as('Huw Bevan'), await town.as('Tomasz Nowak')];
    const page = () => town.visitor().call('readOrganisation', { params });
    const about = { en: 'Buy your ladders from me.' };
    await huw.call('saveGroup', { params, body: { about, email: 'huw@weirfields.example' } });
    const { id } = await page();
    const thing = { topic: `group:${id}`, part: 'text' };
    const seen = await town.visitor().call('readFlaggable', { query: thing });
    expect(seen).toMatchObject({ kind: 'group', to: `/organisations/${params.slug}` });
    expect(seen.text).toContain('ladders');
    await town.visitor().call('flagSomething', { body: { ...thing, reason: 'advert' } });

    const decide = {
      ...thing,
      decision: 'hide',
      saw: 'shown',
      rule: 4,
      reason: 'An advert.',
      lang: 'en',
    } as const;
    expect((await huw.say('decideFlagged', { body: decide })).status).toBe(403);
    const { decision } = await tomasz.call('decideFlagged', { body: decide });
    expect(await page()).toMatchObject({ about: null, email: null, takenDown: ['text'] });
    expect((await town.visitor().say('readFlaggable', { query: thing })).status).toBe(404);
    expect((await huw.call('readDecision', { params: { decision } })).mayAppeal).toBe(true);
    expect((await town.visitor().call('listDecisions', { query: {} })).items[0]).toMatchObject({
      kind: 'group',
    });

    // the same words again stay down
    await huw.call('saveGroup', { params, body: { about } });
    expect(await page()).toMatchObject({ about: null, takenDown: ['text'] });
    await huw.call('saveGroup', { params, body: { about: { en: 'We look after Weir Fields.' } } });
    expect(await page()).toMatchObject({
      about: { en: 'We look after Weir Fields.' },
      email: null,
      takenDown: [],
    });
    // of a body that is no group nothing can be pointed at: the council speaks there
    const council = await town.visitor().call('readOrganisation', { params: { slug: 'council' } });
    const query = { topic: `group:${council.id}`, part: 'text' };
    expect((await town.visitor().say('readFlaggable', { query })).status).toBe(404);
  });
});
