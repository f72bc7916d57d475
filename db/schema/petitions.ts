/** Petitions: schemes, the petitions themselves, who signed, and what the council did. */
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
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import {
  DEBATE_STATES,
  PETITION_DECISIONS,
  type Basis,
  PETITION_STATES,
  type PetitionWhere,
  RESPONSE_STATES,
  STEP_KINDS,
} from '@folkmoot/core/petitions/plain';
import type { Scheme } from '@folkmoot/core/petitions/scheme';
import { act, at, channelCheck, id, inWords, now, tsvector, words } from './columns.ts';
import { ofOrganisation, people } from './people.ts';

/** Versions are never edited: a change of scheme is a new row, and running petitions keep theirs. */
export const petitionSchemes = pgTable(
  'petition_schemes',
  {
    id: id(),
    organisationId: ofOrganisation(),
    version: integer('version').notNull(),
    data: jsonb('data').$type<Scheme>().notNull(),
    createdBy: uuid('created_by'),
    createdAt: now('created_at'),
  },
  (t) => [unique('petition_schemes_version').on(t.organisationId, t.version)],
);

/** Which pages were passed, and what the last one was told. */
export type PetitionDraft = {
  notSimilar?: boolean;
  details?: boolean;
  where?: PetitionWhere;
  name?: string;
  email?: string;
  postcode?: string;
  basis?: Basis;
  age?: number;
  /** a random word: the mailed button sends off this very wording and no other */
  asked?: string;
  /** a random word in the link that lets others in to write; another one shuts it */
  invite?: string;
};

/** What stands in public lists: published or refused, and not hidden as a whole. */
const listed = sql`removed_at is null and (hidden_at is null or cardinality(hidden_parts) > 0) and (opened_at is not null or state = 'rejected')`;

