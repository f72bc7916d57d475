/**
 * `pnpm check`: types, lint (with the import walls and file sizes), formatting and unused code, side by side.
 * Exits 1 when any of them finds something and prints what it found.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const checks: Record<string, string[]> = {
  types: ['tsc', '--project', 'packages/config/tsconfig.all.json'],
  pages: ['svelte-check', '--workspace', 'apps/web', '--tsconfig', './tsconfig.json', '--output', 'human'],
  lint: [
    'eslint',
    '--config',
    'packages/config/src/eslint.config.js',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint',
    '.',
  ],
  format: ['prettier', '--check', '--log-level', 'warn', '--cache', '.'],
  unused: ['knip', '--config', '.knip.json'],
};

function run(name: string, [command, ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const started = Date.now();
    const bin = name === 'pages' ? 'apps/web/node_modules/.bin' : 'node_modules/.bin';
    const child = spawn(`${root}/${bin}/${command}`, args, { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

const only = process.argv.slice(2);
const wanted = Object.entries(checks).filter(([name]) => only.length === 0 || only.includes(name));
const queue = [...wanted];
let good = true;
// Two at a time: the machines this runs on have two cores.
await Promise.all(
  [0, 1].map(async () => {
    for (let next = queue.shift(); next; next = queue.shift()) good = (await run(next[0], next[1])) && good;
  }),
);
process.exit(good ? 0 : 1);
