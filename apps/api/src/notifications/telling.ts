/**
 * The consumer `notifications`: reads every event once and turns those that concern somebody into rows of their
 * inbox and, for who wants to hear at once, into mails. A row is unique by (event, person, kind), and a mail is
 * written only with its row: reading the same events again tells nobody twice.
 */
import type { Digest } from '@folkmoot/core/people/plain';
import type { ReportState } from '@folkmoot/core/reports/plain';
import { REPORT_STATES } from '@folkmoot/core/reports/plain';
import type { Tx } from '@folkmoot/db/client';
import { notifications } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import { and, inArray, isNull } from 'drizzle-orm';
import { m } from '@folkmoot/words';
import { type EventRow, record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { makeToken } from '../people/index.ts';
import { alertNewsOf } from './alerts.ts';
import type { NewMail } from './mail.ts';
import { addressees, compose, hand, type Writing } from './post.ts';
import {
  isPetitionNews,
  petitionMail,
  petitionNewsOf,
  type PetitionTold,
  readPetitionTold,
} from './petition-news.ts';
import { isWork, reportMail } from './report-mails.ts';
import { followAlong, type News, newsOf, readTold, type Told } from './report-news.ts';

/** an event that comes to light later than this is told in the inbox alone: nobody wants last month's mail */
const MAIL_DAYS = 7;
/** people told in one statement: a statement holds 65,535 values at most */
const CHUNK = 1_000;
/** the button "was it fixed?" works for as long as a report may be opened again */
export const VERDICT_MINUTES = 60 * 24 * 60;

/** How each of these people wants to hear; who is gone is not among them. */
async function digestsOf(tx: Tx, persons: string[]): Promise<Map<string, Digest>> {
  const rows = await tx
    .select({ id: people.id, digest: people.digest })
    .from(people)
    .where(and(inArray(people.id, persons), isNull(people.erasedAt)));
  return new Map(rows.map((row) => [row.id, row.digest]));
}

const stateAfter = (event: EventRow, told: Told): ReportState => {
  const to = event.data['to'];
  return REPORT_STATES.find((state) => state === to) ?? told.report.state;
};

/** What one event tells: of which thing, to whom, and how the mail of somebody is written. */
type Telling = {
  topic: string;
  data: Record<string, unknown>;
  news: News[];
  mail: (news: News[]) => Promise<void>;
};

/** One mail to each, each in their own language. */
async function mailReport(tx: Tx, house: House, event: EventRow, told: Told, news: News[]): Promise<void> {
  const reached = await addressees(
    tx,
    news.map((one) => one.person),
  );
  const state = stateAfter(event, told);
  const mails: NewMail[] = [];
  for (const { person, kind } of news) {
    const who = reached.get(person);
    if (!who) continue;
    const asks = kind === 'report_fixed' || kind === 'report_asked';
    const verdict = { kind: 'verdict', personId: person, contactId: who.contactId } as const;
    const data = { report: told.report.id };
    const token = asks
      ? await makeToken(tx, { ...verdict, data, minutes: VERDICT_MINUTES }, house.clock())
      : null;
    const writing: Writing = {
      kind,
      priority: person === told.report.personId || told.asked ? 'answer' : 'many',
      eventId: event.id,
      // whose work it is does not hear of it by following it
      ...(!isWork(kind) && {
        stops: {
          it: { what: 'follow', topic: `report:${told.report.id}` },
          words: m.mail_stop_follow({}, { locale: who.lang }),
        },
      }),
    };
    mails.push(compose(house, who, writing, reportMail(house, who, kind, told, state, token)));
  }
  await hand(tx, house, mails);
}

/** Rows of the inbox. Those that a daily mail shall bring are left open; the rest are settled at once. */
async function keep(tx: Tx, event: EventRow, news: News[], told: Telling, now: Date): Promise<News[]> {
  const wishes = await digestsOf(
    tx,
    news.map((one) => one.person),
  );
  const known = news.filter((one) => wishes.has(one.person));
  if (known.length === 0) return [];
  const late = now.getTime() - event.at.getTime() > MAIL_DAYS * 86_400_000;
  const waits = ({ person, byMail, kind }: News) =>
    !late && byMail && (wishes.get(person) === 'daily' || (kind === 'alert' && wishes.get(person) === 'now'));
  const { topic, data } = told;
  const rows = await tx
    .insert(notifications)
    .values(
      known.map((one) => ({
        personId: one.person,
        eventId: event.id,
        kind: one.kind,
        topic,
        data: one.alert ? { ...data, alert: one.alert } : data,
        at: event.at,
        digestedAt: waits(one) ? null : now,
      })),
    )
    .onConflictDoNothing()
    .returning({ person: notifications.personId, kind: notifications.kind });
  const fresh = new Set(rows.map((row) => `${row.person} ${row.kind}`));
  return known
    .filter((one) => fresh.has(`${one.person} ${one.kind}`))
    .map((one) => ({
      ...one,
      byMail: one.byMail && !late && wishes.get(one.person) === 'now' && one.kind !== 'alert',
    }));
}

async function ofReport(tx: Tx, house: House, event: EventRow): Promise<Telling | null> {
  const told = await readTold(tx, event);
  if (!told) return null;
  await followAlong(tx, event, told);
  const to = event.type === 'report.state_changed' ? event.data['to'] : null;
  return {
    topic: `report:${told.report.id}`,
    data: {
      report: told.report.id,
      ...(told.update && { update: told.update.id }),
      ...(told.asked && { question: told.asked.id }),
      ...(typeof to === 'string' && { to }),
    },
    news:
      event.type === 'report.confirmed'
        ? await alertNewsOf(tx, told, event.at)
        : await newsOf(tx, event, told),
    mail: (news) => mailReport(tx, house, event, told, news),
  };
}

async function mailPetition(
  tx: Tx,
  house: House,
  event: EventRow,
  told: PetitionTold,
  news: News[],
): Promise<void> {
  const persons = news.map((one) => one.person);
  const reached = await addressees(tx, persons);
  const mails = news.flatMap(({ person, kind }) => {
    const who = reached.get(person);
    if (!who) return [];
    const writing: Writing = {
      kind,
      priority: 'many',
      eventId: event.id,
      stops: {
        it: { what: 'follow', topic: `petition:${told.petition.id}` },
        words: m.petitions_mail_step_stop({}, { locale: who.lang }),
      },
    };
    return compose(house, who, writing, petitionMail(house, who, kind, told));
  });
  await hand(tx, house, mails);
}

async function ofPetition(tx: Tx, house: House, event: EventRow): Promise<Telling | null> {
  const told = isPetitionNews(event) ? await readPetitionTold(tx, event) : null;
  if (!told) return null;
  return {
    topic: `petition:${told.petition.id}`,
    data: { petition: told.petition.id, ...(told.step && { step: told.step.id }) },
    news: await petitionNewsOf(tx, event, told),
    mail: (news) => mailPetition(tx, house, event, told, news),
  };
}

/** Tells of one event. @returns whose inbox has something new */
async function tell(tx: Tx, house: House, event: EventRow): Promise<string[]> {
  const told = event.type.startsWith('report.')
    ? await ofReport(tx, house, event)
    : event.type.startsWith('petition.')
      ? await ofPetition(tx, house, event)
      : null;
  const reached: string[] = [];
  for (let from = 0; told && from < told.news.length; from += CHUNK) {
    const fresh = await keep(tx, event, told.news.slice(from, from + CHUNK), told, house.clock());
    await told.mail(fresh.filter((one) => one.byMail));
    reached.push(...fresh.map((one) => one.person));
  }
  return reached;
}

/** Moves the badge on every device of somebody: what is new they ask for themselves. */
export const recordBadge = (tx: Parameters<typeof record>[0], house: Pick<House, 'clock'>, person: string) =>
  record(
    tx,
    { topic: `me:${person}`, type: 'me.inbox_changed', audience: 'person', person, data: {} },
    house.clock(),
  );

export const notificationsConsumer = (house: House) => ({
  name: 'notifications',
  from: 'now' as const,
  handle: async (tx: Tx, events: EventRow[]) => {
    const persons = new Set<string>();
    for (const event of events) for (const person of await tell(tx, house, event)) persons.add(person);
    for (const person of persons) await recordBadge(tx, house, person);
  },
});
