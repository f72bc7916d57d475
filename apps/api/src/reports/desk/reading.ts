/** One report as the desk sees it: everything that is needed to decide, and no contact details. */
import { aliasedTable, and, asc, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Words } from '@folkmoot/core/kit/shapes';
import { commandsFrom, NEED_WORDS, OPEN_SECONDS } from '@folkmoot/core/reports/desk';
import type { reportAtDesk } from '@folkmoot/core/reports/desk.shapes';
import type { ReportState } from '@folkmoot/core/reports/plain';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, grants, people } from '@folkmoot/db/schema/people';
import { reportChanges, reportNotes, reportOpenings } from '@folkmoot/db/schema/report-desk';
import { reportCategories, reports, reportUpdates, reportVersions } from '@folkmoot/db/schema/reports';
import type { House } from '../../kit/house.ts';
import type { Places } from '../../places/index.ts';
import { templatesFor } from './answers.ts';
import { questionsOf } from './councillors.ts';
import { lastChangeOf, undoing } from './last-change.ts';
import { OPEN_STATES } from './queue.ts';
import { similarReports } from '../similar.ts';
import { readFull, type Report, subjectOf } from '../store.ts';

type AtDesk = z.input<typeof reportAtDesk>;

/** Who works on an organisation's reports. */
export async function colleaguesOf(db: Queryable, organisation: string) {
  const rows = await db
    .selectDistinct({ person: people.id, name: people.name })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .where(
      and(
        eq(grants.organisationId, organisation),
        inArray(grants.role, ['officer', 'admin']),
        isNull(grants.endedAt),
        isNull(people.erasedAt),
      ),
    )
    .orderBy(asc(people.name))
    .limit(500);
  return rows.map(({ person, name }) => ({ person, name: name ?? '' }));
}

/** Who else has it open now. */
export async function openAt(db: Queryable, report: number, me: string | null, now: Date): Promise<string[]> {
  const rows = await db
    .select({ name: people.name })
    .from(reportOpenings)
    .innerJoin(people, eq(people.id, reportOpenings.personId))
    .where(
      and(
        eq(reportOpenings.reportId, report),
        gt(reportOpenings.seenAt, new Date(now.getTime() - OPEN_SECONDS * 1_000)),
        ...(me ? [ne(reportOpenings.personId, me)] : []),
      ),
    )
    .orderBy(asc(people.name))
    .limit(10);
  return rows.map((row) => row.name ?? '');
}

/** The address of whoever made it: the person's own, or the one the report came with. */
export async function reporterContacts(db: Queryable, report: Report) {
  if (!report.personId && !report.contactId) return [];
  return db
    .select({
      id: contacts.id,
      kind: contacts.kind,
      value: contacts.value,
      verifiedAt: contacts.verifiedAt,
      stoppedAt: contacts.stoppedAt,
    })
    .from(contacts)
    .where(report.personId ? eq(contacts.personId, report.personId) : eq(contacts.id, report.contactId!))
    .orderBy(desc(contacts.verifiedAt))
    .limit(20);
}

async function reporterOf(db: Queryable, report: Report): Promise<AtDesk['reporter']> {
  const [[person], [question], addresses] = await Promise.all([
    report.personId
      ? db.select({ name: people.name, lang: people.lang }).from(people).where(eq(people.id, report.personId))
      : [],
    db
      .select({ at: reportUpdates.at })
      .from(reportUpdates)
      .where(
        and(
          eq(reportUpdates.reportId, report.id),
          eq(reportUpdates.kind, 'question'),
          isNull(reportUpdates.hiddenAt),
          sql`not exists (select 1 from report_updates c where c.report_id = ${report.id} and c.person_id = ${report.personId} and c.at > ${reportUpdates.at})`,
        ),
      )
      .orderBy(desc(reportUpdates.at), desc(reportUpdates.id))
      .limit(1),
    reporterContacts(db, report),
  ]);
  return {
    name: report.showName ? (person?.name ?? null) : null,
    lang: person?.lang ?? report.lang,
    reachable: addresses.some((one) => one.kind === 'email' && one.verifiedAt && !one.stoppedAt),
    asked: question?.at.toISOString() ?? null,
  };
}

async function notesOf(db: Queryable, id: number) {
  const rows = await db
    .select({
      id: reportNotes.id,
      by: people.name,
      text: reportNotes.text,
      minutes: reportNotes.minutes,
      at: reportNotes.at,
    })
    .from(reportNotes)
    .leftJoin(people, eq(people.id, reportNotes.byPerson))
    .where(eq(reportNotes.reportId, id))
    .orderBy(desc(reportNotes.at), desc(reportNotes.id))
    .limit(100);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Names of the people and categories that changes speak of. */
async function namesIn(db: Queryable, rows: Array<typeof reportChanges.$inferSelect>) {
  const ids = (name: string) =>
    rows.flatMap((row) => [row.before[name], row.after[name]]).filter((id) => typeof id === 'string');
  const [who, which] = [ids('assignedTo'), ids('categoryId')];
  const [named, categories] = await Promise.all([
    who.length
      ? db.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, who))
      : [],
    which.length
      ? db
          .select({ id: reportCategories.id, name: reportCategories.name })
          .from(reportCategories)
          .where(inArray(reportCategories.id, which))
      : [],
  ]);
  const words = new Map<string, Words>();
  for (const { id, name } of named) words.set(id, { en: name ?? '' });
  for (const { id, name } of categories) words.set(id, name);
  return words;
}

