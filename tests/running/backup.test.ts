import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readdirSync } from 'node:fs';
import { backup, type Manifest } from '@folkmoot/db/backup';
import { startEmbedded } from '@folkmoot/db/embedded';
import { restore } from '@folkmoot/db/restore';
import { testDatabase } from '@folkmoot/testkit/database';
import { openTown } from '@folkmoot/testkit/town';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const hashesOf = (manifest: Manifest) =>
  Object.fromEntries(manifest.tables.map(({ name, rows, sha256 }) => [name, `${rows} ${sha256}`]));
const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        `${entry.name} ${createHash('sha256')
          .update(readFileSync(join(entry.parentPath, entry.name)))
          .digest('hex')}`,
    )
    .sort();

describe('Tomasz backs Anybridge up and restores it on another server', () => {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-backup-test-'));
  const file = join(dir, 'anybridge.folkmoot');
  let taken: Manifest;
  let originals: string[];

  beforeAll(async () => {
    const town = await openTown();
    const grace = await town.as('Grace Okafor');
    const here = { lon: -3.0018, lat: 51.842 };
    const categories = await grace.call('listReportCategories', { query: here });
    const bin = categories.find((category) => category.code === 'bin')!;
    await grace.call('makeReport', {
      body: {
        ...here,
        category: bin.id,
        title: 'Bin by the weir is full',
        detail: 'Every\nweekend,\tagain \\ again',
        lang: 'en',
      },
    });
    const filesDir = join(town.app.house.settings.dataDir, 'files');
    taken = await backup({ url: town.database.ownerUrl, filesDir, to: file });
    originals = filesIn(filesDir);
    await town.close();
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('finds every row and every file again, byte for byte', async () => {
    const cluster = await startEmbedded({ dir: join(dir, 'new'), settings: ['fsync=off'] });
    try {
      const filesDir = join(dir, 'new-files');
      await restore({ url: cluster.ownerUrl, appRole: 'folkmoot_app', filesDir, from: file });
      const again = await backup({ url: cluster.ownerUrl, filesDir, to: join(dir, 'again.folkmoot') });
      const before = hashesOf(taken);
      const after = hashesOf(again);
      // transaction numbers belong to a server: these two are set back on purpose
      for (const name of ['events', 'cursors']) {
        delete before[name];
        delete after[name];
      }
      expect(after).toEqual(before);
      expect(filesIn(filesDir)).toEqual(originals);

      const client = new pg.Client({ connectionString: cluster.appUrl });
      await client.connect();
      const seen = await client.query(
        `select count(*)::int as n from events where tx < pg_snapshot_xmin(pg_current_snapshot())`,
      );
      const all = taken.tables.find((table) => table.name === 'events')!.rows;
      expect(seen.rows[0].n).toBe(all);
      const next = await client.query(
        `insert into events (topic, type, audience, data) values ('town', 'town.tested', 'none', '{}') returning id > (select max(id) from events) as later`,
      );
      expect(next.rows[0].later).toBe(true);
      await client.end();

      await expect(
        restore({ url: cluster.ownerUrl, appRole: 'folkmoot_app', filesDir, from: file }),
      ).rejects.toThrow('not empty');
    } finally {
      await cluster.stop();
    }
  });

  it('refuses a backup that was cut off or changed, and leaves the database empty', async () => {
    const plain = gunzipSync(readFileSync(file));
    const changed = Buffer.from(plain);
    changed.write('Bim', plain.indexOf('Bin by the weir'));
    writeFileSync(join(dir, 'changed.folkmoot'), gzipSync(changed));
    writeFileSync(join(dir, 'short.folkmoot'), readFileSync(file));
    truncateSync(join(dir, 'short.folkmoot'), Math.floor(readFileSync(file).length / 2));
    for (const [name, words] of [
      ['changed', 'damaged'],
      ['short', /./],
    ] as const) {
      const database = await testDatabase({ empty: true });
      const given = {
        url: database.ownerUrl,
        appRole: 'folkmoot_app',
        filesDir: join(dir, name),
        from: join(dir, `${name}.folkmoot`),
      };
      await expect(restore(given)).rejects.toThrow(words);
      const client = new pg.Client({ connectionString: database.ownerUrl });
      await client.connect();
      expect((await client.query('select count(*)::int as n from people')).rows[0].n).toBe(0);
      await client.end();
      await database.drop();
    }
  });
});
