/** The mails of petitions: short, one button, in the signer's language with the other one below. */
import { m, sayDate, sayDayTime } from '@folkmoot/words';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { UNDO_MINUTES } from '@folkmoot/core/petitions/desk';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import type { Queryable } from '@folkmoot/db/client';
import { mails } from '@folkmoot/db/schema/notifications';
import { contacts, people } from '@folkmoot/db/schema/people';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { footOf, letter, type NewMail, queueMails } from '../notifications/index.ts';
import { provenMailboxes } from '../people/index.ts';
import { type Petition, supporterPath } from './facts.ts';

/** the button works for two days; what nobody confirmed is then forgotten */
export const CONFIRM_MINUTES = 48 * 60;

export type To = { to: string; lang: Lang; personId?: string | null; contactId?: string | null };
export type Sentences = { subject: string; title: string; lines: string[]; button?: string };
export type Sent = {
  kind: string;
  priority: 'confirm' | 'answer' | 'many';
  /** of the button, without the language */
  path: string;
  say: (locale: Lang) => Sentences;
  after?: (locale: Lang) => string[];
  headers?: Record<string, string>;
  stop?: { words: string; url: string };
  /** waits so many minutes before it leaves, so that it can still be held back */
  hold?: number;
};

/** One letter in both languages. */
function compose(house: House, who: To, it: Sent): NewMail {
  const { lang } = who;
  const other: Lang = lang === 'cy' ? 'en' : 'cy';
  const url = (to: Lang) => `${house.publicUrl()}${to === 'cy' ? '/cy' : ''}${it.path}`;
  const [own, below] = [it.say(lang), it.say(other)];
  const { html, text } = letter({
    lang,
    town: inLang(house.place().name, lang).text,
    title: own.title,
    lines: own.lines,
    ...(own.button && { button: { words: own.button, url: url(lang) } }),
    ...(it.after && { after: it.after(lang) }),
    other: {
      lang: other,
      title: below.title,
      lines: below.lines.slice(0, 1),
      ...(below.button && { link: { words: below.button, url: url(other) } }),
    },
    foot: footOf(house, lang),
    stop: it.stop,
  });
  const { kind, priority, headers = {} } = it;
  const { to, personId = null, contactId = null } = who;
  return { to, personId, contactId, kind, lang, priority, subject: own.subject, html, text, headers };
}

const hostOf = (house: House): string => new URL(house.publicUrl()).hostname;

/** Puts letters into the outbox, many at once. */
export const postAll = (tx: Queryable, house: House, letters: readonly NewMail[]): Promise<void> =>
  queueMails(tx, letters, hostOf(house), house.clock());

/** A letter to each, all put into the outbox at once. */
export const postEach = (
  tx: Queryable,
  house: House,
  letters: ReadonlyArray<{ who: To; it: Sent }>,
): Promise<void> =>
  postAll(
    tx,
    house,
    letters.map(({ who, it }) => compose(house, who, it)),
  );

/** One letter, put into the outbox. */
export async function post(tx: Queryable, house: House, who: To, it: Sent): Promise<void> {
  const leaves = new Date(house.clock().getTime() + (it.hold ?? 0) * 60_000);
  await queueMails(tx, [compose(house, who, it)], hostOf(house), leaves);
}

type Signer = To & { name: string; petition: number; title: string };

/** "Is this from you?": without the press of the button nothing counts. */
export function signMail(house: House, it: Signer & { token: string }): NewMail {
  const now = house.clock();
  const until = sayDayTime(new Date(now.getTime() + CONFIRM_MINUTES * 60_000), now, { locale: it.lang });
  const { name, title } = it;
  return compose(house, it, {
    kind: 'confirm_signature',
    priority: 'confirm',
    path: `/confirm/${it.token}`,
    say: (locale) => ({
      subject: m.petitions_mail_sign_subject({ title }, { locale }),
      title: m.petitions_mail_sign_title({}, { locale }),
      lines: [m.petitions_mail_sign_line({ title, name }, { locale })],
      button: m.petitions_mail_sign_button({}, { locale }),
    }),
    after: (locale) => [m.mail_works_once({ until }, { locale }), m.mail_not_you({}, { locale })],
  });
}

/** "Is this petition from you?": without the press of the button it goes nowhere. */
export function startMail(house: House, it: Signer & { token: string }): NewMail {
  const now = house.clock();
  const until = sayDayTime(new Date(now.getTime() + CONFIRM_MINUTES * 60_000), now, { locale: it.lang });
  const { name, title } = it;
  return compose(house, it, {
    kind: 'confirm_petition',
    priority: 'confirm',
    path: `/confirm/${it.token}`,
    say: (locale) => ({
      subject: m.asking_mail_start_subject({ title }, { locale }),
      title: m.asking_mail_start_title({}, { locale }),
      lines: [m.asking_mail_start_line({ title, name }, { locale })],
      button: m.asking_mail_start_button({}, { locale }),
    }),
    after: (locale) => [m.mail_works_once({ until }, { locale }), m.mail_not_you({}, { locale })],
  });
}

