/** The daily mail, at six in the evening: everything that moved today for somebody who asked for one mail a day. */
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Lang } from '@folkmoot/core/kit/plain';
import { NOTIFICATION_KINDS, type NotificationKind } from '@folkmoot/core/notifications/plain';
import { REPORT_STATES, type ReportState } from '@folkmoot/core/reports/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { notifications } from '@folkmoot/db/schema/notifications';
import { organisations, people } from '@folkmoot/db/schema/people';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { reportQuestions } from '@folkmoot/db/schema/report-desk';
import { reports, reportUpdates } from '@folkmoot/db/schema/reports';
import { inLang } from '@folkmoot/core/kit/plain';
import { m } from '@folkmoot/words';
import type { House } from '../kit/house.ts';
import { makeToken } from '../people/index.ts';
import { alertItems, peopleWaiting, placeLine, settle, type Waiting } from './alerts.ts';
import type { LetterItem } from './letter.ts';
import { type Addressee, addressees, otherLang, type Said, urlIn, write } from './post.ts';
import { petitionItem, type PetitionTold } from './petition-news.ts';
import { isWork, pathOf, sentenceOf, titleOf } from './report-mails.ts';
import type { Told } from './report-news.ts';
import { VERDICT_MINUTES } from './telling.ts';

const MOST_ITEMS = 40;
const PETITION_NEWS = NOTIFICATION_KINDS.filter((kind) => kind.startsWith('petition_'));

type Row = {
  id: string;
  person: string;
  kind: NotificationKind;
} & ({ what: 'report'; to: string | null; told: Told } | { what: 'petition'; told: PetitionTold });

const waitsFor = (persons: readonly string[]) =>
  and(inArray(notifications.personId, [...persons]), isNull(notifications.digestedAt));

/** What waits for a daily mail of petitions. */
async function waitingPetitions(tx: Queryable, persons: readonly string[]): Promise<Row[]> {
  const rows = await tx
    .select({
      id: notifications.id,
      person: notifications.personId,
      kind: sql<NotificationKind>`${notifications.kind}`,
      petition: petitions,
      organisation: organisations.name,
      step: petitionSteps,
    })
    .from(notifications)
    .innerJoin(people, and(eq(people.id, notifications.personId), isNull(people.erasedAt)))
    .innerJoin(petitions, sql`${petitions.id} = (${notifications.data}->>'petition')::bigint`)
    .innerJoin(organisations, eq(organisations.id, petitions.organisationId))
    .leftJoin(petitionSteps, sql`${petitionSteps.id} = (${notifications.data}->>'step')::uuid`)
    .where(and(waitsFor(persons), inArray(notifications.kind, PETITION_NEWS)))
    .orderBy(asc(notifications.personId), asc(notifications.at));
  return rows.map(({ petition, organisation, step, ...row }) => ({
    ...row,
    what: 'petition',
    told: { petition, organisation: organisation as { en: string; cy?: string }, step },
  }));
}

/** What waits for a daily mail of reports, but for alerts. */
async function waitingReports(tx: Queryable, persons: readonly string[]): Promise<Row[]> {
  const rows = await tx
    .select({
      id: notifications.id,
      person: notifications.personId,
      kind: sql<NotificationKind>`${notifications.kind}`,
      to: sql<string | null>`${notifications.data}->>'to'`,
      report: reports,
      organisation: organisations.name,
      update: reportUpdates,
      writer: sql<string | null>`(select name from people w where w.id = ${reportUpdates.personId})`,
      asked: reportQuestions,
      asker: sql<string | null>`(select name from people w where w.id = ${reportQuestions.byPerson})`,
    })
    .from(notifications)
    .innerJoin(people, and(eq(people.id, notifications.personId), isNull(people.erasedAt)))
    .innerJoin(reports, sql`${reports.id} = (${notifications.data}->>'report')::bigint`)
    .innerJoin(organisations, eq(organisations.id, reports.organisationId))
    .leftJoin(
      reportUpdates,
      and(
        sql`${reportUpdates.id} = (${notifications.data}->>'update')::bigint`,
        isNull(reportUpdates.hiddenAt),
      ),
    )
    .leftJoin(reportQuestions, sql`${reportQuestions.id} = (${notifications.data}->>'question')::uuid`)
    .where(and(waitsFor(persons), ne(notifications.kind, 'alert')))
    .orderBy(asc(notifications.personId), asc(notifications.at));
  return rows.map(({ report, organisation, update, writer, asked, asker, ...row }) => ({
    ...row,
    what: 'report',
    told: {
      report,
      group: '',
      organisation: organisation as { en: string; cy?: string },
      supports: 0,
      update,
      writer: update?.showName ? writer : null,
      asked: asked && { ...asked, by: asker ?? '' },
    },
  }));
}

