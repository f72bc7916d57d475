/** The real server as a process of its own, on a town that lives in a folder; and neighbours who call it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attachEmbedded, freePort, startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import pg from 'pg';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export type Running = {
  url: string;
  child: ChildProcess;
  gone: Promise<number | string | null>;
  /** all that it has written, to either side */
  said: () => string;
};

export async function start(dir: string, env: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, ['apps/api/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<number | string | null>((done) =>
    child.once('exit', (code, signal) => done(signal ?? code)),
  );
  let said = '';
  await new Promise<void>((ready, failed) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('is open')) ready();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void gone.then(() => failed(new Error(said)));
  });
  return { url: `http://127.0.0.1:${port}`, child, gone, said: () => said };
}

/** A folder with a small Anybridge in it, so that the server finds somebody living there. */
export async function settle(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-process-'));
  // as root, PostgreSQL runs as another user
  chmodSync(dir, 0o755);
  const embedded = await startEmbedded({ dir });
  await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
  await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small' });
  await embedded.stop();
  return dir;
}

/** A connection of the owner's to the town that the server runs on. */
export async function connectTo(dir: string): Promise<pg.Client> {
  const { ownerUrl } = (await attachEmbedded(dir))!;
  const sql = new pg.Client({ connectionString: ownerUrl });
  // the server's next start stops this PostgreSQL and starts its own
  sql.on('error', () => undefined);
  await sql.connect();
  return sql;
}

/** Stops the server as whoever runs it would, and takes the folder away. */
export async function leave(server: Running, dir: string): Promise<void> {
  server.child.kill('SIGTERM');
  await server.gone;
  rmSync(dir, { recursive: true, force: true });
}

export type Answer = { status: number; text: string };
/** Somebody at an address of their own, whose connection stays open. @throws when it is refused or broken off */
export function neighbour(url: string, n: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.2.${1 + n}` });
  return (
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string> = {},
    body = '{}',
  ): Promise<Answer> =>
    new Promise((done, failed) => {
      const asked = request(url + path, {
        method,
        agent,
        headers: { 'content-type': 'application/json', ...headers },
      });
      asked.on('response', (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => done({ status: response.statusCode ?? 0, text }));
        response.on('error', failed);
      });
      asked.on('error', failed);
      asked.end(method === 'POST' ? body : undefined);
    });
}
