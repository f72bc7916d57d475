import type { LiveFromServer } from '@folkmoot/core/live/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { nightBus, noRates, signByMail, signer, smallScheme } from './story.ts';

/** A stranger’s browser, with no cookie at all. */
async function watch(town: Town, topics: string[]) {
  const socket = new WebSocket(`${town.url.replace('http', 'ws')}/live`, { origin: town.url });
  const heard: LiveFromServer[] = [];
  socket.on('message', (raw: Buffer) => heard.push(JSON.parse(String(raw)) as LiveFromServer));
  await new Promise((open) => socket.once('open', open));
  socket.send(JSON.stringify({ subscribe: Object.fromEntries(topics.map((topic) => [topic, null])) }));
  /** What was told of this kind, and where: also of what was done before, which the hub tells a moment later. */
  const told = (type: string) =>
    heard.flatMap((one) => ('type' in one && one.type === type ? [[one.topic, one.data]] : []));
  return { socket, told, refused: () => heard.flatMap((one) => ('refused' in one ? [one.topic] : [])) };
}

describe('Who watches a petition that is not there yet', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town);
    await noRates(town);
  });
  afterAll(() => town.close());

  it('holds the supporters’ link: the count moves as they come, and with another key nothing is heard', async () => {
    const grace = await town.as('Grace Okafor');
    const { petition, key, code } = await nightBus(town, grace);
    const other = await nightBus(town, grace, 'Another one, about seats');
    const wrong = [
      `petition:${petition}`,
      `petition-supporters:${petition}`,
      `petition-supporters:${petition}:${other.key}`,
    ];
    const right = `petition-supporters:${petition}:${key}`;
    const { socket, told, refused } = await watch(town, [...wrong, right]);
    await expect.poll(refused).toEqual(wrong);
    await signByMail(town, petition, { ...signer('Ann One', code), key });
    await expect.poll(() => told('petition.supported')).toEqual([[right, { petition, supporters: 1 }]]);
    socket.close();
  });

  it('hears of the last count before it hears that the petition has closed, in the order of their numbers', async () => {
    const { hub } = town.app.house;
    const heard: Array<[string, unknown]> = [];
    const { leave } = hub.subscribe('petition:4711', null, ({ type, data }) => heard.push([type, data]));
    await town.sql.query(
      `insert into events (topic, type, audience, data) values
       ('petition:4711', 'petition.signed', 'public', '{"total": 6}'),
       ('petition:4711', 'petition.signed', 'public', '{"total": 7}'),
       ('petition:4711', 'petition.state_changed', 'public', '{"to": "closed"}')`,
    );
    await expect
      .poll(async () => {
        await hub.wake();
        return heard.map(([type]) => type);
      })
      .toEqual(['petition.signed', 'petition.state_changed']);
    expect(heard[0]![1]).toEqual({ total: 7 });
    leave();
  });

  it('was let in to write it: others hear of no lock and no change', async () => {
    const mair = town.visitor();
    const { petition } = await mair.call('startPetition', { body: { title: 'A bench', lang: 'en' } });
    const body = { name: 'Mair' };
    const { topic, paragraphs } = await mair.call('inviteDrafters', { params: { petition }, body });
    const wrong = [`petition:${petition}`, `petition-draft:${petition}`, `${topic}x`];
    const { socket, told, refused } = await watch(town, [...wrong, topic]);
    await expect.poll(refused).toEqual(wrong);
    await mair.call('lockParagraph', { params: { petition, paragraph: paragraphs[0]!.id }, body: {} });
    await expect.poll(() => told('petition.draft_changed').at(-1)).toEqual([topic, { petition }]);
    expect(new Set(told('petition.draft_changed').map(([where]) => where))).toEqual(new Set([topic]));
    socket.close();
  });
});
