/** Who signed petitions, and what is made of it: sheets, ratings, mailings, invalidations, the hourly tree. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import type { SUSPICIONS } from '@folkmoot/core/petitions/plain';
import { BASES, BURST_KINDS, REMOVAL_KINDS, SIGNATURE_STATES } from '@folkmoot/core/petitions/plain';
import { act, at, channelCheck, id, inWords, now } from './columns.ts';
import { ofPetition, petitions } from './petitions.ts';

/**
 * A signature. Name and address go `keepDays` after closing; ward, basis, time and state stay. `canonical` is the
 * address in the form that is compared; after anonymisation it is null and the row can no longer be matched.
 */
export const signatures = pgTable(
  'signatures',
  {
    id: id(),
    ...act(),
    petitionId: ofPetition(),
    /** a supporter before moderation is a signature, too, once the petition is open */
    supporter: boolean('supporter').notNull().default(false),
    state: text('state').$type<(typeof SIGNATURE_STATES)[number]>().notNull(),
    name: text('name'),
    email: text('email'),
    canonical: text('canonical'),
    postcode: text('postcode'),
    basis: text('basis').$type<(typeof BASES)[number]>().notNull(),
    wardId: uuid('ward_id'),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    follows: boolean('follows').notNull().default(false),
    /** agreed that the organiser may read their name */
    showsName: boolean('shows_name').notNull().default(false),
    /** the network it came from (an IPv4 address or a /64), for rates and burst alerts; kept 30 days */
    network: text('network'),
    mailsSent: integer('mails_sent').notNull().default(0),
    /** a mail is wanted, not before this moment; null once it is dealt with */
    mailDueAt: at('mail_due_at'),
    mailedAt: at('mailed_at'),
    signedAt: now('signed_at'),
    confirmedAt: at('confirmed_at'),
    /** 32 random bytes of the receipt, hex; null after erasure */
    receipt: text('receipt'),
    /** SHA-256(petition id ‖ receipt bytes), hex: a leaf of the hour's tree */
    leaf: text('leaf'),
    invalidationId: uuid('invalidation_id'),
    /** which rule marked it; it does not count until a moderator has looked */
    suspectBecause: text('suspect_because').$type<(typeof SUSPICIONS)[number]>(),
    /** a moderator found it good: no rule marks it again */
    checkedAt: at('checked_at'),
    sheetId: uuid('sheet_id'),
  },
  (t) => [
    check('signatures_state', inWords(t.state, SIGNATURE_STATES)),
    check('signatures_basis', inWords(t.basis, BASES)),
    check('signatures_channel', channelCheck(t.channel)),
    check('signatures_lang', inWords(t.lang, LANGS)),
    check(
      'signatures_suspect',
      sql`${t.state} <> 'suspect' or (${t.suspectBecause} is not null and ${t.checkedAt} is null)`,
    ),
    uniqueIndex('signatures_address')
      .on(t.petitionId, t.canonical)
      .where(sql`canonical is not null`),
    uniqueIndex('signatures_person')
      .on(t.petitionId, t.personId)
      .where(sql`person_id is not null`),
    index('signatures_mail_due')
      .on(t.mailDueAt)
      .where(sql`mail_due_at is not null`),
    index('signatures_mailed')
      .on(t.petitionId, t.network, t.mailedAt)
      .where(sql`mailed_at is not null`),
    index('signatures_confirmed')
      .on(t.petitionId, t.confirmedAt)
      .where(sql`state = 'confirmed'`),
    index('signatures_of')
      .on(t.personId)
      .where(sql`person_id is not null`),
    index('signatures_invalidated')
      .on(t.invalidationId)
      .where(sql`invalidation_id is not null`),
    // searches of moderators, the panel, paper sheets: without it each would read everybody's signatures
    index('signatures_petition').on(t.petitionId, t.state, t.postcode),
    /** those whose account is still to be made: looked for every minute */
    index('signatures_unjoined')
      .on(t.confirmedAt)
      .where(sql`state = 'confirmed' and person_id is null and email is not null`),
    index('signatures_leaves')
      .on(t.confirmedAt)
      .where(sql`leaf is not null`),
  ],
);

export const petitionSheets = pgTable(
  'petition_sheets',
  {
    id: id(),
    petitionId: ofPetition(),
    scan: text('scan'),
    enteredBy: uuid('entered_by').notNull(),
    enteredAt: now('entered_at'),
    rows: integer('rows').notNull().default(0),
    counted: integer('counted').notNull().default(0),
    doubles: integer('doubles').notNull().default(0),
  },
  (t) => [index('petition_sheets_petition').on(t.petitionId)],
);

export const petitionRatings = pgTable(
  'petition_ratings',
  {
    id: id(),
    petitionId: ofPetition(),
    signatureId: uuid('signature_id')
      .notNull()
      .references(() => signatures.id),
    answers: boolean('answers').notNull(),
    at: now('at'),
  },
  (t) => [uniqueIndex('petition_ratings_once').on(t.petitionId, t.signatureId)],
);

