/** What is new for me, what I follow, where I asked to be alerted, and the mails that need a person. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { done, email, id, lang, lat, listOf, lon, page, ticked, when, words } from '../kit/shapes.ts';
import { DEBATE_STATES, PETITION_STATES, RESPONSE_STATES } from '../petitions/plain.ts';
import { state } from '../reports/shapes.ts';
import { notificationEndpoints as at } from './endpoints.ts';
import { ALERT_KINDS, ALERT_RADII, MAIL_STATES, NOTIFICATION_KINDS, STOPS } from './plain.ts';

/** A thing one may follow; its domain says who may see it. */
const topic = z.string().regex(/^(report|petition):[1-9][0-9]{0,14}$/, 'not_an_option');
/** An empty field of a form is an absent one. */
const emptyIsNone = <T extends z.ZodType>(shape: T) => z.preprocess((v) => (v === '' ? undefined : v), shape);
const light = { email: emptyIsNone(email.optional()), lang: lang.default('en') };
/** Whether it waits for the button in the mail, and to which address that went. */
const waits = { waits: z.boolean(), email: z.string().nullable() };
const seen = { ok: z.literal(true), unread: z.number() };

const standing = z.object({
  state: z.enum(PETITION_STATES),
  response: z.enum(RESPONSE_STATES),
  debate: z.enum(DEBATE_STATES),
});

const note = z.object({
  id,
  kind: z.enum(NOTIFICATION_KINDS),
  at: when,
  read: z.boolean(),
  /** where it leads, without the language */
  to: z.string(),
  /** null where the title is not for every eye: the number stands for it */
  title: z.string().nullable(),
  number: z.number(),
  lang,
  place: z.string().nullable(),
  /** what the report became then */
  state: state.nullable(),
  organisation: words,
  says: z.object({ text: z.string(), lang, by: z.string().nullable(), council: z.boolean() }).nullable(),
});
export type InboxNote = z.infer<typeof note>;

const followed = z.object({
  topic: z.string(),
  to: z.string(),
  title: z.string(),
  lang,
  /** where it is; null for what is about the whole place */
  place: z.string().nullable(),
  /** one of the two: how far it has come */
  state: state.nullable(),
  petition: standing.nullable(),
  byMail: z.boolean(),
  at: when,
});

const alert = z.object({
  id,
  kind: z.enum(ALERT_KINDS),
  ward: words.nullable(),
  /** the street next to the middle of a circle */
  near: z.string().nullable(),
  radius: z.number().nullable(),
  group: z.string().nullable(),
  /** the map there, without the language */
  map: z.string(),
  at: when,
});
export type AlertShown = z.infer<typeof alert>;

const inboxContracts = {
  listInbox: contract({
    endpoint: at.listInbox,
    access: 'person',
    summary: 'What is new for me, newest first',
    query: z.object({ page }),
    answer: listOf(note).extend({ unread: z.number() }),
    refusals: [],
  }),
  readAllNotifications: contract({
    endpoint: at.readAllNotifications,
    access: 'person',
    summary: 'I have seen all of it',
    answer: z.object(seen),
    refusals: [],
  }),
  readNotification: contract({
    endpoint: at.readNotification,
    access: 'person',
    summary: 'I have seen this one',
    params: z.object({ notification: id }),
    answer: z.object({ ...seen, to: z.string() }),
    refusals: ['not_found'],
  }),
} as const;

const followContracts = {
  readFollow: contract({
    endpoint: at.readFollow,
    access: 'public',
    summary: 'Do I follow this',
    query: z.object({ topic }),
    answer: z.object({ following: z.boolean(), byMail: z.boolean() }),
    refusals: ['not_found'],
  }),
  follow: contract({
    endpoint: at.follow,
    access: 'public',
    summary: 'Hear what becomes of it; without an account it waits for the button in the mail',
    body: z.object({ topic, byMail: ticked.default(true), ...light }),
    answer: z.object({ following: z.boolean(), ...waits }),
    refusals: ['not_found', 'too_many'],
  }),
  unfollow: contract({
    endpoint: at.unfollow,
    access: 'person',
    summary: 'Hear no more of it',
    body: z.object({ topic }),
    answer: done,
    refusals: [],
  }),
  listFollows: contract({
    endpoint: at.listFollows,
    access: 'person',
    summary: 'What I follow, newest first',
    query: z.object({ page }),
    answer: listOf(followed),
    refusals: [],
  }),
} as const;

const alertContracts = {
  makeAlert: contract({
    endpoint: at.makeAlert,
    access: 'public',
    summary: 'Write to me when something is reported there',
    body: z.object({
      kind: z.enum(ALERT_KINDS),
      ward: emptyIsNone(z.string().max(80).optional()),
      lon: emptyIsNone(lon.optional()),
      lat: emptyIsNone(lat.optional()),
      radius: emptyIsNone(
        z.coerce
          .number()
          .refine((v) => (ALERT_RADII as readonly number[]).includes(v), 'not_an_option')
          .default(500),
      ),
      group: emptyIsNone(z.string().max(40).optional()),
      ...light,
    }),
    answer: z.object({ alert: id.nullable(), ...waits }),
    refusals: ['outside', 'too_many', 'too_many_alerts'],
  }),
  listAlerts: contract({
    endpoint: at.listAlerts,
    access: 'person',
    summary: 'My alerts',
    answer: z.object({ items: z.array(alert).max(50) }),
    refusals: [],
  }),
  endAlert: actOn('alert', {
    endpoint: at.endAlert,
    access: 'person',
    summary: 'End an alert',
    refusals: ['not_found'],
  }),
} as const;

const mailContracts = {
  readUnsubscribe: contract({
    endpoint: at.readUnsubscribe,
    access: 'public',
    summary: 'What the link at the foot of a mail stops',
    params: z.object({ link: z.string().max(200) }),
    answer: z.object({ what: z.enum(STOPS), about: words.nullable(), stopped: z.boolean() }),
    refusals: ['not_found'],
  }),
  unsubscribe: contract({
    endpoint: at.unsubscribe,
    access: 'public',
    summary: 'Stop it: one press, also by the mail program itself (RFC 8058)',
    params: z.object({ link: z.string().max(200) }),
    answer: done,
    refusals: ['not_found'],
  }),
  listTroubledMails: contract({
    endpoint: at.listTroubledMails,
    access: 'staff',
    summary: 'Mails that did not go, or of which nobody knows',
    query: z.object({ page }),
    answer: listOf(
      z.object({
        id,
        state: z.enum(MAIL_STATES),
        kind: z.string(),
        subject: z.string(),
        /** the address with its middle left out */
        to: z.string(),
        at: when,
        attempts: z.number(),
        error: z.string().nullable(),
      }),
    ).extend({ waiting: z.number(), oldestSeconds: z.number() }),
    refusals: ['not_allowed'],
  }),
  sendMailAgain: actOn('mail', {
    endpoint: at.sendMailAgain,
    access: 'staff',
    summary: 'Try it again, under the same Message-ID',
    refusals: ['not_allowed', 'not_found'],
  }),
  letMailGo: actOn('mail', {
    endpoint: at.letMailGo,
    access: 'staff',
    summary: 'Leave it at that: it is not sent',
    refusals: ['not_allowed', 'not_found'],
  }),
} as const;

export const notificationContracts = {
  ...inboxContracts,
  ...followContracts,
  ...alertContracts,
  ...mailContracts,
} as const;
