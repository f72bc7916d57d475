/**
 * What is forgotten by itself: drafts that nobody came back to, reports whose button was never pressed, and the
 * photos that belonged to them alone.
 */
import { files } from '@folkmoot/db/schema/content';
import { reportCounts, reportDrafts, reportPhotos, reports } from '@folkmoot/db/schema/reports';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { CONFIRM_MINUTES } from './mails.ts';
import { PHOTO_WIDTHS } from './photos.ts';

const DRAFT_DAYS = 30;
const AT_ONCE = 500;
const ago = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

/**
 * Drops photos that no report and no draft shows any more. The row goes first: should the disk fail, what is left is
 * a file that nobody can name.
 */
export async function dropPhotos(house: House, hashes: readonly string[]): Promise<void> {
  for (const hash of new Set(hashes)) {
    const gone = await house.db
      .delete(files)
      .where(
        and(
          eq(files.hash, hash),
          sql`not exists (select 1 from report_photos p where p.hash = ${hash})`,
          sql`not exists (select 1 from report_drafts d where d.photos @> ${JSON.stringify([{ hash }])}::jsonb)`,
        ),
      )
      .returning({ hash: files.hash });
    if (gone.length)
      await Promise.all(PHOTO_WIDTHS.map((width) => house.files.drop(`${hash}-${width}.webp`)));
  }
}

async function forgetDrafts(house: House): Promise<void> {
  const old = lt(reportDrafts.updatedAt, ago(house.clock(), DRAFT_DAYS * 24 * 60));
  const gone = await house.db.delete(reportDrafts).where(old).returning({ photos: reportDrafts.photos });
  await dropPhotos(
    house,
    gone.flatMap((row) => row.photos.map((photo) => photo.hash)),
  );
}

async function forgetUnconfirmed(house: House): Promise<number> {
  const hashes = await house.db.transaction(async (tx) => {
    const old = await tx
      .select({ id: reports.id })
      .from(reports)
      .where(
        and(eq(reports.state, 'unconfirmed'), lt(reports.createdAt, ago(house.clock(), CONFIRM_MINUTES))),
      )
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    const ids = old.map((row) => row.id);
    if (ids.length === 0) return null;
    const photos = await tx
      .delete(reportPhotos)
      .where(inArray(reportPhotos.reportId, ids))
      .returning({ hash: reportPhotos.hash });
    await tx.delete(reportCounts).where(inArray(reportCounts.reportId, ids));
    await tx.delete(reports).where(inArray(reports.id, ids));
    return { photos: photos.map((photo) => photo.hash), count: ids.length };
  });
  if (!hashes) return 0;
  await dropPhotos(house, hashes.photos);
  return hashes.count;
}

/** Run every night; safe to repeat. */
export async function forgetOld(house: House): Promise<void> {
  await forgetDrafts(house);
  while ((await forgetUnconfirmed(house)) === AT_ONCE);
}
