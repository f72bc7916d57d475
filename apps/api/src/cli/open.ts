/** Which database the command line speaks to: yours by DATABASE_URL, else the embedded one, started when it sleeps. */
import { resolve } from 'node:path';
import { attachEmbedded, startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import type { Settings } from '../settings.ts';

export type Opened = {
  /** may change the schema, where there is such a connection */
  ownerUrl: string;
  appUrl: string;
  appRole: string;
  filesDir: string;
  close: () => Promise<void>;
};

export async function openDatabase(
  settings: Settings,
  say: (line: string) => void,
  { migrated = true } = {},
): Promise<Opened> {
  const filesDir = resolve(settings.dataDir, 'files');
  const nothing = async () => undefined;
  if (settings.databaseUrl) {
    const appRole = new URL(settings.databaseUrl).username;
    return {
      ownerUrl: settings.migrateUrl ?? settings.databaseUrl,
      appUrl: settings.databaseUrl,
      appRole,
      filesDir,
      close: nothing,
    };
  }
  const running = await attachEmbedded(settings.dataDir);
  const started = running ? null : await startEmbedded({ dir: settings.dataDir, say });
  const embedded = (running ?? started)!;
  const appRole = new URL(embedded.appUrl).username;
  const close = started?.stop ?? nothing;
  if (migrated) await migrate({ url: embedded.ownerUrl, appRole, say });
  return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, appRole, filesDir, close };
}
