/** What the council owes on petitions: the list, and one petition with all that is needed to answer it. */
import type { ANSWER_TABS } from '@folkmoot/core/petitions/after.contract';
import type { Actor } from '@folkmoot/core/kit/policy';
import { STEP_KINDS, type StepKind } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { takeStep } from '@folkmoot/core/petitions/rules';
import { workingDaysBetween } from '@folkmoot/core/places/days';
import { moveDeadline, type Pause } from '@folkmoot/core/places/pauses';
import type { Queryable } from '@folkmoot/db/client';
import { bankHolidays } from '@folkmoot/db/schema/places';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { petitionMailings } from '@folkmoot/db/schema/signatures';
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { type Places, readPauses } from '../places/index.ts';
import { pausedTo } from './atdesk.ts';
import { type Petition, schemeOf, subjectOf } from './facts.ts';
import { countReaders } from './milestones.ts';
import { PER_PAGE, queuePage } from './queue.ts';
import { readBriefs, readFull } from './store.ts';

type Tab = (typeof ANSWER_TABS)[number];
type Rooms = { house: House; places: Places };
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const published = sql`p.opened_at is not null and p.removed_at is null`;
/** withdrawn, it is no longer asked for */
const owes = sql`${published} and p.state in ('open', 'closed', 'stopped')`;
const done = (kind: StepKind) =>
  sql`exists (select 1 from petition_steps s where s.petition_id = p.id and s.kind = ${kind})`;
const tabs: Record<Tab, { where: SQL; order: SQL }> = {
  answer: { where: sql`${owes} and p.response = 'awaiting'`, order: sql`p.response_reached_at, p.id` },
  evidence: {
    where: sql`${owes} and p.evidence_reached_at is not null and not ${done('evidence')}`,
    order: sql`p.evidence_reached_at, p.id`,
  },
  debate: {
    where: sql`${owes} and p.debate in ('awaiting', 'scheduled')`,
    order: sql`p.debate_reached_at, p.id`,
  },
  scrutiny: {
    where: sql`${owes} and p.response = 'responded' and ${done('scrutiny')} and not ${done('scrutiny_outcome')}`,
    order: sql`p.updated_at, p.id`,
  },
  published: { where: published, order: sql`p.updated_at desc, p.id desc` },
};

type Clocks = { now: Date; pauses: Pause[]; holidays: ReadonlySet<string> };
async function clocksOf({ db, clock }: House): Promise<Clocks> {
  const days = await db.select({ day: bankHolidays.day }).from(bankHolidays);
  return { now: clock(), pauses: await readPauses(db), holidays: new Set(days.map((one) => one.day)) };
}

const NOTHING = { due: null, overdue: false, daysLeft: null };

/** So many working days after it was reached; a pause in answering moves the day on. */
function owed(
  { places }: Rooms,
  { now, pauses, holidays }: Clocks,
  organisation: string,
  from: Date | null,
  days: number,
) {
  if (!from) return NOTHING;
  const plain = places.workingDayAfter(from, days);
  const due = moveDeadline(pauses, organisation, 'responding', dayOf(from), plain);
  const today = dayOf(now);
  const overdue = due < today;
  const daysLeft = overdue
    ? -workingDaysBetween(due, today, holidays)
    : workingDaysBetween(today, due, holidays);
  return { due, overdue, daysLeft };
}

/** Who has spoken in public owes it no more. */
const evidenceFrom = (it: Petition, spoken: boolean): Date | null =>
  !spoken && ['open', 'closed', 'stopped'].includes(it.state) ? it.evidenceReachedAt : null;
const answerFrom = (it: Petition): Date | null => (it.response === 'awaiting' ? it.responseReachedAt : null);
const debateFrom = (it: Petition): Date | null =>
  it.debate === 'awaiting' || it.debate === 'scheduled' ? it.debateReachedAt : null;

const dateOf = (it: Petition, tab: Tab): Date | null =>
  tab === 'debate' ? it.debateReachedAt : tab === 'evidence' ? it.evidenceReachedAt : it.responseReachedAt;

/** The promises of one petition, each with its day. @param spoken whether an officer has given evidence */
async function promises(rooms: Rooms, clocks: Clocks, petition: Petition, spoken: boolean) {
  const { answerDays, evidenceDays, debateDays } = await schemeOf(rooms.house.db, petition);
  const due = (from: Date | null, days: number) => owed(rooms, clocks, petition.organisationId, from, days);
  return {
    answerDue: due(answerFrom(petition), answerDays),
    evidenceDue: due(evidenceFrom(petition, spoken), evidenceDays),
    debateDue: due(debateFrom(petition), debateDays),
  };
}

/** The day that was last set for the debate of each. */
async function meetings(db: Queryable, ids: readonly number[]): Promise<Map<number, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([petitionSteps.petitionId], {
      petition: petitionSteps.petitionId,
      on: petitionSteps.happensOn,
    })
    .from(petitionSteps)
    .where(and(inArray(petitionSteps.petitionId, [...ids]), eq(petitionSteps.kind, 'debate_scheduled')))
    .orderBy(petitionSteps.petitionId, desc(petitionSteps.at));
  return new Map(rows.map((row) => [row.petition, row.on]));
}

