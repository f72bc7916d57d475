/** Alerts: "write to me when something is reported there". Whoever asked hears of new reports, never of their own. */
import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { inLang, type Lang, metresBetween } from '@folkmoot/core/kit/plain';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { alerts, notifications } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import { petitions } from '@folkmoot/db/schema/petitions';
import { areas } from '@folkmoot/db/schema/places';
import { reports } from '@folkmoot/db/schema/reports';
import { m } from '@folkmoot/words';
import type { House } from '../kit/house.ts';
import type { Places } from '../places/index.ts';
import { addressees, otherLang, type Said, urlIn, write } from './post.ts';
import type { News, Told } from './report-news.ts';

export type Alert = typeof alerts.$inferSelect;

/** more than this in one mail nobody reads; the map has them all */
const MOST_ITEMS = 20;
/** what waited longer, such as through a pause before elections, is no news any more */
const STALE_DAYS = 8;

/** Whose alerts a new report falls into; of several of one person the first tells. */
export async function alertNewsOf(tx: Tx, { report, group }: Told, at: Date): Promise<News[]> {
  if (report.private || report.hiddenAt) return [];
  const degrees = 5_000 / 111_000;
  const near = sql`${alerts.lat} between ${report.lat - degrees} and ${report.lat + degrees}`;
  const found = await tx
    .select()
    .from(alerts)
    .where(
      and(
        isNull(alerts.endedAt),
        lte(alerts.createdAt, at),
        or(isNull(alerts.categoryGroup), eq(alerts.categoryGroup, group)),
        or(
          report.wardId ? and(eq(alerts.kind, 'ward'), eq(alerts.areaId, report.wardId)) : undefined,
          and(eq(alerts.kind, 'radius'), near),
        ),
      ),
    )
    .orderBy(asc(alerts.createdAt));
  const first = new Map<string, Alert>();
  for (const alert of found) {
    const inside =
      alert.kind === 'ward' ||
      metresBetween(report, { lon: alert.lon!, lat: alert.lat! }) <= (alert.radiusM ?? 0);
    if (inside && alert.personId !== report.personId && !first.has(alert.personId))
      first.set(alert.personId, alert);
  }
  return [...first.values()].map((alert) => ({
    person: alert.personId,
    kind: 'alert',
    byMail: true,
    alert: alert.id,
  }));
}

/** Where an alert listens, in words: "Weirside", "within 500 m of Weir Street". */
export async function whereOf(db: Queryable, places: Places, alert: Alert, lang: Lang): Promise<string> {
  if (alert.kind === 'ward') {
    const [area] = await db
      .select({ name: areas.name })
      .from(areas)
      .where(eq(areas.id, alert.areaId ?? ''));
    return inLang((area?.name ?? { en: '' }) as { en: string; cy?: string }, lang).text;
  }
  const place = (await places.nearestStreet(alert.lon!, alert.lat!)) ?? '';
  return m.mail_alert_radius({ metres: alert.radiusM ?? 0, place }, { locale: lang });
}

export type Waiting = {
  id: string;
  person: string;
  alert: string;
  what: 'report' | 'petition';
  title: string;
  /** its page, without the language */
  path: string;
  /** where it is; null for what is about the whole place */
  place: string | null;
};

/** people whose mails are put together at once: all that waits for them is in memory */
const PEOPLE = 50;

/**
 * Everybody for whom something waits, some at a time: however many they are, nobody is left for another day, and what
 * waits out a pause stands in nobody's way.
 */
export async function* peopleWaiting(db: Queryable): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db
      .selectDistinct({ person: notifications.personId })
      .from(notifications)
      .where(and(isNull(notifications.digestedAt), gt(notifications.personId, after)))
      .orderBy(asc(notifications.personId))
      .limit(PEOPLE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ person }) => person);
    after = last.person;
  }
}

const alertRows = (tx: Queryable, digest: 'now' | 'daily', persons: readonly string[]) =>
  tx
    .select({
      id: notifications.id,
      person: notifications.personId,
      alert: sql<string>`${notifications.data}->>'alert'`,
      at: notifications.at,
      report: reports,
      petition: petitions,
    })
    .from(notifications)
    .innerJoin(people, and(eq(people.id, notifications.personId), isNull(people.erasedAt)))
    .leftJoin(reports, sql`${reports.id} = (${notifications.data}->>'report')::bigint`)
    .leftJoin(petitions, sql`${petitions.id} = (${notifications.data}->>'petition')::bigint`)
    .where(
      and(
        inArray(notifications.personId, [...persons]),
        eq(notifications.kind, 'alert'),
        isNull(notifications.digestedAt),
        eq(people.digest, digest),
      ),
    )
    .orderBy(asc(notifications.personId), asc(notifications.at));
type AlertRow = Awaited<ReturnType<typeof alertRows>>[number];

/** Seen by everyone; a petition for as long as one may sign it. */
const isThere = ({ report, petition }: AlertRow): boolean =>
  report
    ? report.hiddenAt === null && !report.private
    : petition !== null && petition.state === 'open' && petition.hiddenAt === null;

function waitingOf({ id, person, alert, report, petition }: AlertRow): Waiting[] {
  const it = { id, person, alert };
  if (report)
    return [
      { ...it, what: 'report', title: report.title, path: `/reports/${report.id}`, place: report.place },
    ];
  return petition
    ? [{ ...it, what: 'petition', title: petition.title, path: petitionPath(petition.id), place: null }]
    : [];
}

