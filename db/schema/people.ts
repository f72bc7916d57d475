/** People: accounts, contacts, sessions, second factors, organisations, roles, and who looked at whom. */
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
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { LANGS } from '@folkmoot/core/kit/plain';
import { ROLES } from '@folkmoot/core/people/roles';
import { CONTACT_KINDS, DIGESTS, ORGANISATION_KINDS, TOKEN_KINDS } from '@folkmoot/core/people/plain';
import { act, at, channelCheck, id, inWords, now, words } from './columns.ts';

export const people = pgTable(
  'people',
  {
    id: id(),
    name: text('name'),
    publicName: boolean('public_name').notNull().default(false),
    lang: text('lang').$type<(typeof LANGS)[number]>().notNull().default('en'),
    postcode: text('postcode'),
    wardId: uuid('ward_id'),
    under18: boolean('under_18').notNull().default(false),
    digest: text('digest').$type<(typeof DIGESTS)[number]>().notNull().default('now'),
    createdAt: now('created_at'),
    lastSeenAt: at('last_seen_at'),
    erasedAt: at('erased_at'),
  },
  (t) => [check('people_lang', inWords(t.lang, LANGS)), check('people_digest', inWords(t.digest, DIGESTS))],
);

/** Whose a row is. */
export const ofPerson = () =>
  uuid('person_id')
    .notNull()
    .references(() => people.id);

/** A person is not an e-mail address: an address may be known before it is anybody's. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    personId: uuid('person_id').references(() => people.id),
    kind: text('kind').$type<(typeof CONTACT_KINDS)[number]>().notNull(),
    value: text('value').notNull(),
    canonical: text('canonical').notNull(),
    verifiedAt: at('verified_at'),
    /** a hard bounce stops an address */
    stoppedAt: at('stopped_at'),
    createdAt: now('created_at'),
  },
  (t) => [
    uniqueIndex('contacts_verified')
      .on(t.kind, t.canonical)
      .where(sql`verified_at is not null`),
    index('contacts_canonical').on(t.canonical),
    index('contacts_person').on(t.personId),
    check('contacts_kind', inWords(t.kind, CONTACT_KINDS)),
  ],
);

export const passwords = pgTable('passwords', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  /** argon2id */
  hash: text('hash').notNull(),
  changedAt: now('changed_at'),
});

export const secondFactors = pgTable('second_factors', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  /** sealed with SECRET_KEYS */
  secret: text('secret').notNull(),
  confirmedAt: at('confirmed_at'),
  /** the last time step that was accepted, so that a code works once */
  lastStep: integer('last_step'),
});

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    personId: ofPerson(),
    hash: text('hash').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [unique('recovery_codes_hash').on(t.personId, t.hash)],
);

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session id; the raw one is only in the cookie */
    id: text('id').primaryKey(),
    publicId: uuid('public_id')
      .notNull()
      .default(sql`uuidv7()`),
    userId: uuid('user_id')
      .notNull()
      .references(() => people.id),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
    createdAt: now('created_at'),
    seenAt: now('seen_at'),
    /** "Firefox on Android": what the person needs to know their own device again */
    device: text('device').notNull().default(''),
    staff: boolean('staff').notNull().default(false),
    /** when the second factor was last given in this session */
    strongAt: at('strong_at'),
  },
  (t) => [
    index('sessions_user').on(t.userId),
    uniqueIndex('sessions_public').on(t.publicId),
    index('sessions_expiry').on(t.expiresAt),
  ],
);

/** Single-use, hashed, short-lived: sign-in links, confirmations, invitations. */
export const tokens = pgTable(
  'tokens',
  {
    hash: text('hash').primaryKey(),
    kind: text('kind').$type<(typeof TOKEN_KINDS)[number]>().notNull(),
    personId: uuid('person_id').references(() => people.id),
    contactId: uuid('contact_id').references(() => contacts.id),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: now('created_at'),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [
    check('tokens_kind', inWords(t.kind, TOKEN_KINDS)),
    index('tokens_expiry').on(t.expiresAt),
    index('tokens_contact').on(t.contactId),
  ],
);

export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    kind: text('kind').$type<(typeof ORGANISATION_KINDS)[number]>().notNull(),
    name: words('name').notNull(),
    about: words('about'),
    email: text('email'),
    phone: text('phone'),
    website: text('website'),
    /** when and where they meet */
    meets: words('meets'),
    /** name of a file under /files/ */
    picture: text('picture'),
    /** `text`, `photo`: what a moderator took down of a group's page */
    hiddenParts: text('hidden_parts')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** which link lets somebody in: a new number makes the old links useless */
    door: integer('door').notNull().default(1),
    hue: integer('hue'),
    chroma: integer('chroma'),
    createdAt: now('created_at'),
    endedAt: at('ended_at'),
  },
  (t) => [check('organisations_kind', inWords(t.kind, ORGANISATION_KINDS))],
);

/** The organisation that a row belongs to. */
export const ofOrganisation = () =>
  uuid('organisation_id')
    .notNull()
    .references(() => organisations.id);

export const organisationAreas = pgTable(
  'organisation_areas',
  {
    organisationId: ofOrganisation(),
    areaId: uuid('area_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.areaId] })],
);

export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    personId: ofPerson(),
    organisationId: ofOrganisation(),
    title: words('title'),
    joinedAt: now('joined_at'),
    leftAt: at('left_at'),
  },
  (t) => [
    uniqueIndex('memberships_once')
      .on(t.personId, t.organisationId)
      .where(sql`left_at is null`),
    index('memberships_organisation').on(t.organisationId),
  ],
);

/** An ability is (role, organisation, area?, category?). */
export const grants = pgTable(
  'grants',
  {
    id: id(),
    personId: ofPerson(),
    organisationId: ofOrganisation(),
    role: text('role').$type<(typeof ROLES)[number]>().notNull(),
    areaId: uuid('area_id'),
    categoryId: uuid('category_id'),
    grantedBy: uuid('granted_by'),
    grantedAt: now('granted_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    check('grants_role', inWords(t.role, ROLES)),
    index('grants_person').on(t.personId),
    index('grants_organisation').on(t.organisationId),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    organisationId: ofOrganisation(),
    email: text('email').notNull(),
    role: text('role').$type<(typeof ROLES)[number]>().notNull(),
    areaId: uuid('area_id'),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => people.id),
    createdAt: now('created_at'),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    check('invitations_role', inWords(t.role, ROLES)),
    index('invitations_organisation').on(t.organisationId),
  ],
);

/** Who looked at somebody's private details, and why. Append-only: the application's role has no UPDATE or DELETE. */
export const accessLog = pgTable(
  'access_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    who: uuid('who').notNull(),
    what: text('what').notNull(),
    why: text('why').notNull(),
    /** whose details were shown; null where it was a list */
    personId: uuid('person_id'),
    topic: text('topic'),
    at: now('at'),
  },
  (t) => [index('access_log_person').on(t.personId, t.at), index('access_log_at').on(t.at)],
);

/** Limits that protect a secret or a mailbox are rows, so that every process shares them. */
export const limits = pgTable('limits', {
  key: text('key').primaryKey(),
  windowStart: at('window_start').notNull(),
  count: integer('count').notNull(),
});

/** What somebody agreed to when staff acted for them by phone or at the counter. */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    ...act(),
    what: text('what').notNull(),
    wording: text('wording').notNull(),
    givenAt: now('given_at'),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [check('consents_channel', channelCheck(t.channel)), index('consents_person').on(t.personId)],
);
