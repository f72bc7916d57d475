/** Moderation: what people flagged, what was decided, and the public log of it. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import { DECISIONS, FLAG_REASONS } from '@folkmoot/core/moderation/plain';
import { act, at, channelCheck, id, inWords, now } from './columns.ts';

export const flags = pgTable(
  'flags',
  {
    id: id(),
    ...act(),
    /** the thing: `report:12`; the part of it: `text`, `update:40`, `photo:…` */
    topic: text('topic').notNull(),
    part: text('part').notNull(),
    organisationId: uuid('organisation_id'),
    areaId: uuid('area_id'),
    reason: text('reason').$type<(typeof FLAG_REASONS)[number]>().notNull(),
    detail: text('detail'),
    /** a visitor's draft cookie, hashed: one flag a visitor and part */
    visitor: text('visitor'),
    at: now('at'),
    decisionId: uuid('decision_id'),
  },
  (t) => [
    check('flags_reason', inWords(t.reason, FLAG_REASONS)),
    check('flags_channel', channelCheck(t.channel)),
    index('flags_open')
      .on(t.topic, t.part)
      .where(sql`decision_id is null`),
    uniqueIndex('flags_once')
      .on(t.topic, t.part, t.personId)
      .where(sql`person_id is not null and decision_id is null`),
    uniqueIndex('flags_visitor_once')
      .on(t.topic, t.part, t.visitor)
      .where(sql`visitor is not null and decision_id is null`),
  ],
);

export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    topic: text('topic').notNull(),
    part: text('part').notNull(),
    organisationId: uuid('organisation_id'),
    decision: text('decision').$type<(typeof DECISIONS)[number]>().notNull(),
    rule: integer('rule'),
    reason: text('reason').notNull(),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    /** shown in the public log unless it would tell of something private */
    public: boolean('public').notNull().default(true),
    decidedBy: uuid('decided_by').notNull(),
    /** who wrote it: told of the decision, and may ask for another look once */
    author: uuid('author'),
    at: now('at'),
    undoneAt: at('undone_at'),
    /** what it looked like before; private, emptied by retention */
    before: jsonb('before').$type<Record<string, unknown>>(),
    privateNote: text('private_note'),
    appealedAt: at('appealed_at'),
    appeal: text('appeal'),
    appealDecidedBy: uuid('appeal_decided_by'),
    appealDecidedAt: at('appeal_decided_at'),
    appealUpheld: boolean('appeal_upheld'),
    appealReason: text('appeal_reason'),
  },
  (t) => [
    check('decisions_decision', inWords(t.decision, DECISIONS)),
    check('decisions_lang', inWords(t.lang, LANGS)),
    check('decisions_other_moderator', sql`${t.appealDecidedBy} is distinct from ${t.decidedBy}`),
    index('decisions_topic').on(t.topic),
    index('decisions_at').on(t.at),
    index('decisions_appealed')
      .on(t.appealedAt)
      .where(sql`appealed_at is not null and appeal_decided_at is null`),
  ],
);
