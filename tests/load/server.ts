/** The real server as a child process on the bench town, as `pnpm start` starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@folkmoot/db/embedded';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type BenchServer = { url: string; port: number; pid: number; stop: () => Promise<void> };

export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['apps/api/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
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
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, stop };
}
