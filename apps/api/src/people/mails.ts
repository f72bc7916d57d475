/** The mails of people: sign-in, a new address, an invitation, and a word when something about an account changed. */
import { m, sayDayTime } from '@folkmoot/words';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { Words } from '@folkmoot/core/kit/shapes';
import type { Role } from '@folkmoot/core/people/roles';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, people } from '@folkmoot/db/schema/people';
import { eq } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { letter, queueMail } from '../notifications/index.ts';
import type { Places } from '../places/index.ts';
import { provenMailboxes } from './store.ts';

export type Addressee = { to: string; lang: Lang; contactId?: string | null; personId?: string | null };
type Said = { subject: string; title: string; lines: string[]; button?: string };
type Sent = {
  kind: string;
  /** path of the button, without the language */
  path: string;
  says: (lang: Lang) => Said;
  /** until when the button works */
  until?: Date;
  after?: (lang: Lang) => string[];
};
export type Post = { house: House; places: Places };

async function send(tx: Queryable, { house, places }: Post, who: Addressee, it: Sent): Promise<void> {
  const { lang } = who;
  const other: Lang = lang === 'cy' ? 'en' : 'cy';
  const now = house.clock();
  const url = (to: Lang) => `${house.publicUrl()}${to === 'cy' ? '/cy' : ''}${it.path}`;
  const mine = it.says(lang);
  const theirs = it.says(other);
  const until = it.until ? sayDayTime(it.until, now, { locale: lang }) : null;
  const { html, text } = letter({
    lang,
    town: inLang(places.facts().name, lang).text,
    title: mine.title,
    lines: mine.lines,
    ...(mine.button && { button: { words: mine.button, url: url(lang) } }),
    after: [...(until ? [m.mail_works_once({ until }, { locale: lang })] : []), ...(it.after?.(lang) ?? [])],
    other: {
      lang: other,
      title: theirs.title,
      lines: theirs.lines,
      ...(theirs.button && { link: { words: theirs.button, url: url(other) } }),
    },
    foot: [m.mail_foot({}, { locale: lang })],
  });
  await queueMail(
    tx,
    { ...who, kind: it.kind, priority: 'confirm', subject: mine.subject, html, text },
    new URL(house.publicUrl()).hostname,
    now,
  );
}

export const signInMail = (tx: Queryable, post: Post, who: Addressee, token: string, until: Date) =>
  send(tx, post, who, {
    kind: 'sign_in',
    path: `/confirm/${token}`,
    until,
    says: (locale) => ({
      subject: m.people_mail_sign_in_subject({}, { locale }),
      title: m.people_mail_sign_in_title({}, { locale }),
      lines: [m.people_mail_sign_in_line({}, { locale })],
      button: m.people_mail_sign_in_button({}, { locale }),
    }),
    after: (locale) => [m.people_mail_sign_in_not_you({}, { locale })],
  });

export const addressMail = (tx: Queryable, post: Post, who: Addressee, token: string, until: Date) =>
  send(tx, post, who, {
    kind: 'verify_email',
    path: `/confirm/${token}`,
    until,
    says: (locale) => ({
      subject: m.people_mail_address_subject({}, { locale }),
      title: m.people_mail_address_title({}, { locale }),
      lines: [m.people_mail_address_line({}, { locale })],
      button: m.people_mail_address_button({}, { locale }),
    }),
    after: (locale) => [m.people_mail_address_not_you({}, { locale })],
  });

type Invited = { token: string; until: Date; organisation: Words; role: Role };
export const invitationMail = (tx: Queryable, post: Post, who: Addressee, it: Invited) =>
  send(tx, post, who, {
    kind: 'invitation',
    path: `/invitation/${it.token}`,
    until: it.until,
    says: (locale) => {
      const what = {
        organisation: inLang(it.organisation, locale).text,
        role: m.people_role({ role: it.role }, { locale }),
      };
      return {
        subject: m.people_mail_invitation_subject(what, { locale }),
        title: m.people_mail_invitation_title(what, { locale }),
        lines: [m.people_mail_invitation_line(what, { locale })],
        button: m.people_mail_invitation_button({}, { locale }),
      };
    },
  });

export const ACCOUNT_CHANGES = ['password', 'second_factor', 'recovery_code', 'address', 'role'] as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[number];

/** Told to every proven address: whoever took an account over would change these first. */
export async function accountMail(tx: Queryable, post: Post, person: string, change: AccountChange) {
  const rows = await tx
    .select({ to: contacts.value, contactId: contacts.id, lang: people.lang })
    .from(contacts)
    .innerJoin(people, eq(people.id, contacts.personId))
    .where(provenMailboxes(person))
    .limit(5);
  for (const row of rows)
    await send(
      tx,
      post,
      { ...row, personId: person },
      {
        kind: 'account_changed',
        path: '/me',
        says: (locale) => ({
          subject: m.people_mail_changed_subject({ change }, { locale }),
          title: m.people_mail_changed_subject({ change }, { locale }),
          lines: [m.people_mail_changed_line({}, { locale })],
          button: m.people_mail_changed_button({}, { locale }),
        }),
      },
    );
}
