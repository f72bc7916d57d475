/**
 * Making a report: what is said is checked, the place found, the organisation decided; then one transaction writes
 * the report and, for who is not signed in, the mail with the button. Only the button makes it public.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import { checkAnswers, type ReportAnswers } from '@folkmoot/core/reports/questions';
import { confirmReport } from '@folkmoot/core/reports/rules';
import type { Tx } from '@folkmoot/db/client';
import { reportCounts, reportPhotos, reports, reportUpdates } from '@folkmoot/db/schema/reports';
import { and, eq } from 'drizzle-orm';
import { Invalid, Refused } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { contactFor, makeToken } from '../people/index.ts';
import type { Places } from '../places/index.ts';
import { CONFIRM_MINUTES, confirmReportMail } from './mails.ts';
import { type Category, findCategory, type Report } from './store.ts';

export type NewReport = {
  lon: number;
  lat: number;
  place?: string | undefined;
  category: string;
  answers: Record<string, unknown>;
  title: string;
  detail: string;
  lang: Lang;
  name?: string | undefined;
  email?: string | undefined;
  postcode?: string | undefined;
  showName: boolean;
  idempotencyKey?: string | undefined;
  photos: string[];
};
export type Maker = { person: string | null; enteredBy?: string | null; channel?: Report['channel'] };
export type SentReport = {
  report: number;
  waits: boolean;
  email: string | null;
  private: boolean;
  expectedOn: string | null;
};

export type Checked = {
  category: Category;
  answers: ReportAnswers;
  wardId: string | null;
  organisationId: string;
  place: string;
  expectedOn: string | null;
};

/** Where it is, who gets it, and whether the answers are whole. Refuses what lies outside or must not be a report. */
export async function checkNewReport(house: House, places: Places, it: NewReport): Promise<Checked> {
  const here = places.at(it.lon, it.lat);
  if (!here.inside) throw new Refused('outside');
  const category = await findCategory(house.db, it.category);
  if (!category || !here.bodies.some((body) => body.id === category.organisationId))
    throw new Invalid({ category: 'not_an_option' });
  if (category.stopper) throw new Refused('stopped');
  const { answers, problems, stopper } = checkAnswers(category.questions, it.answers);
  if (problems.length)
    throw new Invalid(Object.fromEntries(problems.map(({ code, problem }) => [`answers.${code}`, problem])));
  if (stopper) throw new Refused('stopped');
  const place =
    it.place ?? (await places.nearestStreet(it.lon, it.lat)) ?? `${it.lat.toFixed(5)}, ${it.lon.toFixed(5)}`;
  const expectedOn = category.expectedDays
    ? places.workingDayAfter(house.clock(), category.expectedDays)
    : null;
  const { organisationId } = category;
  return { category, answers, wardId: here.ward?.id ?? null, organisationId, place, expectedOn };
}

async function alreadyMade(
  tx: Tx,
  maker: Maker,
  contactId: string | null,
  key: string | undefined,
): Promise<Report | null> {
  if (!key) return null;
  const who = maker.person
    ? eq(reports.personId, maker.person)
    : contactId
      ? eq(reports.contactId, contactId)
      : null;
  if (!who) return null;
  const [row] = await tx
    .select()
    .from(reports)
    .where(and(eq(reports.idempotencyKey, key), who));
  return row ?? null;
}

/** The moment everyone may see it: state, timeline, event. Called by the button and for signed-in makers at once. */
export async function openReport(tx: Tx, house: House, report: Report, person: string): Promise<void> {
  const now = house.clock();
  const decided = confirmReport({ ...report, hidden: report.hiddenAt !== null });
  if (!decided.ok) throw new Refused(decided.refused);
  await tx
    .update(reports)
    .set({ state: decided.next.state, stateAt: now, confirmedAt: now, updatedAt: now, personId: person })
    .where(eq(reports.id, report.id));
  await tx.insert(reportUpdates).values({
    reportId: report.id,
    personId: person,
    kind: 'state',
    stateTo: decided.next.state,
    lang: report.lang,
    showName: report.showName,
    at: now,
  });
  await recordReport(tx, house, report, 'report.confirmed', {});
}

