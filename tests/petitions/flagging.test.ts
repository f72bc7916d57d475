import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRates, openPetition, signer } from './story.ts';

describe('Somebody points at a petition', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await noRates(town);
  });
  afterAll(() => town.close());

  it('and Owen, who decides what is flagged, hides its words until they are shown again', async () => {
    const { petition, code } = await openPetition(town, 'My neighbour at number 9 is a thief');
    const topic = `petition:${petition}`;
    const mair = await town.as('Mair Pritchard');
    await mair.call('flagSomething', {
      body: { topic, part: 'text', reason: 'private_details', detail: 'Names a house.' },
    });
    const owen = await town.as('Owen Vaughan');
    const { items } = await owen.call('listFlagged', { query: {} });
    expect(items.map((one) => one.topic)).toContain(topic);
    const { decision } = await owen.call('decideFlagged', {
      body: {
        topic,
        part: 'text',
        decision: 'hide',
        saw: 'shown',
        rule: 2,
        reason: 'A house is named.',
        lang: 'en',
      },
    });
    const visitor = town.visitor();
    const read = () => visitor.call('readPetition', { params: { petition }, query: {} });
    expect(await read()).toMatchObject({ title: '…', why: '…' });
    const signed = await visitor.say('signPetition', { params: { petition }, body: signer('Ann One', code) });
    expect(signed.body).toEqual({ code: 'petition_not_open' });
    await owen.call('undoDecision', { params: { decision } });
    await expect.poll(async () => (await read()).title).toContain('number 9');
  });

  it('but never at one that is not published', async () => {
    const grace = await town.as('Grace Okafor');
    const { petition } = await grace.call('startPetition', { body: { title: 'A draft', lang: 'en' } });
    const said = await town.visitor().say('flagSomething', {
      body: { topic: `petition:${petition}`, part: 'text', reason: 'rude' },
    });
    expect(said.status).toBe(404);
  });
});
