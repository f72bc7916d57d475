/** Logs carry no personal data: a whole journey of somebody, at the most talkative level, and nothing of them in it. */
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import { Caller } from '@folkmoot/testkit/town';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPetitionRow } from '../petitions/rows.ts';
import { connectTo, leave, neighbour, type Running, settle, start } from '../kit/process.ts';

const WHO = {
  name: 'Zebedee Quillfeather',
  email: 'zebedee.quillfeather@example.org',
  postcode: 'AB9 9ZX',
  words: 'Beneath the xylophone factory',
  password: 'correct-horse-battery-zebedee',
  agent: 'Zebra-Browser/9',
  network: '127.0.2.78',
};

describe('The log of a server', () => {
  let dir: string;
  let server: Running;
  let sql: pg.Client;
  beforeAll(async () => {
    dir = await settle();
    server = await start(dir, { LOG_LEVEL: 'trace' });
    sql = await connectTo(dir);
  });
  afterAll(async () => {
    await sql.end();
    await leave(server, dir);
  });

  /** The word of the button in a mail to them, once it has been written. */
  const mailed = async (kind: string): Promise<string> => {
    let token: string | undefined;
    const read = async () => {
      const { rows } = await sql.query<{ text: string }>(
        `select text from mails where "to" = $1 and kind = $2 order by id desc limit 1`,
        [WHO.email, kind],
      );
      token = /\/(?:confirm|unsubscribe|invitation)\/([\w.-]+)/.exec(rows[0]?.text ?? '')?.[1];
      return token;
    };
    await expect.poll(read, { timeout: 60_000 }).toBeDefined();
    return token!;
  };

  it('names nobody, whatever they typed, pressed, mistyped or broke', async () => {
    const somebody = new Caller(server.url);
    const headers = { 'user-agent': WHO.agent };
    const { name, email, postcode } = WHO;
    const read = (path: string) => somebody.fetch(path, { headers }).then((answer) => answer.text());
    const post = (path: string, fields: Record<string, string>) =>
      somebody
        .fetch(path, { method: 'POST', headers, body: new URLSearchParams(fields) })
        .then((answer) => answer.text());
    await sql.query(
      `insert into postcodes (code, lon, lat, ward_id) select $1, lon, lat, ward_id from postcodes limit 1`,
      [canonicalPostcode(postcode)],
    );
    const petition = await openPetitionRow(sql, 'Keep the 14 night bus');
    const sign = { name, email, postcode, lang: 'en' } as const;

    // signing, by page and by program, the right way and the wrong one
    await read(`/petitions/${petition}?signed=${encodeURIComponent(email)}`);
    await somebody.call('signPetition', { params: { petition }, body: sign });
    const button = await mailed('confirm_signature');
    await read(`/confirm/${button}`);
    await post(`/confirm/${button}`, {});
    await somebody.say('signPetition', {
      params: { petition },
      body: { ...sign, postcode: `${postcode}${name}` },
    });
    await read(`/confirm/${button.slice(1)}x`);
    // looking for a place, signing in, with a password, without
    await read(`/places?q=${encodeURIComponent(postcode)}`);
    await somebody.say('findPlaces', { query: { q: WHO.words } });
    await somebody.say('signInByPassword', { body: { email, password: WHO.password } });
    await somebody.call('askForLink', { body: { email, lang: 'en' } });
    await post('/sign-in', { email });
    // telling of something, with too much and with nonsense
    await read(`/reports?q=${encodeURIComponent(WHO.words)}`);
    await post('/reports/new', { title: WHO.words, name, email });
    await somebody.fetch('/api/v1/reports', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: `{"title":"${WHO.words}","name":"${name}"`,
    });
    await neighbour(server.url, 77)(
      'GET',
      `/nothing/${encodeURIComponent(name)}?email=${encodeURIComponent(email)}`,
    );
    // a statement that fails in the database, with all of it in its values
    await sql.query(
      `alter table signatures add constraint not_them check (name <> $$${name} II$$) not valid`,
    );
    const broken = { ...sign, name: `${name} II`, email: `ii.${email}` };
    expect((await somebody.say('signPetition', { params: { petition }, body: broken })).status).toBe(500);

    // it did write, of every request, and what broke: its words come by a pipe, a moment after the answer
    await vi.waitFor(() => expect(server.said()).toContain('"constraint":"not_them"'), { timeout: 60_000 });
    const said = server.said();
    expect(said).toContain(`"path":"/api/v1/petitions/${petition}/sign"`);
    const cookies = somebody.cookie.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1));
    const secrets = [...Object.values(WHO), 'quillfeather', 'xylophone', button, ...cookies.filter(Boolean)];
    for (const secret of secrets)
      for (const form of [
        secret,
        encodeURIComponent(secret),
        secret.replaceAll(' ', '+'),
        secret.toLowerCase(),
        secret.replaceAll(' ', ''),
      ])
        expect(said.includes(form), `the log tells "${form}"`).toBe(false);
  });
});
