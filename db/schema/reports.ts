/** Reports: categories, the reports themselves, what was said of them, and who supports them. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import type { ReportAnswers, ReportQuestion } from '@folkmoot/core/reports/questions';
import { REPORT_STATES, REPORT_UPDATE_KINDS } from '@folkmoot/core/reports/plain';
import { act, at, channelCheck, id, inWords, now, tsvector, words } from './columns.ts';
import { areas } from './places.ts';
import { ofOrganisation, organisations, people } from './people.ts';

export const reportCategories = pgTable(
  'report_categories',
  {
    id: id(),
    code: text('code').notNull(),
    organisationId: ofOrganisation(),
    /** `roads`, `bins`: what "already reported?" looks within, and the icon */
    group: text('group').notNull(),
    name: words('name').notNull(),
    hint: words('hint'),
    questions: jsonb('questions').$type<ReportQuestion[]>().notNull().default([]),
    private: boolean('private').notNull().default(false),
    /** words that stop the form: "danger to life: call 999" */
    stopper: words('stopper'),
    similarMetres: integer('similar_metres').notNull().default(250),
    /** working days until we expect it done */
    expectedDays: integer('expected_days'),
    sort: integer('sort').notNull().default(0),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('report_categories_code').on(t.organisationId, t.code),
    index('report_categories_group').on(t.group),
  ],
);

export const reports = pgTable(
  'reports',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    ...act(),
    contactId: uuid('contact_id'),
    categoryId: uuid('category_id')
      .notNull()
      .references(() => reportCategories.id),
    organisationId: ofOrganisation(),
    wardId: uuid('ward_id').references(() => areas.id),
    title: text('title').notNull(),
    detail: text('detail').notNull(),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    answers: jsonb('answers').$type<ReportAnswers>().notNull().default({}),
    lon: doublePrecision('lon').notNull(),
    lat: doublePrecision('lat').notNull(),
    /** "Weir Street, by the baker’s": what the maker or the street table said */
    place: text('place').notNull(),
    state: text('state').$type<(typeof REPORT_STATES)[number]>().notNull(),
    stateAt: now('state_at'),
    private: boolean('private').notNull().default(false),
    hiddenAt: at('hidden_at'),
    showName: boolean('show_name').notNull().default(false),
    duplicateOf: bigint('duplicate_of', { mode: 'number' }).references((): AnyPgColumn => reports.id),
    expectedOn: date('expected_on', { mode: 'string' }),
    assignedTo: uuid('assigned_to').references(() => people.id),
    assignedTeam: text('assigned_team'),
    priority: smallint('priority').notNull().default(0),
    createdAt: now('created_at'),
    confirmedAt: at('confirmed_at'),
    updatedAt: now('updated_at'),
    fixedAt: at('fixed_at'),
    /** when we asked "was it fixed?" */
    askedAt: at('asked_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('simple', title || ' ' || place || ' ' || detail)`,
    ),
  },
  (t) => [
    check('reports_state', inWords(t.state, REPORT_STATES)),
    check('reports_lang', inWords(t.lang, LANGS)),
    check('reports_channel', channelCheck(t.channel)),
    check('reports_duplicate', sql`(${t.state} = 'duplicate') = (${t.duplicateOf} is not null)`),
    check('reports_not_own_duplicate', sql`${t.duplicateOf} is distinct from ${t.id}`),
    check(
      'reports_confirmed',
      sql`${t.state} in ('unconfirmed', 'cancelled_by_reporter') or ${t.confirmedAt} is not null`,
    ),
    uniqueIndex('reports_once_person')
      .on(t.personId, t.idempotencyKey)
      .where(sql`idempotency_key is not null and person_id is not null`),
    uniqueIndex('reports_once_contact')
      .on(t.contactId, t.idempotencyKey)
      .where(sql`idempotency_key is not null and contact_id is not null`),
    index('reports_search').using('gin', t.search),
    index('reports_person').on(t.personId),
    index('reports_queue')
      .on(t.organisationId, t.updatedAt)
      .where(
        sql`state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`,
      ),
    index('reports_assigned')
      .on(t.assignedTo)
      .where(sql`assigned_to is not null`),
    index('reports_unconfirmed')
      .on(t.createdAt)
      .where(sql`state = 'unconfirmed'`),
    // "already reported?": what is open near a point, whatever its category
    index('reports_near')
      .on(t.lat, t.lon)
      .where(
        sql`state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress') and not private and hidden_at is null`,
      ),
    // what came and what ended lately. No BRIN: rows that no vacuum has summed up yet are all read (390 ms of 300,000)
    index('reports_confirmed_at').on(t.confirmedAt),
    index('reports_fixed_at')
      .on(t.fixedAt)
      .where(sql`fixed_at is not null`),
    index('reports_ward').on(t.wardId, t.updatedAt),
    index('reports_ended')
      .on(t.organisationId, t.updatedAt)
      .where(
        sql`state not in ('unconfirmed', 'new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`,
      ),
    // the desk: what is open at an organisation, oldest promise first
    index('reports_desk')
      .on(t.organisationId, t.expectedOn, t.id)
      .where(
        sql`state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`,
      ),
    index('reports_expected')
      .on(t.expectedOn)
      .where(
        sql`state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`,
      ),
  ],
);

