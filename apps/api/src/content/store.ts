/** Content pages as rows: made from the texts that come with Folkmoot, then written by the council. */
import { readFileSync } from 'node:fs';
import { type PageSlug, PAGES } from '@folkmoot/core/content/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { pages, pageVersions } from '@folkmoot/db/schema/content';
import { people } from '@folkmoot/db/schema/people';
import { and, desc, eq, inArray } from 'drizzle-orm';

export type Page = typeof pages.$inferSelect;
type Texts = {
  title: { en: string; cy?: string | undefined };
  body: { en: string; cy?: string | undefined };
};

/** `# Title`, an empty line, the body. */
function readDefault(slug: PageSlug, lang: 'en' | 'cy'): { title: string; body: string } {
  const text = readFileSync(new URL(`./defaults/${slug}.${lang}.md`, import.meta.url), 'utf8');
  const [first = '', ...rest] = text.split('\n');
  return { title: first.replace(/^# /, ''), body: rest.join('\n').trim() };
}

export function defaultPage(slug: PageSlug): Texts {
  const [en, cy] = [readDefault(slug, 'en'), readDefault(slug, 'cy')];
  return { title: { en: en.title, cy: cy.title }, body: { en: en.body, cy: cy.body } };
}

/** Makes the pages that are missing; those that are there, also in an older wording, are the council's. */
export async function ensurePages(db: Queryable, now: Date): Promise<void> {
  const rows = PAGES.map((slug) => ({ slug, ...defaultPage(slug), updatedAt: now }));
  const made = await db.insert(pages).values(rows).onConflictDoNothing().returning({ slug: pages.slug });
  const fresh = new Set(made.map(({ slug }) => slug));
  const first = rows.filter(({ slug }) => fresh.has(slug));
  if (first.length)
    await db
      .insert(pageVersions)
      .values(first.map(({ slug, title, body }) => ({ slug, version: 1, title, body, at: now })))
      .onConflictDoNothing();
}

export async function readPage(db: Queryable, slug: string): Promise<Page | null> {
  const [row] = await db.select().from(pages).where(eq(pages.slug, slug));
  return row ?? null;
}

export async function listPages(db: Queryable): Promise<Page[]> {
  const rows = await db
    .select()
    .from(pages)
    .where(inArray(pages.slug, [...PAGES]));
  return PAGES.flatMap((slug) => rows.find((row) => row.slug === slug) ?? []);
}

export async function readVersion(db: Queryable, slug: string, version: number) {
  const [row] = await db
    .select()
    .from(pageVersions)
    .where(and(eq(pageVersions.slug, slug), eq(pageVersions.version, version)));
  return row ?? null;
}

/** The newest 50, with who wrote them. */
export async function listVersions(db: Queryable, slug: string) {
  return db
    .select({ version: pageVersions.version, at: pageVersions.at, by: people.name })
    .from(pageVersions)
    .leftJoin(people, eq(people.id, pageVersions.by))
    .where(eq(pageVersions.slug, slug))
    .orderBy(desc(pageVersions.version))
    .limit(50);
}

export async function lockPage(tx: Tx, slug: string): Promise<Page | null> {
  const [row] = await tx.select().from(pages).where(eq(pages.slug, slug)).for('no key update');
  return row ?? null;
}

const sameWords = (a: Texts['title'], b: Texts['title']): boolean => a.en === b.en && a.cy === b.cy;

/** Writes the page and keeps its version; the same words again only say who has read them. */
export async function writePage(tx: Tx, page: Page, texts: Texts, by: string, now: Date): Promise<number> {
  const same = sameWords(page.title, texts.title) && sameWords(page.body, texts.body);
  const version = same ? page.version : page.version + 1;
  await tx
    .update(pages)
    .set({ ...texts, version, updatedAt: same ? page.updatedAt : now, updatedBy: by })
    .where(eq(pages.slug, page.slug));
  if (!same) await tx.insert(pageVersions).values({ slug: page.slug, version, ...texts, at: now, by });
  return version;
}
