/** Telling people: what they follow, their inbox, their alerts, and the mails that wait to go out. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import { ALERT_KINDS, MAIL_STATES } from '@folkmoot/core/notifications/plain';
import { at, id, inWords, now } from './columns.ts';

export const follows = pgTable(
  'follows',
  {
    personId: uuid('person_id').notNull(),
    topic: text('topic').notNull(),
    byMail: boolean('by_mail').notNull().default(true),
    createdAt: now('created_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.topic] }), index('follows_topic').on(t.topic)],
);

export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    topic: text('topic').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    at: now('at'),
    readAt: at('read_at'),
    /** set once it went out in a daily digest */
    digestedAt: at('digested_at'),
  },
  (t) => [
    uniqueIndex('notifications_once').on(t.eventId, t.personId, t.kind),
    index('notifications_person').on(t.personId, t.at),
    index('notifications_undigested')
      .on(t.personId)
      .where(sql`digested_at is null`),
  ],
);

export const mails = pgTable(
  'mails',
  {
    id: id(),
    eventId: bigint('event_id', { mode: 'number' }),
    personId: uuid('person_id'),
    contactId: uuid('contact_id'),
    to: text('to').notNull(),
    kind: text('kind').notNull(),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    /** 0 sign-in and confirmations, 5 answers to one person, 9 mailings to many */
    priority: smallint('priority').notNull(),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull().default({}),
    /** fixed before it is handed over, so that a second delivery is recognisable */
    messageId: text('message_id').notNull(),
    state: text('state').$type<(typeof MAIL_STATES)[number]>().notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: now('next_at'),
    createdAt: now('created_at'),
    sentAt: at('sent_at'),
    error: text('error'),
  },
  (t) => [
    uniqueIndex('mails_once')
      .on(t.eventId, t.personId, t.kind)
      .where(sql`event_id is not null`),
    // with the id: a mailing to many waits from one moment, and without it each claim sorts all of them
    index('mails_next')
      .on(t.priority, t.nextAt, t.id)
      .where(sql`state = 'queued'`),
    index('mails_sending')
      .on(t.nextAt)
      .where(sql`state = 'sending'`),
    index('mails_created').on(t.createdAt),
    check('mails_state', inWords(t.state, MAIL_STATES)),
    check('mails_lang', inWords(t.lang, LANGS)),
  ],
);

export const alerts = pgTable(
  'alerts',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').$type<(typeof ALERT_KINDS)[number]>().notNull(),
    areaId: uuid('area_id'),
    lon: doublePrecision('lon'),
    lat: doublePrecision('lat'),
    radiusM: integer('radius_m'),
    categoryGroup: text('category_group'),
    createdAt: now('created_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    check('alerts_kind', inWords(t.kind, ALERT_KINDS)),
    index('alerts_person').on(t.personId),
    index('alerts_area')
      .on(t.areaId)
      .where(sql`ended_at is null`),
  ],
);