/** The report that a row belongs to. */
export const ofReport = () =>
  bigint('report_id', { mode: 'number' })
    .notNull()
    .references(() => reports.id);

/** Counters in a narrow row of their own: many write them at once, and the report's row stays quiet. */
export const reportCounts = pgTable(
  'report_counts',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .primaryKey()
      .references(() => reports.id),
    supports: integer('supports').notNull().default(0),
    saidFixed: integer('said_fixed').notNull().default(0),
    saidNotFixed: integer('said_not_fixed').notNull().default(0),
  },
  (t) => [
    check(
      'report_counts_positive',
      sql`${t.supports} >= 0 and ${t.saidFixed} >= 0 and ${t.saidNotFixed} >= 0`,
    ),
  ],
);

export const reportUpdates = pgTable(
  'report_updates',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    ...act(),
    reportId: ofReport(),
    kind: text('kind').$type<(typeof REPORT_UPDATE_KINDS)[number]>().notNull(),
    /** set when it speaks for the council */
    organisationId: uuid('organisation_id').references(() => organisations.id),
    stateFrom: text('state_from').$type<(typeof REPORT_STATES)[number]>(),
    stateTo: text('state_to').$type<(typeof REPORT_STATES)[number]>(),
    text: text('text'),
    /** what a verdict said */
    fixed: boolean('fixed'),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    showName: boolean('show_name').notNull().default(false),
    at: now('at'),
    hiddenAt: at('hidden_at'),
  },
  (t) => [
    check('report_updates_kind', inWords(t.kind, REPORT_UPDATE_KINDS)),
    check('report_updates_channel', channelCheck(t.channel)),
    index('report_updates_report').on(t.reportId, t.at),
    index('report_updates_person').on(t.personId),
    index('report_updates_at').on(t.at),
    index('report_updates_questions')
      .on(t.organisationId, t.at)
      .where(sql`kind = 'question'`),
    uniqueIndex('report_updates_once')
      .on(t.personId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
);

/** "Me too": one a person, or one a visitor's device; no name is ever shown. */
export const reportSupports = pgTable(
  'report_supports',
  {
    id: id(),
    ...act(),
    reportId: ofReport(),
    /** a visitor's draft cookie, hashed */
    visitor: text('visitor'),
    at: now('at'),
  },
  (t) => [
    uniqueIndex('report_supports_person')
      .on(t.reportId, t.personId)
      .where(sql`person_id is not null`),
    uniqueIndex('report_supports_visitor')
      .on(t.reportId, t.visitor)
      .where(sql`visitor is not null`),
    check('report_supports_someone', sql`${t.personId} is not null or ${t.visitor} is not null`),
    check('report_supports_channel', channelCheck(t.channel)),
    index('report_supports_of').on(t.personId),
    index('report_supports_at').on(t.at),
  ],
);

/** "Was it really fixed?": the latest answer of a person counts. */
export const reportVerdicts = pgTable(
  'report_verdicts',
  {
    id: id(),
    ...act(),
    reportId: ofReport(),
    fixed: boolean('fixed').notNull(),
    /** "did it serve you?" */
    served: boolean('served'),
    text: text('text'),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    at: now('at'),
  },
  (t) => [
    uniqueIndex('report_verdicts_once').on(t.reportId, t.personId),
    index('report_verdicts_at').on(t.at),
    check('report_verdicts_channel', channelCheck(t.channel)),
  ],
);

export const reportPhotos = pgTable(
  'report_photos',
  {
    id: id(),
    reportId: ofReport(),
    updateId: bigint('update_id', { mode: 'number' }).references(() => reportUpdates.id),
    hash: text('hash').notNull(),
    alt: words('alt'),
    sort: smallint('sort').notNull().default(0),
    createdAt: now('created_at'),
    hiddenAt: at('hidden_at'),
  },
  (t) => [index('report_photos_report').on(t.reportId), index('report_photos_hash').on(t.hash)],
);

/** Every wording is kept: what the maker changed, and what staff moved. */
export const reportVersions = pgTable(
  'report_versions',
  {
    id: id(),
    reportId: ofReport(),
    title: text('title').notNull(),
    detail: text('detail').notNull(),
    categoryId: uuid('category_id').notNull(),
    changedBy: uuid('changed_by'),
    at: now('at'),
  },
  (t) => [index('report_versions_report').on(t.reportId)],
);

/** A report on its way: kept on the server, so leaving and coming back loses nothing. */
export const reportDrafts = pgTable(
  'report_drafts',
  {
    id: id(),
    /** SHA-256 of the draft cookie */
    visitor: text('visitor').notNull().unique(),
    personId: uuid('person_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    photos: jsonb('photos')
      .$type<Array<{ hash: string; lon?: number; lat?: number }>>()
      .notNull()
      .default([]),
    updatedAt: now('updated_at'),
  },
  (t) => [index('report_drafts_updated').on(t.updatedAt)],
);

/** Ready-made answers, with blanks such as `{place}`. */
export const reportTemplates = pgTable(
  'report_templates',
  {
    id: id(),
    organisationId: ofOrganisation(),
    group: text('group'),
    command: text('command').notNull(),
    name: words('name').notNull(),
    text: words('text').notNull(),
    sort: integer('sort').notNull().default(0),
    endedAt: at('ended_at'),
  },
  (t) => [index('report_templates_organisation').on(t.organisationId)],
);
