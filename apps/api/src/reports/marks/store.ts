/** What lists and marks still ask the database: words, titles and the rows of one page, kept for a minute. */
import type { z } from 'zod';
import type { reportBrief } from '@folkmoot/core/reports/contract';
import type { Queryable } from '@folkmoot/db/client';
import { reports } from '@folkmoot/db/schema/reports';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { House } from '../../kit/house.ts';
import { readBriefs } from '../store.ts';

type Brief = z.input<typeof reportBrief>;

const MINUTE = 60_000;
/** the newest so many that hold the words */
const MOST_FOUND = 2_000;

/** Words as people type them: each may be the beginning of a longer one; single letters only when alone. */
export function searchOf(typed: string): string | null {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const longer = words.filter((word) => word.length > 1);
  const used = (longer.length ? longer : words).slice(0, 8);
  return used.length ? used.map((word) => `${word}:*`).join(' & ') : null;
}

export function listStore(house: House) {
  const briefs = new LRUCache<number, Brief>({ max: 20_000, ttl: MINUTE });
  const titles = new LRUCache<number, string>({ max: 50_000, ttl: MINUTE });
  let day = '';

  return {
    /** They changed: what was kept of them is forgotten. */
    forget(ids: readonly number[]): void {
      for (const id of ids) {
        briefs.delete(id);
        titles.delete(id);
      }
    },

    /** The rows of a page, in the order given. */
    async briefs(ids: readonly number[]): Promise<Brief[]> {
      const now = house.clock();
      const today = now.toISOString().slice(0, 10);
      // "overdue" is said of a day: at midnight everything is read again
      if (today !== day) briefs.clear();
      day = today;
      const missing = ids.filter((id) => !briefs.has(id));
      for (const brief of await readBriefs(house.db, missing, now)) briefs.set(brief.id, brief);
      return ids.map((id) => briefs.get(id)).filter((brief) => brief !== undefined);
    },

    async titles(ids: readonly number[]): Promise<Map<number, string>> {
      const missing = ids.filter((id) => !titles.has(id));
      if (missing.length) {
        const { rows } = await house.db.$client.query<{ id: number; title: string }>(
          'select id, title from reports where id = any($1)',
          [missing],
        );
        for (const { id, title } of rows) titles.set(id, title);
      }
      return new Map(ids.map((id) => [id, titles.get(id) ?? '']));
    },

    /** The numbers of reports that hold all these words, newest first. */
    async find(typed: string): Promise<number[]> {
      const words = searchOf(typed);
      if (!words) return [];
      const { rows } = await house.db.$client.query<{ id: number }>(
        `select id from reports where search @@ to_tsquery('simple', $1) and not private and hidden_at is null
           and confirmed_at is not null order by id desc limit ${MOST_FOUND}`,
        [words],
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** The numbers of what a person reported, newest first; what was hidden for a reason is not listed. */
export async function myReports(db: Queryable, person: string, page: number, size: number) {
  const mine = and(eq(reports.personId, person), isNull(reports.hiddenAt));
  const total = await db.$count(reports, mine);
  const rows = await db
    .select({ id: reports.id })
    .from(reports)
    .where(mine)
    .orderBy(desc(reports.createdAt), desc(reports.id))
    .limit(size)
    .offset((page - 1) * size);
  return { ids: rows.map(({ id }) => id), total };
}