export const petitions = pgTable(
  'petitions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    ...act(),
    contactId: uuid('contact_id'),
    /** hash of the draft cookie of whoever began it without an account; emptied once it is somebody's */
    visitor: text('visitor'),
    /** what its pages were told that is not of the petition itself; emptied when it is sent off */
    draft: jsonb('draft').$type<PetitionDraft>(),
    organisationId: ofOrganisation(),
    schemeId: uuid('scheme_id')
      .notNull()
      .references(() => petitionSchemes.id),
    /** signatures for a debate, where the scheme asks for a share of the people: worked out when it was started */
    debateNeeds: integer('debate_needs'),
    title: text('title').notNull(),
    why: text('why').notNull(),
    details: text('details'),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    topics: text('topics')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** wards it is about; empty: the whole place */
    wardIds: uuid('ward_ids')
      .array()
      .notNull()
      .default(sql`'{}'`),
    lon: doublePrecision('lon'),
    lat: doublePrecision('lat'),
    creatorName: text('creator_name').notNull(),
    state: text('state').$type<(typeof PETITION_STATES)[number]>().notNull(),
    stateAt: now('state_at'),
    response: text('response').$type<(typeof RESPONSE_STATES)[number]>().notNull().default('none'),
    debate: text('debate').$type<(typeof DEBATE_STATES)[number]>().notNull().default('none'),
    returned: integer('returned').notNull().default(0),
    rejectionCode: text('rejection_code'),
    rejectionReason: text('rejection_reason'),
    mergedInto: bigint('merged_into', { mode: 'number' }).references((): AnyPgColumn => petitions.id),
    endedReason: text('ended_reason'),
    createdAt: now('created_at'),
    submittedAt: at('submitted_at'),
    moderationReachedAt: at('moderation_reached_at'),
    openedAt: at('opened_at'),
    closesAt: at('closes_at'),
    closedAt: at('closed_at'),
    responseReachedAt: at('response_reached_at'),
    evidenceReachedAt: at('evidence_reached_at'),
    debateReachedAt: at('debate_reached_at'),
    /** working-day clock of the moderators, pauses counted in */
    moderateBy: date('moderate_by', { mode: 'string' }),
    hiddenAt: at('hidden_at'),
    hiddenReason: text('hidden_reason'),
    /** `title`, `why`, `details`, `name`: hidden, while the rest stays to be read */
    hiddenParts: text('hidden_parts')
      .array()
      .notNull()
      .default(sql`'{}'`),
    removedAt: at('removed_at'),
    removedReason: text('removed_reason'),
    updatedAt: now('updated_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('simple', title || ' ' || why || ' ' || coalesce(details, ''))`,
    ),
  },
  (t) => [
    check('petitions_state', inWords(t.state, PETITION_STATES)),
    check('petitions_response', inWords(t.response, RESPONSE_STATES)),
    check('petitions_debate', inWords(t.debate, DEBATE_STATES)),
    check('petitions_lang', inWords(t.lang, LANGS)),
    check('petitions_channel', channelCheck(t.channel)),
    check(
      'petitions_open',
      sql`${t.state} <> 'open' or (${t.openedAt} is not null and ${t.closesAt} is not null)`,
    ),
    check('petitions_rejected', sql`(${t.state} = 'rejected') = (${t.rejectionCode} is not null)`),
    check('petitions_not_own_twin', sql`${t.mergedInto} is distinct from ${t.id}`),
    uniqueIndex('petitions_once_person')
      .on(t.personId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    index('petitions_search').using('gin', t.search),
    index('petitions_spelt').using('gin', sql`lower(${t.title}) gin_trgm_ops`, sql`length(${t.title})`),
    index('petitions_state_updated').on(t.state, t.updatedAt),
    index('petitions_latest').on(t.stateAt, t.id),
    index('petitions_opened')
      .on(t.openedAt)
      .where(sql`state = 'open'`),
    index('petitions_closing')
      .on(t.closesAt)
      .where(sql`state = 'open'`),
    index('petitions_moderation')
      .on(t.organisationId, t.moderateBy)
      .where(sql`state = 'in_moderation'`),
    index('petitions_person').on(t.personId),
    // what the facets count, without a look at the petitions themselves
    index('petitions_listed').on(t.state, t.response, t.debate, t.organisationId).where(listed),
    // each public list in its order: the first page of a hundred thousand reads twenty rows
    index('petitions_recent')
      .on(t.openedAt, t.id)
      .where(sql`state in ('open', 'closed')`),
    index('petitions_over')
      .on(t.stateAt, t.id)
      .where(sql`state in ('closed', 'stopped', 'withdrawn')`),
    index('petitions_refused')
      .on(t.stateAt, t.id)
      .where(sql`state = 'rejected'`),
    index('petitions_answer_owed')
      .on(t.responseReachedAt, t.id)
      .where(sql`response = 'awaiting'`),
    index('petitions_answered')
      .on(t.stateAt, t.id)
      .where(sql`response = 'responded'`),
    index('petitions_debate_owed')
      .on(t.debateReachedAt, t.id)
      .where(sql`debate in ('awaiting', 'scheduled')`),
    index('petitions_debated')
      .on(t.stateAt, t.id)
      .where(sql`debate = 'debated'`),
    uniqueIndex('petitions_once_visitor')
      .on(t.visitor, t.idempotencyKey)
      .where(sql`visitor is not null and idempotency_key is not null`),
    index('petitions_visitor')
      .on(t.visitor)
      .where(sql`visitor is not null`),
  ],
);

/** The petition that a row belongs to. */
export const ofPetition = () =>
  bigint('petition_id', { mode: 'number' })
    .notNull()
    .references(() => petitions.id);

/** The counters of a petition in a narrow row of their own: this is the row that goes viral. */
export const petitionCounts = pgTable(
  'petition_counts',
  {
    petitionId: bigint('petition_id', { mode: 'number' })
      .primaryKey()
      .references(() => petitions.id),
    supporters: integer('supporters').notNull().default(0),
    online: integer('online').notNull().default(0),
    paper: integer('paper').notNull().default(0),
    invalidated: integer('invalidated').notNull().default(0),
    lastSignedAt: at('last_signed_at'),
  },
  (t) => [
    check(
      'petition_counts_positive',
      sql`${t.supporters} >= 0 and ${t.online} >= 0 and ${t.paper} >= 0 and ${t.invalidated} >= 0`,
    ),
    index('petition_counts_signed').on(sql`(online + paper)`, t.petitionId),
  ],
);

