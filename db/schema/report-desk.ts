/** The staff desk for reports: notes, what was changed, and who has what open. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import { DESK_CHANGES } from '@folkmoot/core/reports/plain';
import { at, id, inWords, now } from './columns.ts';
import { ofOrganisation, ofPerson } from './people.ts';
import { ofReport, reportUpdates } from './reports.ts';

/** What staff tell each other. Never public. */
export const reportNotes = pgTable(
  'report_notes',
  {
    id: id(),
    reportId: ofReport(),
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
    reportId: ofReport(),
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

/** What a councillor asked the officers about a report of their ward, and what they were told. */
export const reportQuestions = pgTable(
  'report_questions',
  {
    id: id(),
    reportId: ofReport(),
    byPerson: uuid('by_person').notNull(),
    text: text('text').notNull(),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    /** the councillor wants question and answer to stand on the report's page */
    open: boolean('open').notNull(),
    at: now('at'),
    answer: text('answer'),
    answerLang: text('answer_lang').$type<(typeof LANGS)[number]>(),
    answeredBy: uuid('answered_by'),
    answeredAt: at('answered_at'),
    /** the line on the timeline where it is public */
    updateId: bigint('update_id', { mode: 'number' }).references(() => reportUpdates.id),
  },
  (t) => [
    check('report_questions_lang', inWords(t.lang, LANGS)),
    index('report_questions_report').on(t.reportId, t.at),
    // one at a time: pressed twice it is asked once
    uniqueIndex('report_questions_waiting')
      .on(t.reportId, t.byPerson)
      .where(sql`answered_at is null`),
  ],
);

/** Who has a report open at the desk: rows, so that every process knows; one older than 90 seconds says nothing. */
export const reportOpenings = pgTable(
  'report_openings',
  {
    reportId: ofReport(),
    personId: ofPerson(),
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
    personId: ofPerson(),
    organisationId: ofOrganisation(),
    lookedAt: now('looked_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.organisationId] })],
);