/** What is new and a mail shall bring these people: seen by everyone, and of no body that may not promote just now. */
export async function alertItems(
  tx: Queryable,
  house: Pick<House, 'clock'>,
  digest: 'now' | 'daily',
  persons: readonly string[],
  paused: (organisation: string) => boolean,
): Promise<Waiting[]> {
  const rows = await alertRows(tx, digest, persons);
  const oldest = house.clock().getTime() - STALE_DAYS * 86_400_000;
  const isGone = (row: AlertRow) => !isThere(row) || row.at.getTime() < oldest;
  await settle(
    tx,
    house,
    rows.filter(isGone).map((row) => row.id),
  );
  const waits = ({ report, petition }: AlertRow) =>
    paused((report?.organisationId ?? petition?.organisationId)!);
  return rows.filter((row) => !isGone(row) && !waits(row)).flatMap(waitingOf);
}

/**
 * These have been told by mail, or need not be any more.
 * @returns those that nobody else has settled meanwhile
 */
export async function settle(
  tx: Queryable,
  house: Pick<House, 'clock'>,
  ids: string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .update(notifications)
    .set({ digestedAt: house.clock() })
    .where(and(inArray(notifications.id, ids), isNull(notifications.digestedAt)))
    .returning({ id: notifications.id });
  return new Set(rows.map((row) => row.id));
}

/** The words of a mail of reports, and of one of petitions: an alert brings each in a mail of its own. */
const alertWords = {
  report: {
    subject: m.mail_alert_subject,
    title: m.mail_alert_title,
    line: m.mail_alert_line,
    button: m.mail_alert_button,
    more: m.mail_alert_more,
  },
  petition: {
    subject: m.mail_alert_petitions_subject,
    title: m.mail_alert_petitions_title,
    line: m.mail_alert_petitions_line,
    button: m.mail_alert_petitions_button,
    more: m.mail_alert_petitions_more,
  },
} as const;

/** What stands under a thing in a mail. */
export const placeLine = ({ place }: Pick<Waiting, 'place'>, lang: Lang): string =>
  place ?? m.mail_alert_petition({}, { locale: lang });

function alertMail(
  house: House,
  lang: Lang,
  items: Waiting[],
  where: (to: Lang) => string,
  path: string,
): Said {
  const locale = { locale: lang };
  const other = otherLang(lang);
  const count = items.length;
  const words = alertWords[items[0]!.what];
  const subject = { count, title: items[0]!.title };
  return {
    subject: words.subject({ ...subject, where: where(lang) }, locale),
    title: words.title({ count }, locale),
    lines: [words.line({ where: where(lang) }, locale)],
    items: items.slice(0, MOST_ITEMS).map((item) => ({
      title: item.title,
      line: placeLine(item, lang),
      url: urlIn(house, lang, item.path),
    })),
    button: { words: words.button({}, locale), url: urlIn(house, lang, path) },
    after: count > MOST_ITEMS ? [words.more({ count: count - MOST_ITEMS }, locale)] : [],
    other: {
      lang: other,
      title: words.title({ count }, { locale: other }),
      lines: [words.line({ where: where(other) }, { locale: other })],
      link: { words: words.button({}, { locale: other }), url: urlIn(house, other, path) },
    },
    why: m.mail_why_alert({}, locale),
  };
}

/** The map at the place of an alert. */
export function mapOf(places: Places, alert: Alert): string {
  if (alert.kind === 'ward') {
    const ward = places
      .atlas()
      .wards()
      .find((one) => one.id === alert.areaId);
    return ward ? `/reports?ward=${ward.slug}` : '/reports';
  }
  const high = (alert.radiusM ?? 500) / 111_000;
  const wide = high / Math.cos(((alert.lat ?? 0) * Math.PI) / 180);
  const [lon, lat] = [alert.lon ?? 0, alert.lat ?? 0];
  const box = [lon - wide, lat - high, lon + wide, lat + high].map((n) => n.toFixed(5));
  return `/reports?bbox=${box.join(',')}`;
}

/** The petitions where an alert listens: those of its ward, or the newest of the place. */
function petitionsAt(places: Places, alert: Alert): string {
  const ward = places
    .atlas()
    .wards()
    .find((one) => one.id === alert.areaId);
  return ward ? `/petitions?ward=${ward.slug}&show=recent` : '/petitions?show=recent';
}

/** The hourly job: one mail an alert, with all that is new in it. */
export async function mailAlerts(
  house: House,
  places: Places,
  paused: (organisation: string) => boolean,
): Promise<void> {
  for await (const persons of peopleWaiting(house.db)) {
    const waiting = await alertItems(house.db, house, 'now', persons, paused);
    const groups = Map.groupBy(waiting, ({ person, alert, what }) => `${person} ${alert} ${what}`);
    for (const group of groups.values())
      await house.db.transaction(async (tx) => mailAlert(tx, house, places, group));
  }
}

async function mailAlert(tx: Tx, house: House, places: Places, group: Waiting[]): Promise<void> {
  const settled = await settle(
    tx,
    house,
    group.map((item) => item.id),
  );
  const items = group.filter((item) => settled.has(item.id));
  const { person, alert: id } = group[0]!;
  const [alert] = await tx.select().from(alerts).where(eq(alerts.id, id));
  const who = (await addressees(tx, [person])).get(person);
  if (items.length === 0 || !alert || alert.endedAt || !who) return;
  const said = { en: await whereOf(tx, places, alert, 'en'), cy: await whereOf(tx, places, alert, 'cy') };
  const stops = {
    it: { what: 'alert', alert: id } as const,
    words: m.mail_stop_alert({}, { locale: who.lang }),
  };
  await write(
    tx,
    house,
    who,
    { kind: 'alert', priority: 'many', stops },
    alertMail(
      house,
      who.lang,
      items,
      (lang) => said[lang],
      items[0]!.what === 'petition' ? petitionsAt(places, alert) : mapOf(places, alert),
    ),
  );
}