/** What moderators decided, in the order it happened. The public reason is shown; the private note never. */
export const petitionDecisions = pgTable(
  'petition_decisions',
  {
    id: id(),
    petitionId: ofPetition(),
    command: text('command').$type<(typeof PETITION_DECISIONS)[number]>().notNull(),
    code: text('code'),
    reason: text('reason').notNull(),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    /** the same reason in the other language, where somebody wrote it */
    otherReason: text('other_reason'),
    /** `[{field, from, to}]`: letters marked in the wording that was sent back */
    passages: jsonb('passages')
      .$type<Array<{ field: 'title' | 'why' | 'details'; from: number; to: number }>>()
      .notNull()
      .default([]),
    privateNote: text('private_note'),
    decidedBy: uuid('decided_by')
      .notNull()
      .references(() => people.id),
    at: now('at'),
    /** taken back by whoever decided, before anybody was told */
    undoneAt: at('undone_at'),
    appealedAt: at('appealed_at'),
    appeal: text('appeal'),
    appealDecidedBy: uuid('appeal_decided_by'),
    appealDecidedAt: at('appeal_decided_at'),
    appealUpheld: boolean('appeal_upheld'),
    appealReason: text('appeal_reason'),
  },
  (t) => [
    index('petition_decisions_petition').on(t.petitionId, t.at),
    check('petition_decisions_command', inWords(t.command, PETITION_DECISIONS)),
    check('petition_decisions_lang', inWords(t.lang, LANGS)),
    check('petition_decisions_other_moderator', sql`${t.appealDecidedBy} is distinct from ${t.decidedBy}`),
  ],
);

/** Who has a petition open at the moderators' desk; a row is good for as long as it is renewed. */
export const petitionOpenings = pgTable(
  'petition_openings',
  {
    petitionId: ofPetition(),
    personId: uuid('person_id').notNull(),
    seenAt: now('seen_at'),
    /** who took it last works on it; the others look on */
    takenAt: at('taken_at'),
  },
  (t) => [primaryKey({ columns: [t.petitionId, t.personId] })],
);

/** Every wording, when the organiser amended it or staff hid a part. */
export const petitionVersions = pgTable(
  'petition_versions',
  {
    petitionId: ofPetition(),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    why: text('why').notNull(),
    details: text('details'),
    changedBy: uuid('changed_by'),
    at: now('at'),
  },
  (t) => [primaryKey({ columns: [t.petitionId, t.version] })],
);

/** Reject codes are rows: a council words its own. */
export const petitionRejectionCodes = pgTable('petition_rejection_codes', {
  code: text('code').primaryKey(),
  name: words('name').notNull(),
  about: words('about').notNull(),
  hidesText: boolean('hides_text').notNull(),
  sort: integer('sort').notNull(),
  /** no longer to be chosen; what was rejected with it keeps its words */
  retiredAt: at('retired_at'),
});

/** What happened after: answers, debates, updates to signers. */
export const petitionSteps = pgTable(
  'petition_steps',
  {
    id: id(),
    petitionId: ofPetition(),
    kind: text('kind').$type<(typeof STEP_KINDS)[number]>().notNull(),
    /** ≤ 200 letters */
    summary: text('summary').notNull(),
    details: text('details'),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull(),
    /** meeting, video with time index, transcript, vote: as the kind needs */
    data: jsonb('data').$type<Record<string, string | number | null>>().notNull().default({}),
    happensOn: date('happens_on', { mode: 'string' }),
    byPerson: uuid('by_person').notNull(),
    byName: text('by_name').notNull(),
    at: now('at'),
  },
  (t) => [
    check('petition_steps_kind', inWords(t.kind, STEP_KINDS)),
    index('petition_steps_petition').on(t.petitionId, t.at),
    index('petition_steps_said')
      .on(t.at)
      .where(sql`kind in ('response', 'debated')`),
  ],
);
