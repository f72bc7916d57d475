/** Files on disk, named by their content. A URL of a file never changes what it shows, so it is cached for ever. */
import { createReadStream } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { randomToken } from './secrets.ts';

export type Files = {
  /** keeps `content` under `name` (`HASH-640.webp`); the same name twice is the same file */
  keep: (name: string, content: Buffer) => Promise<void>;
  has: (name: string) => Promise<boolean>;
  read: (name: string) => Readable;
  drop: (name: string) => Promise<void>;
  pathOf: (name: string) => string;
};

const NAME = /^[a-z0-9][a-z0-9._-]{2,120}$/;

export function filesIn(dataDir: string): Files {
  const root = join(dataDir, 'files');
  const pathOf = (name: string) => {
    if (!NAME.test(name) || name.includes('..')) throw new Error('not a file name of ours');
    return join(root, name.slice(0, 2), name);
  };
  return {
    pathOf,
    async keep(name, content) {
      const path = pathOf(name);
      await mkdir(join(path, '..'), { recursive: true });
      // written aside and renamed: a crash leaves no half file under a name that promises a whole one
      const aside = `${path}.${randomToken()}`;
      await writeFile(aside, content);
      await rename(aside, path);
    },
    has: (name) =>
      access(pathOf(name)).then(
        () => true,
        () => false,
      ),
    read: (name) => createReadStream(pathOf(name)),
    drop: (name) => rm(pathOf(name), { force: true }),
  };
}
