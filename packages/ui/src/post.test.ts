import { compileWords } from '../../words/src/compile.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type * as Post from './post.ts';

let post: typeof Post.post;
let fillPath: typeof Post.fillPath;
let inWords: typeof Post.inWords;
beforeAll(async () => {
  await compileWords();
  ({ post, fillPath, inWords } = await import('./post.ts'));
});

const signPetition = { method: 'POST', path: '/petitions/:id/signatures' };

/** A server that answers once, and remembers what it was asked. */
function server(status: number, body: unknown) {
  const asked: { address: string; init: RequestInit }[] = [];
  const fetch = (async (address: string, init: RequestInit) => {
    asked.push({ address, init });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  }) as typeof globalThis.fetch;
  return { asked, fetch };
}
const form = (values: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};

describe('a form that is sent', () => {
  test('goes as JSON to the endpoint, with the thing it is about in the address', async () => {
    const { asked, fetch } = server(200, { number: 1205 });
    const options = { endpoint: signPetition, params: { id: 'bus 14' }, fetch };
    const outcome = await post<{ number: number }>(options, form({ name: 'Mair' }));
    expect(outcome).toEqual({ ok: true, answer: { number: 1205 } });
    expect(asked[0]!.address).toBe('/api/v1/petitions/bus%2014/signatures');
    expect(asked[0]!.init.method).toBe('POST');
    expect(asked[0]!.init.body).toBe('{"name":"Mair"}');
    expect(asked[0]!.init.headers).toMatchObject({ 'accept-language': 'en' });
  });

  test('comes back with what to put right, field by field', async () => {
    const fields = { postcode: 'Write a whole postcode', name: ['empty'] };
    const { fetch } = server(422, { code: 'invalid', fields });
    const invalid = (field: string) => (field === 'name' ? 'Write your name' : undefined);
    const outcome = await post({ endpoint: signPetition, params: { id: 7 }, fetch, invalid }, form({}));
    expect(outcome).toEqual({
      ok: false,
      errors: { postcode: 'Write a whole postcode', name: 'Write your name' },
      message: null,
    });
  });

  test('comes back with the words for a refusal', async () => {
    const { fetch } = server(409, { code: 'already_signed', number: 12 });
    const refused = (code: string, answer: Record<string, unknown>) =>
      code === 'already_signed' ? `You are number ${answer.number} already.` : undefined;
    const outcome = await post({ endpoint: signPetition, params: { id: 7 }, fetch, refused }, form({}));
    expect(outcome).toEqual({ ok: false, errors: null, message: 'You are number 12 already.' });
  });

  test.each([
    [409, { code: 'nobody_wrote_words' }, 'We could not do that. Nothing you wrote is lost.'],
    [500, 'a stack trace', 'Something broke on our side. Nothing you wrote is lost. Try again in a moment.'],
    [429, {}, 'That was a lot in a short time. Wait a minute, then try again. Nothing you wrote is lost.'],
  ])('says something plain for %i', async (status, body, message) => {
    const { fetch } = server(status, body);
    expect(await post({ endpoint: signPetition, params: { id: 7 }, fetch }, form({}))).toEqual({
      ok: false,
      errors: null,
      message,
    });
  });

  test('says so when there is no signal', async () => {
    const fetch = (() => Promise.reject(new TypeError('Failed to fetch'))) as typeof globalThis.fetch;
    const outcome = await post({ endpoint: signPetition, params: { id: 7 }, fetch }, form({}));
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('no signal') });
  });
});

test('a gap in an address is a mistake of ours, found at once', () => {
  expect(() => fillPath('/reports/:id', {})).toThrow('No id for /reports/:id');
});

test('a page that came back without a script says the same', () => {
  const invalid = (field: string, found: string) =>
    field === 'email' && found === 'required' ? 'Write your e-mail' : undefined;
  const fields = { email: 'required', name: 'required', story: 'too_long' };
  expect(inWords({ invalid }, { code: 'invalid', fields }).errors).toEqual({
    email: 'Write your e-mail',
    name: 'Write or choose something here',
    story: 'This is too long. Make it shorter',
  });
  expect(inWords({}, { code: 'broken' }, 500).message).toMatch(/^Something broke on our side/);
});