/** A mailing to all signers of one milestone; a newer one supersedes what is still queued. */
export const petitionMailings = pgTable(
  'petition_mailings',
  {
    id: id(),
    petitionId: ofPetition(),
    milestone: text('milestone').notNull(),
    stepId: uuid('step_id'),
    createdAt: now('created_at'),
    supersededAt: at('superseded_at'),
    doneAt: at('done_at'),
    sent: integer('sent').notNull().default(0),
    lastSignature: uuid('last_signature'),
  },
  (t) => [unique('petition_mailings_milestone').on(t.petitionId, t.milestone)],
);

/** A saved query that takes signatures away: counted first, run in the background, can be stopped and undone. */
export const petitionInvalidations = pgTable(
  'petition_invalidations',
  {
    id: id(),
    petitionId: bigint('petition_id', { mode: 'number' }).references(() => petitions.id),
    query: jsonb('query').$type<Record<string, string>>().notNull(),
    reasonCode: text('reason_code').notNull(),
    madeBy: uuid('made_by').notNull(),
    createdAt: now('created_at'),
    found: integer('found').notNull().default(0),
    done: integer('done').notNull().default(0),
    startedAt: at('started_at'),
    endedAt: at('ended_at'),
    cancelledAt: at('cancelled_at'),
    /** it was asked to be given back; empty again where that was stopped */
    undoneAt: at('undone_at'),
    undoEndedAt: at('undo_ended_at'),
    givenBack: integer('given_back').notNull().default(0),
  },
  (t) => [index('petition_invalidations_petition').on(t.petitionId)],
);

/** The hourly tree of leaves, chained to the last: anyone can check that theirs is in it and none was swapped. */
export const petitionTrees = pgTable(
  'petition_trees',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    hour: at('hour').notNull().unique(),
    /** leaves in a random order, hex */
    leaves: text('leaves').array().notNull(),
    root: text('root').notNull(),
    /** SHA-256(previous chain ‖ root), and the notes' root after it where there are any, hex */
    chain: text('chain').notNull(),
    /** what was taken away in the hour and given back: `LEAF removed REASON` and `LEAF restored`, sorted */
    notes: text('notes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** leaves and notes together, so that pages are told apart without reading them */
    size: integer('size').generatedAlwaysAs(sql`cardinality(leaves) + cardinality(notes)`),
  },
  (t) => [index('petition_trees_leaves').using('gin', t.leaves)],
);

/** Leaves taken away and given back, as it happened: rows are only added, and each hour publishes its own. */
export const petitionRemovals = pgTable(
  'petition_removals',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    petitionId: ofPetition(),
    leaf: text('leaf').notNull(),
    kind: text('kind').$type<(typeof REMOVAL_KINDS)[number]>().notNull(),
    reasonCode: text('reason_code'),
    at: now('at'),
  },
  (t) => [
    check('petition_removals_kind', inWords(t.kind, REMOVAL_KINDS)),
    index('petition_removals_at').on(t.at),
    index('petition_removals_leaf').on(t.leaf),
  ],
);

/** Many signatures at once from one network or one mail domain: moderators are told once a day of each. */
export const petitionBursts = pgTable(
  'petition_bursts',
  {
    id: id(),
    petitionId: ofPetition(),
    kind: text('kind').$type<(typeof BURST_KINDS)[number]>().notNull(),
    /** the network or the domain; a network goes after 30 days */
    source: text('source'),
    day: date('day', { mode: 'string' }).notNull(),
    /** the most in an hour */
    most: integer('most').notNull(),
    at: now('at'),
    seenAt: at('seen_at'),
    seenBy: uuid('seen_by'),
  },
  (t) => [
    check('petition_bursts_kind', inWords(t.kind, BURST_KINDS)),
    unique('petition_bursts_once').on(t.petitionId, t.kind, t.source, t.day),
    index('petition_bursts_unseen')
      .on(t.petitionId)
      .where(sql`seen_at is null`),
  ],
);

/** Confirmed signatures a day, and by ward from this morning's snapshot. */
export const petitionDays = pgTable(
  'petition_days',
  {
    petitionId: ofPetition(),
    day: date('day', { mode: 'string' }).notNull(),
    confirmed: integer('confirmed').notNull().default(0),
    invalidated: integer('invalidated').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.petitionId, t.day] })],
);
export const petitionWards = pgTable(
  'petition_wards',
  {
    petitionId: ofPetition(),
    wardId: uuid('ward_id').notNull(),
    /** the true count: only ever shown through disclose() */
    count: integer('count').notNull(),
    at: now('at'),
  },
  (t) => [
    primaryKey({ columns: [t.petitionId, t.wardId] }),
    index('petition_wards_ward').on(t.wardId, t.count),
  ],
);

/** Rules of comparison by mail domain: `gmail.com` strips dots and `+tag`; aliases point to the same. */
export const emailRules = pgTable('email_rules', {
  domain: text('domain').primaryKey(),
  aliasOf: text('alias_of'),
  stripsDots: boolean('strips_dots').notNull().default(false),
  stripsTag: boolean('strips_tag').notNull().default(true),
});
