/** The drawn photos of the demo: kept as files in the sizes the pages use, shared by content. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Db } from '../client.ts';
import { files } from '../schema/content.ts';
import { photos } from './town/photos.ts';

export type SeededPhoto = { hash: string; kinds: string[]; alt: { en: string; cy: string } };

/** Drawn once by `node db/seeds/town/cli.ts FOLDER photos` and kept: drawing them takes half a minute. */
const drawn = fileURLToPath(new URL('./town/photos/drawn/', import.meta.url));
const WIDTHS = [320, 640, 1280];

async function keep(filesDir: string, original: Buffer): Promise<typeof files.$inferInsert> {
  const hash = createHash('sha256').update(original).digest('hex');
  const folder = join(filesDir, hash.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  const { width, height } = await sharp(original).metadata();
  for (const wide of WIDTHS) {
    const content =
      wide < width ? await sharp(original).resize(wide).webp({ quality: 72 }).toBuffer() : original;
    writeFileSync(join(folder, `${hash}-${wide}.webp`), content);
  }
  return { hash, type: 'image/webp', width, height, bytes: original.length, sizes: WIDTHS };
}

/** @param most how many to keep; the tests need few */
export async function seedPhotos(db: Db, filesDir: string, most: number): Promise<SeededPhoto[]> {
  const known = new Map(photos().map((photo) => [photo.id, photo]));
  const names = readdirSync(drawn)
    .filter((name) => name.endsWith('.webp'))
    .sort()
    .slice(0, most);
  const kept: SeededPhoto[] = [];
  const rows: Array<typeof files.$inferInsert> = [];
  for (const name of names) {
    const photo = known.get(name.replace('.webp', ''));
    if (!photo) continue;
    const row = await keep(filesDir, readFileSync(join(drawn, name)));
    rows.push(row);
    kept.push({ hash: row.hash, kinds: photo.kinds, alt: photo.alt });
  }
  await db.insert(files).values(rows).onConflictDoNothing();
  return kept;
}
