/** The staff desk for reports: notes, what was changed, and who has what open. */
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { DESK_CHANGES } from '@folkmoot/core/reports/plain';
import { at, id, inWords, now } from './columns.ts';
import { organisations, people } from './people.ts';
import { reports, reportUpdates } from './reports.ts';

/** What staff tell each other. Never public. */
export const reportNotes = pgTable(
  'report_notes',
  {
    id: id(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    byPerson: uuid('by_person').notNull(),
    /** empty where only time was noted */
    text: text('text').notNull(),
    /** time spent */
    minutes: integer('minutes'),
    at: now('at'),
  },
  (t) => [index('report_notes_report').on(t.reportId)],
);

/** What the row held before staff changed it: so that the last change can be taken back, and explained later. */
export const reportChanges = pgTable(
  'report_changes',
  {
    id: id(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    byPerson: uuid('by_person').notNull(),
    what: text('what').$type<(typeof DESK_CHANGES)[number]>().notNull(),
    /** the columns of `reports` that changed, as they were */
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
    /** the line on the timeline that came with it */
    updateId: bigint('update_id', { mode: 'number' }).references(() => reportUpdates.id),
    at: now('at'),
    undoneAt: at('undone_at'),
  },
  (t) => [
    check('report_changes_what', inWords(t.what, DESK_CHANGES)),
    index('report_changes_report').on(t.reportId, t.at),
    index('report_changes_person').on(t.byPerson, t.at),
  ],
);

/** Who has a report open at the desk: rows, so that every process knows; one older than 90 seconds says nothing. */
export const reportOpenings = pgTable(
  'report_openings',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    seenAt: now('seen_at'),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.personId] }),
    index('report_openings_seen').on(t.seenAt),
    index('report_openings_person').on(t.personId),
  ],
);

/** When somebody last said "I have seen these" of an organisation's queue. */
export const deskLooks = pgTable(
  'desk_looks',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id),
    lookedAt: now('looked_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.organisationId] })],
);
