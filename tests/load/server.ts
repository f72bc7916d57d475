/** The real server as a child process on the bench town, as `pnpm start` starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@folkmoot/db/embedded';
import type { Held } from './held.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const HELD = new URL('./held.ts', import.meta.url).href;

export type BenchServer = {
  url: string;
  port: number;
  pid: number;
  /** collects its garbage first; rejects when the server is gone */
  memory: () => Promise<Held>;
  stop: () => Promise<void>;
};

export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['--import', HELD, 'apps/api/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  await new Promise<void>((ready, failed) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (/ is open/.test(said)) ready();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', () => failed(new Error(`The server did not start:\n${said}`)));
  });
  const memory = () =>
    new Promise<Held>((told, failed) => {
      child.once('message', (held) => told(held as Held));
      child.once('exit', () => failed(new Error('The server is gone')));
      child.send('memory?');
    });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, memory, stop };
}
