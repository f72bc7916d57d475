import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fiveSupporters, nightBus, noRates, signByMail, signer, smallScheme } from './story.ts';

describe('Grace asks who signed', () => {
  let town: Town;
  let grace: Caller;
  let petition: number;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town);
    await noRates(town);
    grace = await town.as('Grace Okafor');
    const made = await nightBus(town, grace);
    ({ petition } = made);
    await fiveSupporters(town, petition, made.key, made.code);
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('decidePetition', {
      params: { petition },
      body: { command: 'publish', lang: 'en' } as never,
    });
    const shown = (name: string) => ({ ...signer(name, made.code), showName: 'on' });
    await signByMail(town, petition, shown('Ann Shown'));
    await signByMail(town, petition, {
      ...shown('=HYPERLINK("http")'),
      email: 'formula@example.org',
      name: '=1+1, "Bob"',
    });
    await town.visitor().call('signPetition', { params: { petition }, body: shown('Not Pressed') });
  });
  afterAll(() => town.close());

  const file = (who: Caller, lang = 'en') => who.fetch(`/api/v1/petitions/${petition}/signers?lang=${lang}`);

  it('gets the names of those who let her, with ward and day, and no address', async () => {
    const answer = await file(grace);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const [head, ...lines] = (await answer.text()).trim().split('\r\n');
    expect(head).toBe('Name,Ward,Day');
    // hers who ticked, and a name that a spreadsheet must not run
    expect(lines.map((line) => line.replace(/,[^,]*,2025-10-16$/, ''))).toEqual([
      'Ann Shown',
      `"'=1+1, ""Bob"""`,
    ]);
    expect((await (await file(grace, 'cy')).text()).split('\r\n')[0]).toBe('Enw,Ward,Diwrnod');
    expect((await grace.call('readMyPetition', { params: { petition } })).named).toBe(2);
  });

  it('and nobody else does, not the moderators either', async () => {
    expect((await file(town.visitor())).status).toBe(401);
    for (const name of ['Mair Pritchard', 'Rhian Pugh', 'Tomasz Nowak'])
      expect((await file(await town.as(name))).status).toBe(404);
  });
});
