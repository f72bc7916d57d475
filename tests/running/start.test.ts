import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { attachEmbedded } from '@folkmoot/db/embedded';
import { testDatabase } from '@folkmoot/testkit/database';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'apps/api/src/main.ts');
const asRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const nobodyReaches =
  asRoot &&
  spawnSync('test', ['-x', join(root, 'node_modules/.bin/node')], { uid: NOBODY, gid: NOBODY, cwd: '/' })
    .status === 0;
const home = mkdtempSync(join(tmpdir(), 'folkmoot-start-'));
chmodSync(home, 0o755);

type Started = {
  child: ChildProcess;
  said: () => string;
  url: Promise<string>;
  ended: Promise<number | null>;
};
const children: ChildProcess[] = [];

/** Starts Folkmoot as `pnpm start` does, without the build before it. */
function start(
  dir: string,
  { env = {}, uid }: { env?: Record<string, string | undefined>; uid?: number } = {},
): Started {
  const given = {
    ...process.env,
    DATA_DIR: dir,
    PORT: '0',
    LANG: undefined,
    LC_ALL: undefined,
    LC_CTYPE: undefined,
    ...env,
  };
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env: given,
    ...(uid && { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const url = new Promise<string>((ready, failed) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /(http:\/\/\S+)/.exec(said)?.[1];
      if (found && said.includes('open')) ready(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => failed(new Error(said)));
  });
  url.catch(() => undefined);
  return { child, said: () => said, url, ended };
}

async function stop({ child, ended }: Started): Promise<number | null> {
  child.kill('SIGTERM');
  return ended;
}

const fresh = (name: string, mode = 0o755): string => {
  const dir = join(home, name);
  mkdirSync(dir, { mode });
  chmodSync(dir, mode);
  return dir;
};

afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('Folkmoot starts on whatever machine it finds', () => {
  /** where somebody lives from the first start on: a town is built in five seconds, and once is enough */
  const lived = fresh('plain');

  it('keeps Welsh where the machine has no language at all, stops with nothing left behind, and starts again', async () => {
    const first = start(lived);
    const url = await first.url;
    expect((await fetch(`${url}/api/v1/place`)).status).toBe(200);
    const { ownerUrl } = (await attachEmbedded(lived))!;
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    expect((await client.query('show server_encoding')).rows[0].server_encoding).toBe('UTF8');
    expect((await client.query(`select upper('ŵ ŷ') as up`)).rows[0].up).toBe('Ŵ Ŷ');
    await client.end();
    expect(await stop(first)).toBe(0);
    expect(existsSync(join(lived, 'pg/postmaster.pid'))).toBe(false);
    expect(existsSync(join(lived, 'folkmoot.lock'))).toBe(false);

    const second = start(lived);
    await second.url;
    expect(second.said()).not.toContain('was built');
    expect(await stop(second)).toBe(0);
  });

  it('takes over the database that a kill -9 left running', async () => {
    const first = start(lived);
    await first.url;
    const left = Number(readFileSync(join(lived, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(() => process.kill(left, 0)).not.toThrow();
    const second = start(lived);
    expect((await fetch(`${await second.url}/api/v1/place`)).status).toBe(200);
    expect(() => process.kill(left, 0)).toThrow();
    expect(await stop(second)).toBe(0);
  });

  it('says in words that it already runs, and leaves the first one alone', async () => {
    const first = start(lived);
    const url = await first.url;
    const second = start(lived);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain('already runs');
    expect((await fetch(`${url}/api/v1/place`)).status).toBe(200);
    expect(await stop(first)).toBe(0);
  });

  it('names every mistake in the settings at once', async () => {
    const it = start(fresh('wrong'), { env: { PORT: 'many', PUBLIC_URL: 'moot', SECRET_KEYS: 'short' } });
    expect(await it.ended).toBe(1);
    for (const name of ['PORT', 'PUBLIC_URL', 'SECRET_KEYS']) expect(it.said()).toContain(name);
  });

  it('does not open the demo, where anyone may be an officer, to the street', async () => {
    const it = start(fresh('street'), { env: { PUBLIC_URL: 'https://moot.anytown.example' } });
    expect(await it.ended).toBe(1);
    expect(it.said()).toContain('this machine only');
  });

  it.skipIf(!asRoot)(
    'moves the data aside when it runs as root in a closed home (left out for other users)',
    async () => {
      const closed = fresh('closed', 0o700);
      chownSync(closed, 0, 0);
      const dir = join(closed, 'data');
      const it = start(dir);
      expect((await fetch(`${await it.url}/api/v1/place`)).status).toBe(200);
      const moved = /The database lives in (\S+):/.exec(it.said())?.[1];
      expect(moved).toMatch(/^\/var\/tmp\/folkmoot-/);
      expect(await stop(it)).toBe(0);
      rmSync(join(moved!, '..'), { recursive: true, force: true });
    },
  );

  it.skipIf(!nobodyReaches)(
    'runs for a plain user (left out where we are one already, or one cannot reach the checkout)',
    async () => {
      const dir = fresh('nobody');
      chownSync(dir, NOBODY, NOBODY);
      const it = start(dir, { uid: NOBODY, env: { HOME: dir } });
      expect((await fetch(`${await it.url}/api/v1/place`)).status).toBe(200);
      expect(await stop(it)).toBe(0);
    },
  );
});

describe('ten processes that migrate at once', () => {
  it('run each migration once', async () => {
    const database = await testDatabase({ empty: true });
    const cli = join(root, 'apps/api/src/cli/main.ts');
    const env = {
      ...process.env,
      DATABASE_URL: database.appUrl,
      MIGRATE_DATABASE_URL: database.ownerUrl,
      PUBLIC_URL: 'http://localhost:3000',
      SECRET_KEYS: 'a-key-for-the-test-that-is-long-enough',
      DATA_DIR: join(home, 'ten'),
    };
    const ran = await Promise.all(
      Array.from({ length: 10 }, () =>
        promisify(execFile)(process.execPath, [cli, 'migrate'], { cwd: root, env }),
      ),
    );
    const saidSo = ran.filter(({ stdout }) => stdout.includes('Migrated: 0000'));
    expect(saidSo).toHaveLength(1);
    await database.drop();
  });
});
