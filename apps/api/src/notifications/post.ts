/** Writing to somebody: where they are reached, in which language, with whose name below, and how they stop it. */
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { Digest } from '@folkmoot/core/people/plain';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, people } from '@folkmoot/db/schema/people';
import { m } from '@folkmoot/words';
import type { House } from '../kit/house.ts';
import { type Letter, letter } from './letter.ts';
import { type NewMail, queueMails } from './mail.ts';
import { stopHeaders, stopLink, type Stops } from './stopping.ts';

export type Addressee = {
  person: string;
  name: string | null;
  lang: Lang;
  digest: Digest;
  contactId: string;
  to: string;
};
export type Post = Pick<House, 'clock' | 'publicUrl' | 'signer' | 'place'>;

/** Those of these people who can be written to. A bounced address, or none, and they are not among them. */
export async function addressees(db: Queryable, persons: readonly string[]): Promise<Map<string, Addressee>> {
  if (persons.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([people.id], {
      person: people.id,
      name: people.name,
      lang: people.lang,
      digest: people.digest,
      contactId: contacts.id,
      to: contacts.value,
    })
    .from(people)
    .innerJoin(contacts, eq(contacts.personId, people.id))
    .where(
      and(
        inArray(people.id, [...persons]),
        isNull(people.erasedAt),
        eq(contacts.kind, 'email'),
        isNotNull(contacts.verifiedAt),
        isNull(contacts.stoppedAt),
      ),
    )
    .orderBy(people.id, asc(contacts.createdAt), asc(contacts.id));
  return new Map(rows.map((row) => [row.person, row]));
}

export const otherLang = (lang: Lang): Lang => (lang === 'cy' ? 'en' : 'cy');

/** A page's address in a language. */
export const urlIn = ({ publicUrl }: Pick<House, 'publicUrl'>, lang: Lang, path: string): string =>
  `${publicUrl()}${lang === 'cy' ? '/cy' : ''}${path}`;

/** Who writes and how they are reached without a computer. */
export function footOf({ place }: Pick<House, 'place'>, lang: Lang): string[] {
  const it = place();
  const told = (words: { en: string; cy?: string | undefined }) => inLang(words, lang).text;
  const who = [told(it.council), told(it.address)].filter(Boolean).join(', ');
  const talk = it.phone ? ` ${m.mail_rather_talk({ phone: it.phone }, { locale: lang })}` : '';
  return [`${who}.${talk} ${m.mail_foot({}, { locale: lang })}`];
}

/** What a kind of mail says; the town, the foot and the way to stop it are put in by `compose`. */
export type Said = Omit<Letter, 'lang' | 'town' | 'foot' | 'stop'> & { subject: string; why?: string };
export type Writing = Pick<NewMail, 'kind' | 'priority'> & {
  eventId?: number | null;
  /** what the link at the foot stops, and its words; absent in mails that were asked for this minute */
  stops?: { it: Stops; words: string };
};

type Reader = Pick<Addressee, 'to' | 'lang' | 'contactId'> & { person: string | null };

/** One mail as it will lie in the outbox. */
export function compose(
  post: Post,
  who: Reader,
  { stops, ...mail }: Writing,
  { subject, why, ...said }: Said,
): NewMail {
  const { lang, to, contactId, person } = who;
  const link = stops && person ? stopLink(post, person, stops.it) : null;
  const { html, text } = letter({
    ...said,
    lang,
    town: inLang(post.place().name, lang).text,
    foot: [...(why ? [why] : []), ...footOf(post, lang)],
    stop: link && stops ? { words: stops.words, url: urlIn(post, lang, `/unsubscribe/${link}`) } : undefined,
  });
  const headers = link ? stopHeaders(post.publicUrl(), link) : {};
  return { ...mail, to, lang, contactId, personId: person, subject, html, text, headers };
}

/** Puts them into the outbox. What is there already for this event, person and kind is left as it is. */
export const hand = (tx: Queryable, post: Post, all: readonly NewMail[]): Promise<void> =>
  queueMails(tx, all, new URL(post.publicUrl()).hostname, post.clock());

export const write = (tx: Queryable, post: Post, who: Reader, writing: Writing, said: Said): Promise<void> =>
  hand(tx, post, [compose(post, who, writing, said)]);
