/** A small Anybridge of a bench's own, in a folder that goes away with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';

export type Own = { dir: string; embedded: Embedded; stop: () => Promise<void> };

/** @param settings of PostgreSQL; it waits for the disk unless told */
export async function ownTown(name: string, settings: string[] = []): Promise<Own> {
  const dir = mkdtempSync(join(tmpdir(), `folkmoot-${name}-`));
  chmodSync(dir, 0o755);
  const embedded = await startEmbedded({ dir, settings: ['max_wal_size=2GB', ...settings] });
  await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
  await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small' });
  const stop = async () => {
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, embedded, stop };
}

export const grouped = (n: number): string => Math.round(n).toLocaleString('en-GB');
