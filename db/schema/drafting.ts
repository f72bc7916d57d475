/** Several people write one petition: who they are, its paragraphs with who holds each just now, and every wording. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { PARAGRAPH_FIELDS } from '@folkmoot/core/petitions/plain';
import { at, id, inWords, now } from './columns.ts';
import { ofPetition } from './petitions.ts';

/** Somebody who was let in by the link: signed in, or by the draft cookie. */
export const petitionDrafters = pgTable(
  'petition_drafters',
  {
    id: id(),
    petitionId: ofPetition(),
    personId: uuid('person_id'),
    /** hash of the draft cookie of who has no account */
    visitor: text('visitor'),
    /** what the others read beside a paragraph */
    name: text('name').notNull(),
    joinedAt: now('joined_at'),
  },
  (t) => [
    uniqueIndex('petition_drafters_person')
      .on(t.petitionId, t.personId)
      .where(sql`person_id is not null`),
    uniqueIndex('petition_drafters_visitor')
      .on(t.petitionId, t.visitor)
      .where(sql`visitor is not null`),
    check('petition_drafters_somebody', sql`${t.personId} is not null or ${t.visitor} is not null`),
  ],
);

/** One paragraph has one editor at a time: a lock is good until its moment, unless it is renewed. */
export const petitionParagraphs = pgTable(
  'petition_paragraphs',
  {
    id: id(),
    petitionId: ofPetition(),
    field: text('field').$type<(typeof PARAGRAPH_FIELDS)[number]>().notNull(),
    sort: integer('sort').notNull(),
    text: text('text').notNull(),
    version: integer('version').notNull().default(1),
    lockedBy: uuid('locked_by'),
    lockedUntil: at('locked_until'),
    changedBy: uuid('changed_by'),
    changedAt: now('changed_at'),
  },
  (t) => [
    check('petition_paragraphs_field', inWords(t.field, PARAGRAPH_FIELDS)),
    index('petition_paragraphs_petition').on(t.petitionId, t.sort),
  ],
);

/** Every wording of a paragraph, also of those that were taken out: nobody's words are lost. */
export const petitionParagraphVersions = pgTable(
  'petition_paragraph_versions',
  {
    id: id(),
    petitionId: ofPetition(),
    paragraphId: uuid('paragraph_id').notNull(),
    field: text('field').$type<(typeof PARAGRAPH_FIELDS)[number]>().notNull(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    drafterId: uuid('drafter_id'),
    at: now('at'),
  },
  (t) => [
    check('petition_paragraph_versions_field', inWords(t.field, PARAGRAPH_FIELDS)),
    uniqueIndex('petition_paragraph_versions_once').on(t.paragraphId, t.version),
    index('petition_paragraph_versions_petition').on(t.petitionId, t.at),
  ],
);
