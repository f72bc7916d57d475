/** Events: what happened, for machines. Ids and public facts only. Append-only. */
import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { AUDIENCES } from '@folkmoot/core/live/plain';
import { inWords, now, xid8 } from './columns.ts';

export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** ids are handed out before commit; readers order by (tx, id) below the oldest running transaction */
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    topic: text('topic').notNull(),
    type: text('type').notNull(),
    audience: text('audience').$type<(typeof AUDIENCES)[number]>().notNull(),
    personId: uuid('person_id'),
    organisationId: uuid('organisation_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    at: now('at'),
  },
  (t) => [
    check('events_audience', inWords(t.audience, AUDIENCES)),
    index('events_order').on(t.tx, t.id),
    index('events_topic').on(t.topic, t.id),
  ],
);

/** How far each reader has come. One reader a cursor, held by a row lock while it works. */
export const cursors = pgTable('cursors', {
  name: text('name').primaryKey(),
  tx: xid8('tx').notNull().default('0'),
  id: bigint('id', { mode: 'number' }).notNull().default(0),
  at: now('at'),
});