/** A thing that moved; "was it fixed?" carries its own button. */
async function itemOf(tx: Tx, house: House, who: Addressee, row: Row): Promise<LetterItem> {
  const { kind } = row;
  const { lang } = who;
  if (row.what === 'petition') return petitionItem(house, lang, kind, row.told);
  const { told, to } = row;
  const state: ReportState = REPORT_STATES.find((one) => one === to) ?? told.report.state;
  const asks = kind === 'report_fixed' || kind === 'report_asked';
  const path = asks
    ? `/confirm/${await makeToken(
        tx,
        {
          kind: 'verdict',
          personId: who.person,
          contactId: who.contactId,
          data: { report: told.report.id },
          minutes: VERDICT_MINUTES,
        },
        house.clock(),
      )}`
    : pathOf(kind, told.report.id);
  const ask = asks ? ` **${m.mail_report_fixed_button({}, { locale: lang })}.**` : '';
  return {
    title: titleOf(told, lang),
    line: sentenceOf(kind, told, state, lang) + ask,
    url: urlIn(house, lang, path),
    quote: told.update?.text ?? undefined,
  };
}

function digestMail(house: House, lang: Lang, items: LetterItem[]): Said {
  const other = otherLang(lang);
  const said = (to: Lang) => ({
    count: items.length,
    title: items[0]!.title,
    town: inLang(house.place().name, to).text,
  });
  return {
    subject: m.mail_digest_subject(said(lang), { locale: lang }),
    title: m.mail_digest_title({}, { locale: lang }),
    lines: [m.mail_digest_line({}, { locale: lang })],
    items: items.slice(0, MOST_ITEMS),
    button: { words: m.mail_digest_button({}, { locale: lang }), url: urlIn(house, lang, '/me/inbox') },
    other: {
      lang: other,
      title: m.mail_digest_title({}, { locale: other }),
      lines: [m.mail_digest_line({}, { locale: other })],
      link: { words: m.mail_digest_button({}, { locale: other }), url: urlIn(house, other, '/me/inbox') },
    },
    why: m.mail_why_digest({}, { locale: lang }),
  };
}

/** Whether what moved in the day may still be told in the evening: hidden or made private since, it is its maker's alone. */
function maySee(row: Row): boolean {
  if (row.what === 'petition') return !row.told.petition.hiddenAt && !row.told.petition.removedAt;
  const { report } = row.told;
  return (!report.private && !report.hiddenAt) || report.personId === row.person || isWork(row.kind);
}

async function mailDigest(
  tx: Tx,
  house: House,
  person: string,
  moved: Row[],
  near: Waiting[],
): Promise<void> {
  const settled = await settle(
    tx,
    house,
    [...moved, ...near].map((row) => row.id),
  );
  const who = (await addressees(tx, [person])).get(person);
  // somebody who wants no mail any more: what had waited is settled, and nothing goes out
  if (!who || who.digest === 'none') return;
  const items: LetterItem[] = [];
  const shown = moved.filter((row) => settled.has(row.id) && maySee(row));
  for (const row of shown) items.push(await itemOf(tx, house, who, row));
  for (const { id, title, path, place } of near)
    if (settled.has(id))
      items.push({
        title,
        line:
          place === null
            ? placeLine({ place }, who.lang)
            : m.mail_digest_near({ where: place }, { locale: who.lang }),
        url: urlIn(house, who.lang, path),
      });
  if (items.length === 0) return;
  const stops = { it: { what: 'all' } as const, words: m.mail_stop_all({}, { locale: who.lang }) };
  await write(
    tx,
    house,
    who,
    { kind: 'digest', priority: 'many', stops },
    digestMail(house, who.lang, items),
  );
}

/** The job of the evening: one mail a person. */
export async function mailDigests(house: House, paused: (organisation: string) => boolean): Promise<void> {
  for await (const persons of peopleWaiting(house.db)) {
    const [reported, petitioned, near] = [
      await waitingReports(house.db, persons),
      await waitingPetitions(house.db, persons),
      await alertItems(house.db, house, 'daily', persons, paused),
    ];
    const of = <T extends { person: string }>(rows: T[]) => Map.groupBy(rows, ({ person }) => person);
    const [movedOf, nearOf] = [of([...reported, ...petitioned]), of(near)];
    for (const person of persons) {
      const [moved, around] = [movedOf.get(person) ?? [], nearOf.get(person) ?? []];
      if (moved.length || around.length)
        await house.db.transaction((tx) => mailDigest(tx, house, person, moved, around));
    }
  }
}
