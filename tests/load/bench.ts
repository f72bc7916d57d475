/** `pnpm bench [name]`: runs one of the benches, or all of them one after another. Never part of `pnpm test`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ALL = ['pages', 'batch', 'marks', 'signing', 'surge', 'similar', 'plans', 'mails', 'timing', 'fuzz'];
const fileOf = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const [only, ...more] = process.argv.slice(2);
const wanted = only ? [only] : ALL;
for (const name of wanted) {
  if (!/^[a-z]+$/.test(name) || !existsSync(fileOf(name))) {
    console.error(`There is no bench "${name}". There are: ${ALL.join(', ')}.`);
    process.exit(1);
  }
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, [fileOf(name), ...more], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
