/**
 * Making a report: what is said is checked, the place found, the organisation decided; then one transaction writes
 * the report and, for who is not signed in, the mail with the button. Only the button makes it public.
 */
import type { Words } from '@folkmoot/core/kit/shapes';
import type { Lang } from '@folkmoot/core/kit/plain';
import { groupOf } from '@folkmoot/core/reports/plain';
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
import { confirmReportMail } from './mails.ts';
import { type Category, findCategory, type Report } from './store.ts';

/** the link in the mail works for two days; after that the unconfirmed report is forgotten */
const CONFIRM_MINUTES = 48 * 60;

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
  return { category, answers, wardId: here.ward?.id ?? null, organisationId: category.organisationId, place };
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

/** Writes the report. @returns its number, and whether it waits for the button in the mail */
export async function makeReport(
  house: House,
  places: Places,
  it: NewReport,
  maker: Maker,
): Promise<SentReport> {
  if (!maker.person && !it.email) throw new Invalid({ email: 'required' });
  if (!maker.person && !it.name) throw new Invalid({ name: 'required' });
  const checked = await checkNewReport(house, places, it);
  const now = house.clock();
  const expectedOn = checked.category.expectedDays
    ? places.workingDayAfter(now, checked.category.expectedDays)
    : null;
  const made = await house.db.transaction(async (tx) => {
    const contact = maker.person ? null : await contactFor(tx, it.email!);
    const before = await alreadyMade(tx, maker, contact?.id ?? null, it.idempotencyKey);
    if (before) return before;
    const [report] = await tx
      .insert(reports)
      .values({
        personId: maker.person,
        enteredBy: maker.enteredBy ?? null,
        channel: maker.channel ?? 'web',
        idempotencyKey: it.idempotencyKey ?? null,
        contactId: contact?.id ?? null,
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
        expectedOn,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    await tx.insert(reportCounts).values({ reportId: report!.id });
    if (it.photos.length)
      await tx
        .insert(reportPhotos)
        .values(it.photos.map((hash, sort) => ({ reportId: report!.id, hash, sort, createdAt: now })));
    if (maker.person) await openReport(tx, house, report!, maker.person);
    else {
      const token = await makeToken(
        tx,
        {
          kind: 'confirm_report',
          contactId: contact!.id,
          data: { report: report!.id, name: it.name, postcode: it.postcode ?? null },
          minutes: CONFIRM_MINUTES,
        },
        now,
      );
      await confirmReportMail(tx, house, {
        to: contact!.value,
        contactId: contact!.id,
        lang: it.lang,
        title: it.title,
        place: checked.place,
        token,
      });
    }
    return report!;
  });
  house.saved();
  const waits = maker.person === null && groupOf(made.state) === 'open' && made.confirmedAt === null;
  return {
    report: made.id,
    waits,
    email: maker.person ? null : (it.email ?? null),
    private: made.private,
    expectedOn: made.expectedOn,
  };
}

export type CategoryWords = { name: Words; organisation: Words };
