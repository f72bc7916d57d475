/** Content pages that a council may not go live without, and the files that people and staff sent. */
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, id, now, words } from './columns.ts';

export const pages = pgTable('pages', {
  slug: text('slug').primaryKey(),
  title: words('title').notNull(),
  /** Markdown */
  body: words('body').notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: now('updated_at'),
  updatedBy: uuid('updated_by'),
});

export const pageVersions = pgTable(
  'page_versions',
  {
    slug: text('slug')
      .notNull()
      .references(() => pages.slug),
    version: integer('version').notNull(),
    title: words('title').notNull(),
    body: words('body').notNull(),
    at: now('at'),
    by: uuid('by'),
  },
  (t) => [primaryKey({ columns: [t.slug, t.version] })],
);

/** A file is its content: the hash is its name, so the same photo is kept once. */
export const files = pgTable('files', {
  /** SHA-256 of the cleaned original, hex */
  hash: text('hash').primaryKey(),
  type: text('type').notNull(),
  width: integer('width'),
  height: integer('height'),
  bytes: integer('bytes').notNull(),
  /** widths that exist as `hash-WIDTH.webp` */
  sizes: jsonb('sizes').$type<number[]>().notNull().default([]),
  createdAt: now('created_at'),
});

export const jobRuns = pgTable('job_runs', {
  id: id(),
  name: text('name').notNull(),
  startedAt: now('started_at'),
  endedAt: at('ended_at'),
  ok: boolean('ok'),
  said: text('said'),
});
