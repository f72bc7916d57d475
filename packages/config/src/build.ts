/**
 * Makes what the server needs and git does not keep: the words and the site. Does nothing when they are newer than
 * their sources, so a second start takes seconds. `--force` always builds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const stampFile = join(root, 'apps/web/build/.stamp');
const sources = [
  'apps/web/src',
  'apps/web/static',
  'apps/web/vite.config.ts',
  'apps/web/vite.slim.ts',
  'apps/web/vite.swift.ts',
  'apps/web/vite.words.ts',
  'packages/ui/src',
  'packages/words/messages',
  'packages/words/src',
  'packages/core/src',
  'pnpm-lock.yaml',
];

function* filesOf(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) yield path;
  else
    for (const name of readdirSync(path).sort()) if (name !== 'paraglide') yield* filesOf(join(path, name));
}

function stamp(): string {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesOf(join(root, source)))
      hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function run(command: string, args: string[], cwd: string): void {
  const done = spawnSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (done.status !== 0) {
    console.error(done.stdout, done.stderr);
    process.exit(done.status ?? 1);
  }
}

run(process.execPath, [join(root, 'packages/words/src/compile.ts')], root);
const now = stamp();
if (process.argv.includes('--force') || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== now) {
  const began = Date.now();
  console.log('Building the site …');
  const web = join(root, 'apps/web');
  run(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], web);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, now);
  console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}