/** The page said nothing; the owner of the address learns here that it had signed already. */
export function signedBeforeMail(house: House, it: Signer & { open: boolean }): NewMail {
  const { title } = it;
  return compose(house, it, {
    kind: 'signed_before',
    priority: 'confirm',
    // before it is published it is there for its supporters alone
    path: it.open ? petitionPath(it.petition) : supporterPath(house, it.petition),
    say: (locale) => ({
      subject: m.petitions_mail_before_subject({ title }, { locale }),
      title: m.petitions_mail_before_title({}, { locale }),
      lines: [m.petitions_mail_before_line({ title }, { locale })],
      button: m.petitions_mail_see({}, { locale }),
    }),
  });
}

/** Where the organiser is reached; null where there is no proven address. */
async function organiserOf(tx: Queryable, petition: Pick<Petition, 'personId'>): Promise<To | null> {
  if (!petition.personId) return null;
  const [row] = await tx
    .select({ to: contacts.value, contactId: contacts.id, lang: people.lang, personId: people.id })
    .from(contacts)
    .innerJoin(people, eq(people.id, contacts.personId))
    .where(provenMailboxes(petition.personId))
    .orderBy(asc(contacts.createdAt))
    .limit(1);
  return row ?? null;
}

/** It is sent off: the link to share, kept where the organiser finds it again. */
export async function tellStarted(
  tx: Queryable,
  house: House,
  petition: Pick<Petition, 'id' | 'personId' | 'title'>,
  supporters: number,
): Promise<void> {
  const who = await organiserOf(tx, petition);
  if (!who) return;
  const { title } = petition;
  await post(tx, house, who, {
    kind: 'petition_started',
    priority: 'answer',
    path: supporterPath(house, petition.id),
    say: (locale) => ({
      subject: m.asking_mail_started_subject({ title }, { locale }),
      title: m.asking_mail_started_title({ count: supporters }, { locale }),
      lines: [m.asking_mail_started_line({ title }, { locale })],
      button: m.asking_mail_started_button({}, { locale }),
    }),
  });
}

export type News =
  | { what: 'arrived'; by: string }
  | { what: 'published' }
  | { what: 'lapsed'; days: number }
  | { what: 'returned' | 'rejected' | 'hidden' | 'removed'; reason: string }
  | { what: 'appealed'; upheld: boolean; reason: string };

function sayNews(title: string, news: News, locale: Lang): Sentences {
  const words = { title };
  const button = m.petitions_mail_see({}, { locale });
  switch (news.what) {
    case 'arrived': {
      const by = sayDate(new Date(`${news.by}T12:00:00Z`), 'long', { locale });
      return {
        subject: m.petitions_mail_arrived_subject(words, { locale }),
        title: m.petitions_mail_arrived_title({}, { locale }),
        lines: [m.petitions_mail_arrived_line({ title, by }, { locale })],
        button,
      };
    }
    case 'published':
      return {
        subject: m.petitions_mail_published_subject(words, { locale }),
        title: m.petitions_mail_published_title({}, { locale }),
        lines: [m.petitions_mail_published_line(words, { locale })],
        button,
      };
    case 'lapsed':
      return {
        subject: m.petitions_mail_lapsed_subject(words, { locale }),
        title: m.petitions_mail_lapsed_title({}, { locale }),
        lines: [m.petitions_mail_lapsed_line({ title, count: news.days }, { locale })],
        button,
      };
    case 'appealed':
      return {
        subject: m.petitions_mail_appealed_subject(words, { locale }),
        title: m.petitions_mail_appealed_title({}, { locale }),
        lines: [m.petitions_mail_appealed_line({ upheld: String(news.upheld) }, { locale }), news.reason],
        button,
      };
    default:
      return {
        subject: m.petitions_mail_decided_subject(words, { locale }),
        title: m.petitions_mail_decided_title({ what: news.what }, { locale }),
        lines: [m.petitions_mail_decided_line({ title, what: news.what }, { locale }), news.reason],
        button,
      };
  }
}

/**
 * Where the button leads. What is not public is not there for who is not signed in, and a mail is often read where
 * nobody is: the organiser's own page asks them to sign in, and there they amend and appeal.
 */
const newsPath = (petition: number, news: News): string => {
  const open = news.what === 'published' || news.what === 'removed';
  return open ? petitionPath(petition) : `${petitionPath(petition)}/mine`;
};

/** Tells the organiser what became of the petition. Who has no address reads it on the petition's own page. */
export async function tellOrganiser(
  tx: Queryable,
  house: House,
  petition: Pick<Petition, 'id' | 'personId' | 'title'>,
  news: News,
): Promise<void> {
  const who = await organiserOf(tx, petition);
  if (!who) return;
  await post(tx, house, who, {
    kind: `petition_${news.what}`,
    priority: 'answer',
    path: newsPath(petition.id, news),
    say: (locale) => sayNews(petition.title, news, locale),
    // whoever presses the wrong key takes it back before anybody was told
    ...((news.what === 'returned' || news.what === 'rejected') && {
      hold: UNDO_MINUTES,
      headers: aboutPetition(petition.id),
    }),
  });
}

const aboutPetition = (id: number): Record<string, string> => ({ 'X-Folkmoot-About': `petition:${id}` });

/** Holds back what the organiser has not been told yet. */
export async function holdBack(tx: Queryable, petition: number): Promise<void> {
  await tx
    .update(mails)
    .set({ state: 'stopped' })
    .where(
      and(
        eq(mails.state, 'queued'),
        inArray(mails.kind, ['petition_returned', 'petition_rejected']),
        sql`${mails.headers} @> ${JSON.stringify(aboutPetition(petition))}::jsonb`,
      ),
    );
}
