/**
 * The app under test: `buildApp`, the very function production uses, on a database of its own, listening on
 * loopback. Time stands still unless a test moves it.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import type { CallAnswer, CallInput } from '@folkmoot/core/kit/contract';
import type { ContractName, Contracts } from '@folkmoot/core/contracts';
import { endpoints } from '@folkmoot/core/endpoints';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { inject } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';
import { THURSDAY } from './time.ts';

export type Said = { status: number; body: Record<string, unknown>; headers: Headers };
export type TownOptions = { site?: 'built' | 'none'; env?: Record<string, string>; now?: Date };

/** Somebody with a cookie jar: a visitor, a resident, an officer. */
export class Caller {
  readonly #url: string;
  readonly #jar = new Map<string, string>();
  constructor(url: string) {
    this.#url = url;
  }
  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
  #keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0\b/i.test(line)) this.#jar.delete(pair.slice(0, at));
      else this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
  /** Any request, with the jar's cookies and our Origin. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#jar.size) headers.set('cookie', this.cookie);
    if (!headers.has('origin')) headers.set('origin', this.#url);
    const response = await fetch(this.#url + path, { redirect: 'manual', ...init, headers });
    this.#keep(response.headers);
    return response;
  }
  /** Calls an endpoint by name and gives whatever it said. */
  async say<N extends ContractName>(name: N, input: CallInput<Contracts[N]>): Promise<Said> {
    const { method, path } = endpoints[name];
    const { params = {}, query = {}, body } = input as { params?: object; query?: object; body?: unknown };
    const filled = path.replace(/:(\w+)/g, (_, key: string) =>
      encodeURIComponent(String((params as Record<string, unknown>)[key])),
    );
    const pairs = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]);
    const search = pairs.length ? `?${new URLSearchParams(pairs as [string, string][])}` : '';
    const response = await this.fetch(`/api/v1${filled}${search}`, {
      method,
      ...(method !== 'GET' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: response.headers,
    };
  }
  /** Calls an endpoint that must succeed. @throws with what it said when it does not */
  async call<N extends ContractName>(
    name: N,
    input: CallInput<Contracts[N]>,
  ): Promise<CallAnswer<Contracts[N]>> {
    const { status, body } = await this.say(name, input);
    if (status >= 300) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
    return body as CallAnswer<Contracts[N]>;
  }
}

export class Town {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly database: TestDatabase;
  readonly sql: pg.Client;
  readonly clock: { now: Date };
  readonly #dir: string;
  constructor(
    app: FastifyInstance,
    url: string,
    database: TestDatabase,
    sql: pg.Client,
    clock: { now: Date },
    dir: string,
  ) {
    this.app = app;
    this.url = url;
    this.database = database;
    this.sql = sql;
    this.clock = clock;
    this.#dir = dir;
  }
  visitor(): Caller {
    return new Caller(this.url);
  }
  /** Signs in as somebody of Anybridge by name, such as "Dylan Rees". Staff come with their second factor given. */
  async as(name: string): Promise<Caller> {
    const person = (await this.sql.query<{ id: string }>('select id from people where name = $1', [name]))
      .rows[0];
    if (!person) throw new Error(`Nobody in Anybridge is called ${name}`);
    const caller = this.visitor();
    await caller.call('beSomeone', { body: { person: person.id } });
    return caller;
  }
  /** The newest mail to an address. */
  async mailTo(
    to: string,
  ): Promise<{ subject: string; html: string; text: string; kind: string; lang: string }> {
    const { rows } = await this.sql.query(
      'select subject, html, text, kind, lang from mails where "to" = $1 order by created_at desc, id desc limit 1',
      [to],
    );
    if (!rows[0]) throw new Error(`No mail to ${to}`);
    return rows[0];
  }
  /** The token of the button in the newest mail to an address. */
  async tokenTo(to: string): Promise<string> {
    const { text } = await this.mailTo(to);
    const token = /\/confirm\/([\w-]+)/.exec(text)?.[1];
    if (!token) throw new Error(`No button in the mail to ${to}: ${text}`);
    return token;
  }
  /** Moves the clock on. */
  later(minutes: number): void {
    this.clock.now = new Date(this.clock.now.getTime() + minutes * 60_000);
  }
  async close(): Promise<void> {
    await this.app.close();
    await this.sql.end();
    await this.database.drop();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

export { THURSDAY };

/** Opens a town of one's own. */
export async function openTown({ site = 'none', env = {}, now = THURSDAY }: TownOptions = {}): Promise<Town> {
  const database = await testDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-town-'));
  const shared = join(inject('server').dataDir, 'files');
  if (existsSync(shared)) cpSync(shared, join(dir, 'files'), { recursive: true });
  const clock = { now };
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: dir, ...env });
  const app = await buildApp({ settings, databaseUrl: database.appUrl, clock: () => clock.now, site });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const sql = new pg.Client({ connectionString: database.ownerUrl });
  await sql.connect();
  const { port } = app.server.address() as { port: number };
  return new Town(app, `http://localhost:${port}`, database, sql, clock, dir);
}
