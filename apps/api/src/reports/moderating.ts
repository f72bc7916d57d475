/** What of reports can be flagged and hidden: a report's own words, a word added to it, a photo. */
import type { Queryable, Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { reportPhotos, reports, reportUpdates } from '@folkmoot/db/schema/reports';
import { and, eq } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import type { Moderatable, Thing } from '../moderation/index.ts';
import { recordReport } from './making.ts';
import { findReport, lockReport, type Report } from './store.ts';

type Part = Pick<Thing, 'kind' | 'text' | 'photo' | 'lang' | 'at' | 'hidden' | 'author'> & { named: boolean };

const idOf = (part: string): string => part.slice(part.indexOf(':') + 1);

const ownWords = (report: Report): Part => ({
  kind: 'text',
  text: `${report.title}. ${report.detail}`,
  photo: null,
  lang: report.lang,
  at: report.createdAt,
  hidden: report.hiddenAt !== null,
  author: report.personId,
  named: report.showName,
});

async function update(db: Queryable, report: Report, id: string): Promise<Part | null> {
  if (!/^[1-9][0-9]{0,15}$/.test(id)) return null;
  const [row] = await db
    .select()
    .from(reportUpdates)
    .where(and(eq(reportUpdates.id, Number(id)), eq(reportUpdates.reportId, report.id)));
  if (!row?.text) return null;
  return {
    kind: 'update',
    text: row.text,
    photo: null,
    lang: row.lang,
    at: row.at,
    hidden: row.hiddenAt !== null,
    // what the council says is nobody's own
    author: row.organisationId ? null : row.personId,
    named: row.showName,
  };
}

async function photo(db: Queryable, report: Report, id: string): Promise<Part | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  const [row] = await db
    .select()
    .from(reportPhotos)
    .where(and(eq(reportPhotos.id, id), eq(reportPhotos.reportId, report.id)));
  if (!row) return null;
  const said = row.updateId ? await update(db, report, String(row.updateId)) : ownWords(report);
  const { author = null, named = false } = said ?? {};
  const { hash, createdAt: at, hiddenAt } = row;
  return {
    kind: 'photo',
    text: null,
    photo: `${hash}-640.webp`,
    lang: report.lang,
    at,
    hidden: hiddenAt !== null,
    author,
    named,
  };
}

async function read(db: Queryable, id: string, name: string): Promise<Thing | null> {
  const report = /^[1-9][0-9]{0,15}$/.test(id) ? await findReport(db, Number(id)) : null;
  if (!report || report.confirmedAt === null) return null;
  const part =
    name === 'text'
      ? ownWords(report)
      : await (name.startsWith('photo:') ? photo : update)(db, report, idOf(name));
  if (!part) return null;
  const { named, ...same } = part;
  const [writer] =
    named && part.author
      ? await db.select({ name: people.name }).from(people).where(eq(people.id, part.author))
      : [];
  return {
    ...same,
    title: report.title,
    to: `/reports/${report.id}`,
    authorName: writer?.name ?? null,
    organisation: report.organisationId,
    area: report.wardId,
    category: report.categoryId,
    private: report.private,
    visible: !report.private && report.hiddenAt === null,
  };
}

/** The whole report, or a part of it. Of the whole everybody hears: maps and lists must drop it at once. */
async function hide(house: House, tx: Tx, id: string, part: string, hidden: boolean): Promise<void> {
  const report = await lockReport(tx, Number(id));
  if (!report) return;
  const now = house.clock();
  const hiddenAt = hidden ? now : null;
  if (part === 'text')
    await tx.update(reports).set({ hiddenAt, updatedAt: now }).where(eq(reports.id, report.id));
  else if (part.startsWith('photo:'))
    await tx
      .update(reportPhotos)
      .set({ hiddenAt })
      .where(eq(reportPhotos.id, idOf(part)));
  else
    await tx
      .update(reportUpdates)
      .set({ hiddenAt })
      .where(eq(reportUpdates.id, Number(idOf(part))));
  const announced = part === 'text' ? { ...report, hiddenAt: null } : report;
  await recordReport(tx, house, announced, hidden ? 'report.hidden' : 'report.shown', { part });
}

export const reportThings = (house: House): Moderatable => ({
  read,
  hide: (tx, id, part, hidden) => hide(house, tx, id, part, hidden),
});