const among = (all: readonly string[]): SQL =>
  sql`p.organisation_id in (${sql.join(
    all.map((one) => sql`${one}::uuid`),
    sql`, `,
  )})`;

/** How many petitions of these organisations are owed something. */
export async function countOwed(db: Queryable, all: readonly string[]): Promise<number> {
  if (all.length === 0) return 0;
  const any = sql`(${tabs.answer.where}) or (${tabs.evidence.where}) or (${tabs.debate.where}) or (${tabs.scrutiny.where})`;
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from petitions p where ${among(all)} and (${any})`,
  );
  return rows[0]?.n ?? 0;
}

async function countTabs(db: Queryable, organisation: string): Promise<Record<Tab, number>> {
  const counting = sql.join(
    Object.entries(tabs).map(
      ([name, { where }]) => sql`count(*) filter (where ${where})::int as ${sql.identifier(name)}`,
    ),
    sql`, `,
  );
  const { rows } = await db.execute<Record<Tab, number>>(
    sql`select ${counting} from petitions p where ${among([organisation])}`,
  );
  return rows[0]!;
}

export async function toAnswer(
  rooms: Rooms,
  organisation: string,
  { tab, page }: { tab: Tab; page: number },
) {
  const { db } = rooms.house;
  const { where, order } = tabs[tab];
  const counts = await countTabs(db, organisation);
  const { rows } = await db.execute<{ id: string }>(sql`
    select p.id from petitions p where ${among([organisation])} and ${where}
    order by ${order} limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`);
  const ids = rows.map((row) => Number(row.id));
  const found = ids.length ? await db.select().from(petitions).where(inArray(petitions.id, ids)) : [];
  const byId = new Map(found.map((row) => [row.id, row]));
  const held = await meetings(db, ids);
  const clocks = await clocksOf(rooms.house);
  const items = [];
  for (const brief of await readBriefs(db, ids)) {
    const row = byId.get(brief.id)!;
    const { answerDue, evidenceDue, debateDue } = await promises(rooms, clocks, row, tab !== 'evidence');
    const due = { answer: answerDue, evidence: evidenceDue, debate: debateDue };
    items.push({
      ...brief,
      ...(tab in due ? due[tab as keyof typeof due] : NOTHING),
      reachedAt: dateOf(row, tab)?.toISOString() ?? null,
      scheduledOn: row.debate === 'scheduled' ? (held.get(row.id) ?? null) : null,
    });
  }
  return {
    ...(await queuePage(db, organisation, page, counts[tab])),
    items,
    counts,
    overdue: items.filter((one) => one.overdue).length,
  };
}

/** A mailing that has not reached everybody: what is said next takes its place. */
async function underWay(db: Queryable, petition: number) {
  const [row] = await db
    .select()
    .from(petitionMailings)
    .where(
      and(
        eq(petitionMailings.petitionId, petition),
        isNull(petitionMailings.doneAt),
        isNull(petitionMailings.supersededAt),
      ),
    )
    .orderBy(desc(petitionMailings.createdAt), desc(petitionMailings.id))
    .limit(1);
  // a step's milestone is its kind and its number
  return row ? { kind: row.milestone.split(' ')[0]!, at: row.createdAt.toISOString(), sent: row.sent } : null;
}

/** What the rules let be written down now; what the organiser asks is not the council's to write. */
function kindsOf(petition: Petition, steps: ReadonlyArray<{ kind: StepKind }>): StepKind[] {
  const asked = steps.some((one) => one.kind === 'scrutiny');
  return STEP_KINDS.filter(
    (kind) => kind !== 'scrutiny' && (kind !== 'scrutiny_outcome' || asked) && takeStep(petition, kind).ok,
  );
}

export async function readToAnswer(rooms: Rooms, petition: Petition, actor: Actor) {
  const { house } = rooms;
  const { db } = house;
  const scheme = await schemeOf(db, petition);
  const full = await readFull(db, petition);
  const subject = subjectOf(petition);
  const spoken = full.steps.some((step) => step.kind === 'evidence');
  return {
    ...full,
    ...(await promises(rooms, await clocksOf(house), petition, spoken)),
    kinds: kindsOf(petition, full.steps),
    takes: scheme.steps,
    speakingMinutes: scheme.speakingMinutes,
    readers: await countReaders(db, petition.id),
    mailing: await underWay(db, petition.id),
    pausedUntil: await pausedTo(house, petition.organisationId, 'responding'),
    may: {
      answer: petitionPolicy.respondToPetition(actor, subject),
      stop: petition.state === 'open' && petitionPolicy.stopPetition(actor, subject),
      moderate: petitionPolicy.seePetitionQueue(actor, subject),
    },
    topic: `petition-desk:${petition.organisationId}`,
  };
}