async function changesOf(db: Queryable, id: number): Promise<AtDesk['changes']> {
  const by = aliasedTable(people, 'by');
  const rows = await db
    .select({ change: reportChanges, by: by.name })
    .from(reportChanges)
    .leftJoin(by, eq(by.id, reportChanges.byPerson))
    .where(eq(reportChanges.reportId, id))
    .orderBy(desc(reportChanges.at), desc(reportChanges.id))
    .limit(50);
  const names = await namesIn(
    db,
    rows.map((row) => row.change),
  );
  const said = (side: Record<string, unknown>): Words | null => {
    const team = typeof side['assignedTeam'] === 'string' ? side['assignedTeam'] : null;
    const id = side['assignedTo'] ?? side['categoryId'];
    return (typeof id === 'string' && names.get(id)) || (team ? { en: team } : null);
  };
  return rows.map(({ change, by: name }) => ({
    id: change.id,
    by: name,
    what: change.what,
    states:
      change.what === 'state'
        ? { from: change.before['state'] as ReportState, to: change.after['state'] as ReportState }
        : null,
    from: said(change.before),
    to: said(change.after),
    at: change.at.toISOString(),
    undone: change.undoneAt !== null,
  }));
}

/** Whether this person may still take their last change back. */
async function mayUndo(db: Queryable, report: Report, person: string | null, now: Date): Promise<boolean> {
  if (!person) return false;
  return undoing(report, await lastChangeOf(db, report.id), person, now).ok;
}

const versionsOf = async (db: Queryable, id: number): Promise<AtDesk['versions']> => {
  const rows = await db
    .select()
    .from(reportVersions)
    .where(eq(reportVersions.reportId, id))
    .orderBy(desc(reportVersions.at))
    .limit(20);
  return rows.map(({ id, title, detail, at }) => ({ id, title, detail, at: at.toISOString() }));
};

async function teamsOf(db: Queryable, organisation: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ team: reports.assignedTeam })
    .from(reports)
    .where(and(eq(reports.organisationId, organisation), sql`${OPEN_STATES} and assigned_team is not null`))
    .limit(100);
  return rows.map((row) => row.team!).sort();
}

/** What it may be moved to: the categories of all bodies that cover the place. */
async function categoriesAt(db: Queryable, places: Places, at: { lon: number; lat: number }) {
  const bodies = new Map(places.at(at.lon, at.lat).bodies.map((body) => [body.id, body.name]));
  const rows = await db
    .select()
    .from(reportCategories)
    .where(isNull(reportCategories.endedAt))
    .orderBy(asc(reportCategories.sort))
    .limit(300);
  return rows.flatMap(({ id, name, group, organisationId }) => {
    const organisation = bodies.get(organisationId);
    return organisation ? [{ id, name, group, organisation }] : [];
  });
}

async function nearbyOf(db: Queryable, report: Report, now: Date) {
  const [category] = await db
    .select()
    .from(reportCategories)
    .where(eq(reportCategories.id, report.categoryId));
  const { lon, lat } = report;
  const near = { lon, lat, group: category!.group, metres: category!.similarMetres };
  return (await similarReports(db, near, now)).filter((one) => one.id !== report.id);
}

/** What only those see who may change it. */
async function workOf(db: Queryable, places: Places, report: Report) {
  const [notes, colleagues, teams, categories] = await Promise.all([
    notesOf(db, report.id),
    colleaguesOf(db, report.organisationId),
    teamsOf(db, report.organisationId),
    categoriesAt(db, places, report),
  ]);
  const minutes = notes.reduce((sum, note) => sum + (note.minutes ?? 0), 0);
  return { notes, minutes, colleagues, teams, categories };
}
const NO_WORK = { notes: [], minutes: 0, colleagues: [], teams: [], categories: [] };

/** Everything on one page. Whether this actor may see it is asked before. */
export async function readAtDesk(
  house: House,
  places: Places,
  report: Report,
  actor: Actor,
): Promise<AtDesk> {
  const { db } = house;
  const now = house.clock();
  const full = await readFull(db, report, now);
  const change = reportPolicy.changeReportState(actor, subjectOf(report));
  const [reporter, versions, changes, questions, nearby, templates, [assigned], open, undo, work] =
    await Promise.all([
      reporterOf(db, report),
      versionsOf(db, report.id),
      changesOf(db, report.id),
      questionsOf(db, report.id, actor.person),
      nearbyOf(db, report, now),
      templatesFor(db, report, now),
      report.assignedTo
        ? db
            .select({ person: people.id, name: people.name })
            .from(people)
            .where(eq(people.id, report.assignedTo))
        : [],
      openAt(db, report.id, actor.person, now),
      mayUndo(db, report, actor.person, now),
      change ? workOf(db, places, report) : NO_WORK,
    ]);
  return {
    ...full,
    stateAt: report.stateAt.toISOString(),
    hidden: report.hiddenAt !== null,
    priority: report.priority,
    channel: report.channel,
    reporter,
    assigned: {
      person: assigned ? { ...assigned, name: assigned.name ?? '' } : null,
      team: report.assignedTeam,
    },
    versions,
    changes,
    questions,
    nearby,
    templates,
    may: {
      change,
      commands: change ? commandsFrom(report.state) : [],
      needWords: [...NEED_WORDS],
      undo,
      askOfficer: reportPolicy.askOfficer(actor, subjectOf(report)),
    },
    open,
    ...work,
  };
}