/** One event on a report. Private ones are told to the staff of its organisation alone. */
export function recordReport(
  tx: Tx,
  house: House,
  report: Pick<Report, 'id' | 'private' | 'organisationId' | 'wardId' | 'hiddenAt'>,
  type: string,
  data: Record<string, unknown>,
) {
  const audience = report.private || report.hiddenAt ? 'staff' : 'public';
  return record(
    tx,
    {
      topic: `report:${report.id}`,
      type,
      audience,
      organisation: report.organisationId,
      data: { report: report.id, ward: report.wardId, ...data },
    },
    house.clock(),
  );
}

/** The row itself, with its counters and photos; unseen until it is opened. */
async function writeReport(
  tx: Tx,
  it: NewReport,
  checked: Checked,
  maker: Maker,
  contactId: string | null,
  now: Date,
): Promise<Report> {
  const [report] = await tx
    .insert(reports)
    .values({
      personId: maker.person,
      enteredBy: maker.enteredBy ?? null,
      channel: maker.channel ?? 'web',
      idempotencyKey: it.idempotencyKey ?? null,
      contactId,
      categoryId: checked.category.id,
      organisationId: checked.organisationId,
      wardId: checked.wardId,
      title: it.title,
      detail: it.detail,
      lang: it.lang,
      answers: checked.answers,
      lon: it.lon,
      lat: it.lat,
      place: checked.place,
      state: 'unconfirmed',
      stateAt: now,
      private: checked.category.private,
      showName: it.showName,
      expectedOn: checked.expectedOn,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  await tx.insert(reportCounts).values({ reportId: report!.id });
  if (it.photos.length)
    await tx
      .insert(reportPhotos)
      .values(it.photos.map((hash, sort) => ({ reportId: report!.id, hash, sort, createdAt: now })));
  return report!;
}

/** Without an account: the button in the mail opens it. */
async function askMaker(
  tx: Tx,
  house: House,
  it: NewReport,
  report: Report,
  contact: { id: string; value: string },
): Promise<void> {
  const data = { report: report.id, name: it.name, postcode: it.postcode ?? null };
  const token = await makeToken(
    tx,
    { kind: 'confirm_report', contactId: contact.id, data, minutes: CONFIRM_MINUTES },
    house.clock(),
  );
  await confirmReportMail(tx, house, {
    to: contact.value,
    contactId: contact.id,
    lang: it.lang,
    title: it.title,
    place: report.place,
    token,
  });
}

/**
 * Writes a checked report in the transaction of the caller; sent again with the same key it is the same report.
 * The caller says `house.saved()` after its commit.
 */
export async function makeReportIn(
  tx: Tx,
  house: House,
  it: NewReport,
  checked: Checked,
  maker: Maker,
): Promise<SentReport> {
  if (!maker.person && !it.name) throw new Invalid({ name: 'required' });
  if (!maker.person && !it.email) throw new Invalid({ email: 'required' });
  const contact = maker.person ? null : await contactFor(tx, it.email!);
  let made = await alreadyMade(tx, maker, contact?.id ?? null, it.idempotencyKey);
  if (!made) {
    made = await writeReport(tx, it, checked, maker, contact?.id ?? null, house.clock());
    if (maker.person) await openReport(tx, house, made, maker.person);
    else await askMaker(tx, house, it, made, contact!);
  }
  return {
    report: made.id,
    waits: maker.person === null && made.state === 'unconfirmed',
    email: maker.person ? null : (it.email ?? null),
    private: made.private,
    expectedOn: made.expectedOn,
  };
}

/**
 * Checks and writes a report in one go.
 * @param maker who says it; staff who type it in for somebody stand in `enteredBy`
 * @returns its number, and whether it waits for the button in the mail
 * @throws Refused outside, stopped; Invalid with the fields
 */
export async function makeReport(
  house: House,
  places: Places,
  it: NewReport,
  maker: Maker,
): Promise<SentReport> {
  const checked = await checkNewReport(house, places, it);
  const sent = await house.db.transaction((tx) => makeReportIn(tx, house, it, checked, maker));
  house.saved();
  return sent;
}
