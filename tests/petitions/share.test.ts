import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { oneAtATime } from '@folkmoot/api/petitions/sharing/image.routes';
import { drawPicture } from '@folkmoot/api/petitions/sharing/picture';
import { openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRates, openPetition, signByMail, signer, smallScheme } from './story.ts';

const VERIFY = fileURLToPath(
  new URL('../../apps/api/src/petitions/sharing/assets/verify.mjs', import.meta.url),
);
const ASSETS = [
  'petition.js',
  'frame.js',
  'frame.css',
  'text-core.woff2',
  'text-ext.woff2',
  'display-core.woff2',
  'display-ext.woff2',
];

describe('A petition is handed on', () => {
  let town: Town;
  let petition: number;
  let code: string;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 10, evidence: 20, debate: 30 });
    await noRates(town);
    ({ petition, code } = await openPetition(town));
  });
  afterAll(() => town.close());

  const get = (path: string, headers: Record<string, string> = {}) => town.visitor().fetch(path, { headers });
  const bytes = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

  it('gives messengers a picture of the size they ask for, in either language', async () => {
    const english = await get(`/petitions/${petition}/image.png`);
    expect(english.headers.get('content-type')).toBe('image/png');
    expect(english.headers.get('cache-control')).toMatch(/^public, max-age=300/);
    expect(english.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const picture = await bytes(english);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
    expect(picture.length).toBeLessThan(150_000);
    const welsh = await bytes(await get(`/cy/petitions/${petition}/image.png`));
    expect(welsh.equals(picture)).toBe(false);
  });

  it('draws every letter itself, since a bare machine has no fonts', async () => {
    const shown = {
      id: 7,
      title: 'Lle diogel i chwarae wrth yr afon, ŵ ŷ',
      lang: 'cy' as const,
      state: 'open' as const,
      signatures: 1204,
      thresholds: [],
      closesAt: null,
    };
    const dress = {
      town: 'Pontany',
      address: 'pontany.example/petitions/7',
      hue: 356,
      chroma: 0.125,
      crest: null,
    };
    const svg = drawPicture(shown, dress, 'cy');
    expect(svg).not.toMatch(/<text|font-family/);
    const letters = (title: string) =>
      drawPicture({ ...shown, title }, dress, 'cy').match(/<path transform/g)!.length;
    expect(letters('ŵŷ') - letters('ŵ')).toBe(1);
    expect(letters('ab 🚌') - letters('ab')).toBe(0);
  });

  it('names the picture, and says "the same" to who has it', async () => {
    const tag = (await get(`/petitions/${petition}/image.png`)).headers.get('etag')!;
    const again = await get(`/petitions/${petition}/image.png`, { 'if-none-match': tag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('does not draw anew for every signature, but hides at once what a moderator hides', async () => {
    const tagNow = async () => (await get(`/petitions/${petition}/image.png`)).headers.get('etag');
    const before = await tagNow();
    await town.sql.query('update petition_counts set online = 9 where petition_id = $1', [petition]);
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await tagNow()).toBe(before);
    await town.sql.query(
      `update petitions set hidden_at = now(), hidden_reason = 'x', hidden_parts = '{title}' where id = $1`,
      [petition],
    );
    await expect.poll(tagNow, { timeout: 10_000 }).not.toBe(before);
    const frame = await (await get(`/petitions/${petition}/embed`)).text();
    expect(frame).not.toContain('night bus');
    expect(frame).toContain('A petition');
    await town.sql.query(`update petitions set hidden_at = null, hidden_parts = '{}' where id = $1`, [
      petition,
    ]);
    await expect.poll(tagNow, { timeout: 10_000 }).toBe(before);
  });

  it('answers many who ask for the same picture at once with one', async () => {
    const { petition: other } = await openPetition(town, 'Lamps along the weir');
    const answers = await Promise.all(Array.from({ length: 40 }, () => get(`/petitions/${other}/image.png`)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size).toBe(1);
  });

  it('draws one picture at a time, and sends away who comes when a dozen wait', async () => {
    const inTurn = oneAtATime(2);
    let atOnce = 0;
    let most = 0;
    let open = (): void => undefined;
    const gate = new Promise<void>((done) => (open = done));
    const work = async () => {
      most = Math.max(most, ++atOnce);
      await gate;
      atOnce -= 1;
    };
    const first = [inTurn(work), inTurn(work)];
    await expect(inTurn(work)).rejects.toMatchObject({ code: 'busy', status: 503, retryAfter: 5 });
    open();
    await Promise.all(first);
    expect(most).toBe(1);
    await inTurn(work);
  });

  it('lets any site frame the frame and nothing else, and sets no cookie anywhere', async () => {
    const frame = await get(`/petitions/${petition}/embed`);
    expect(frame.headers.get('x-frame-options')).toBeNull();
    const policy = frame.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('frame-ancestors *');
    expect(policy).not.toContain('unsafe');
    const html = await frame.text();
    expect(html).not.toMatch(/ style=|<style|<script>|onclick/);
    for (const path of [
      `/petitions/${petition}/embed`,
      `/cy/petitions/${petition}/embed`,
      `/petitions/${petition}/image.png`,
      `/petitions/${petition}/count.json`,
      ...ASSETS.map((name) => `/embed/${name}`),
      '/open-data/verify.mjs',
    ]) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('cache-control'), path).toMatch(/^public/);
    }
    // every other page stays out of frames
    expect((await get('/api/v1/place')).headers.get('x-frame-options')).not.toBeNull();
  });

  it('weighs less than ten kilobytes of script', async () => {
    const sizes = await Promise.all(
      ['petition.js', 'frame.js'].map(async (name) => (await bytes(await get(`/embed/${name}`))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_240);
  });

  it('says it in the language asked for, and where signing leads', async () => {
    const english = await (await get(`/petitions/${petition}/embed`)).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain(`href="/petitions/${petition}#sign"`);
    const welsh = await (await get(`/cy/petitions/${petition}/embed?theme=dark`)).text();
    expect(welsh).toContain('<html lang="cy" data-theme="dark">');
    expect(welsh).toContain(`href="/cy/petitions/${petition}#sign"`);
    expect(welsh).toContain('<h1 lang="en">');
    expect(await (await get(`/petitions/${petition}/embed?theme="><script>`)).text()).not.toContain(
      '<script>',
    );
  });

  it('writes what people wrote as words, never as markup', async () => {
    const { petition: sly } = await openPetition(town, 'Ban <script>alert(1)</script> & "quotes"');
    const html = await (await get(`/petitions/${sly}/embed`)).text();
    expect(html).toContain('Ban &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
  });

  it('shows nothing of what is not public or not there', async () => {
    const { rows } = await town.sql.query(
      `insert into petitions (organisation_id, scheme_id, title, why, lang, creator_name, state, channel, idempotency_key)
       select organisation_id, scheme_id, 'Secret so far', 'Because', 'en', 'Somebody', 'draft', 'web', 'share-draft'
       from petitions where id = $1 returning id`,
      [petition],
    );
    for (const id of [rows[0].id as string, '999999', '99999999999999999999']) {
      expect((await get(`/petitions/${id}/image.png`)).status).toBe(404);
      const frame = await get(`/petitions/${id}/embed`);
      expect(frame.status).toBe(404);
      expect(await frame.text()).not.toContain('Secret');
    }
    expect((await get('/embed/constructor')).status).toBe(404);
    expect((await get('/embed/..%2Fframe.ts')).status).toBe(404);
  });

  it('lets an outsider check the chain with one file and nothing of ours', async () => {
    const { receipt } = await signByMail(town, petition, signer('Ann One', code));
    town.later(61);
    await signByMail(town, petition, signer('Ben Two', code));
    town.later(61);
    for (let i = 0; i < 3; i++) await town.app.house.jobs.run('grow_trees');
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [VERIFY, town.url, String(petition), receipt!]);
    expect(stdout).toMatch(/^\d+ hours, \d+ signatures: the chain holds$/m);
    expect(stdout).toContain('Your signature is in the tree of');
    const said = await run(process.execPath, [VERIFY, town.url, String(petition), 'f'.repeat(64)]).catch(
      (error: { code: number; stdout: string }) => error,
    );
    expect(said).toMatchObject({ code: 1, stdout: expect.stringContaining('not in a tree yet') });
  });
});
