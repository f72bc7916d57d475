/**
 * Petitions of Anybridge in every state they can be in, with what became of them. Residents have signed them, by
 * the same tables that the application writes: counts, days, wards and thresholds agree with the signatures.
 */
import { createHash } from 'node:crypto';
import type { PetitionState, StepKind } from '@folkmoot/core/petitions/plain';
import { crossed } from '@folkmoot/core/petitions/rules';
import { type Scheme, schemeDefaults } from '@folkmoot/core/petitions/scheme';
import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { petitionCounts, petitionDecisions, petitions, petitionSchemes } from '../schema/petitions.ts';
import { petitionDays, petitionWards, signatures } from '../schema/signatures.ts';
import { dice, type Dice } from './dice.ts';
import type { Bodies } from './organisations.ts';
import type { Neighbour } from './people.ts';
import { seedPetitionDesk } from './petition-desk.ts';
import { seedAfter, seedFollowers } from './petition-after.ts';
import { ASKED_BY, REFUSED } from './petition-answers.ts';
import { leafOf, seedChecks } from './petition-checks.ts';
import { DETAILS } from './petition-details.ts';
import { ASKED, type PetitionTale } from './petition-texts.ts';
import { seedTrees } from './petition-trees.ts';
import type { SeededAreas } from './places.ts';

const DAY = 86_400_000;
const AT_ONCE = 500;
const SCHEME: Scheme = { ...schemeDefaults, response: 30, evidence: 90, debate: 150 };

export type PetitionSeed = {
  areas: SeededAreas;
  bodies: Bodies;
  people: Neighbour[];
  scheme: string;
  now: Date;
};

/** The town council takes petitions. @returns the scheme's id */
export async function seedScheme(db: Db, bodies: Bodies, now: Date): Promise<string> {
  const [row] = await db
    .insert(petitionSchemes)
    .values({
      organisationId: bodies.council,
      version: 1,
      data: SCHEME,
      createdAt: new Date(now.getTime() - 800 * DAY),
    })
    .returning({ id: petitionSchemes.id });
  return row!.id;
}

/** What became of each, in turn: its state, how old it is in days, which share of the town signed it, and the steps. */
type Fate = {
  state: PetitionState;
  age: number;
  share: number;
  steps?: StepKind[];
  code?: string;
  reason?: string;
};
const FATES: Fate[] = [
  { state: 'open', age: 20, share: 0.86 },
  { state: 'open', age: 60, share: 0.42, steps: ['response'] },
  { state: 'closed', age: 260, share: 0.78, steps: ['response', 'evidence', 'debate_scheduled', 'debated'] },
  { state: 'in_moderation', age: 3, share: 0 },
  { state: 'open', age: 9, share: 0.07 },
  {
    state: 'rejected',
    age: 40,
    share: 0,
    code: 'not_our_responsibility',
    reason: 'The county looks after this; we have told it.',
  },
  { state: 'closed', age: 300, share: 0.15 },
  { state: 'open', age: 100, share: 0.78, steps: ['response', 'evidence', 'debate_scheduled'] },
  { state: 'gathering_supporters', age: 2, share: 0 },
  { state: 'closed', age: 330, share: 0.78, steps: ['response', 'evidence', 'not_debated'] },
  { state: 'returned', age: 6, share: 0 },
  { state: 'open', age: 33, share: 0.13 },
  { state: 'withdrawn', age: 90, share: 0.1 },
  {
    state: 'rejected',
    age: 70,
    share: 0,
    code: 'already_happening',
    reason: 'The work is in this year’s programme and begins in spring.',
  },
  { state: 'stopped', age: 120, share: 0.36, steps: ['response'] },
];

type Row = typeof petitions.$inferInsert & { id: number };
type Made = {
  row: Row;
  signers: Neighbour[];
  steps: StepKind[];
  decision: typeof petitionDecisions.$inferInsert | null;
};

const before = (state: PetitionState) =>
  state === 'gathering_supporters' || state === 'in_moderation' || state === 'returned';

/** Some of the residents, each once, in an order of their own. */
function some(d: Dice, people: Neighbour[], count: number): Neighbour[] {
  const left = [...people];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(d.share() * left.length), 1)[0]!,
  );
}

function decisionOf(
  petitionId: number,
  { state, code, reason: refused }: Fate,
  decidedBy: string,
  at: Date,
): Made['decision'] {
  if (state === 'gathering_supporters' || state === 'in_moderation') return null;
  const command = code ? 'reject' : state === 'returned' ? 'return' : 'publish';
  const said =
    command === 'return' ? 'Please say which street you mean.' : 'It keeps to the rules for petitions.';
  const otherReason = command === 'publish' ? 'Mae’n cadw at y rheolau ar gyfer deisebau.' : null;
  const reason = refused ?? said;
  return { petitionId, command, code: code ?? null, reason, otherReason, lang: 'en', decidedBy, at };
}

function petitionOf(seed: PetitionSeed, d: Dice, tale: PetitionTale, fate: Fate, id: number): Made {
  const { now, people, bodies, scheme, areas } = seed;
  const residents = people.filter((one) => one.role === null);
  const moderator = people.find((one) => one.name === 'Owen Vaughan') ?? people[0]!;
  const drawn = residents[Math.floor(d.share() * residents.length)]!;
  const organiser = people.find((one) => one.name === ASKED_BY[tale.title]) ?? drawn;
  const created = new Date(now.getTime() - fate.age * DAY - 4 * DAY);
  const opened = new Date(now.getTime() - fate.age * DAY);
  const early = before(fate.state) || fate.state === 'rejected';
  const supporters = fate.state === 'gathering_supporters' ? 2 : SCHEME.supporters;
  const wanted = early
    ? supporters
    : Math.max(supporters, Math.round(residents.length * fate.share * (0.72 + 0.28 * d.share())));
  const signers = some(d, residents, wanted);
  const ends = new Date(opened.getTime() + SCHEME.days * DAY);
  const ended = fate.state === 'closed' ? ends : new Date(opened.getTime() + fate.age * 0.5 * DAY);
  const isEnded = fate.state === 'closed' || fate.state === 'stopped' || fate.state === 'withdrawn';
  const due = new Date(now.getTime() + (5 - fate.age) * DAY).toISOString().slice(0, 10);
  const at = isEnded ? ended : early ? created : opened;
  return {
    signers,
    steps: fate.steps ?? [],
    decision: decisionOf(id, fate, moderator.id, opened),
    row: {
      id,
      personId: organiser.id,
      organisationId: bodies.council,
      schemeId: scheme,
      title: tale.title,
      why: tale.why,
      details: DETAILS[tale.title] ?? null,
      lang: tale.lang ?? 'en',
      topics: tale.topics,
      wardIds: (tale.wards ?? []).flatMap((code) => areas.wards.get(code) ?? []),
      creatorName: organiser.name,
      state: fate.state,
      stateAt: at,
      createdAt: created,
      updatedAt: at,
      submittedAt: created,
      moderationReachedAt: fate.state === 'gathering_supporters' ? null : created,
      moderateBy: fate.state === 'in_moderation' ? due : null,
      returned: fate.state === 'returned' ? 1 : 0,
      openedAt: early ? null : opened,
      closesAt: early ? null : ends,
      closedAt: isEnded ? ended : null,
      rejectionCode: fate.code ?? null,
      rejectionReason: fate.reason ?? null,
      endedReason:
        fate.state === 'withdrawn'
          ? 'It was mended.'
          : fate.state === 'stopped'
            ? 'Council has decided to do it.'
            : null,
    },
  };
}

/** When each signed: many in the first days, fewer later. */
const signedAt = (d: Dice, row: Row, now: Date): Date => {
  const from = (row.openedAt ?? row.createdAt!).getTime();
  const to = Math.min(now.getTime(), row.closedAt?.getTime() ?? Infinity);
  // some sign just now, so that the town is awake when one looks
  if (row.state === 'open' && d.share() < 0.03) return new Date(to - d.share() * 50 * 60_000);
  return new Date(from + (to - from) * d.share() ** 2);
};

function signaturesOf(seed: PetitionSeed, d: Dice, { row, signers }: Made) {
  const times = signers.map(() => signedAt(d, row, seed.now)).sort((a, b) => a.getTime() - b.getTime());
  return signers.map((signer, n): typeof signatures.$inferInsert => {
    const receipt = createHash('sha256').update(`receipt ${row.id} ${n}`).digest();
    return {
      petitionId: row.id,
      personId: signer.id,
      supporter: before(row.state) || row.state === 'rejected',
      state: 'confirmed',
      name: signer.name,
      basis: 'live',
      wardId: seed.areas.wards.get(signer.ward) ?? null,
      lang: signer.lang,
      signedAt: times[n]!,
      confirmedAt: times[n]!,
      receipt: receipt.toString('hex'),
      leaf: leafOf(row.id, receipt),
    };
  });
}

/** Latches what the signatures crossed, at the moment of the one that crossed it. */
function latch(row: Row, times: Date[], steps: StepKind[]): void {
  const reachedAt = (threshold: 'response' | 'evidence' | 'debate') =>
    crossed({}, times.length, SCHEME).includes(threshold) ? times[SCHEME[threshold] - 1]! : null;
  row.responseReachedAt = reachedAt('response');
  row.evidenceReachedAt = reachedAt('evidence');
  row.debateReachedAt = reachedAt('debate');
  row.response = steps.includes('response') ? 'responded' : row.responseReachedAt ? 'awaiting' : 'none';
  row.debate = steps.includes('debated')
    ? 'debated'
    : steps.includes('not_debated')
      ? 'not_debated'
      : steps.includes('debate_scheduled')
        ? 'scheduled'
        : row.debateReachedAt
          ? 'awaiting'
          : 'none';
}

/** Days and wards as the application keeps them, worked out from the signatures themselves. */
async function writeFigures(db: Db, made: Made[], now: Date): Promise<void> {
  await db.insert(petitionCounts).values(
    made.map(({ row, signers }) => {
      const early = row.openedAt === null;
      return {
        petitionId: row.id,
        supporters: early ? signers.length : SCHEME.supporters,
        online: early ? 0 : signers.length,
      };
    }),
  );
  await db.execute(sql`
    insert into ${petitionDays} (petition_id, day, confirmed)
    select s.petition_id, s.confirmed_at::date, count(*)::int from ${signatures} s
    join ${petitions} p on p.id = s.petition_id where p.opened_at is not null group by 1, 2`);
  await db.execute(sql`
    insert into ${petitionWards} (petition_id, ward_id, count, at)
    select s.petition_id, s.ward_id, count(*)::int, ${now.toISOString()}::timestamptz from ${signatures} s
    join ${petitions} p on p.id = s.petition_id
    where p.opened_at is not null and s.ward_id is not null group by 1, 2`);
}

/** Petitions about everything a town argues about. */
export async function seedPetitions(db: Db, seed: PetitionSeed): Promise<number> {
  const d = dice(14);
  const made = ASKED.map((tale, n) => {
    const fate = FATES[n % FATES.length]!;
    return petitionOf(seed, d, tale, { ...fate, ...REFUSED[tale.title], age: fate.age + (n % 7) }, n + 1);
  });
  const rows = made.map((one) => signaturesOf(seed, d, one));
  for (const [n, one] of made.entries())
    latch(one.row, one.row.openedAt ? rows[n]!.map((row) => row.confirmedAt!) : [], one.steps);
  await db.insert(petitions).values(made.map(({ row }) => row));
  await db.execute(sql`select setval(pg_get_serial_sequence('petitions', 'id'), ${made.length})`);
  const all = rows.flat();
  for (let at = 0; at < all.length; at += AT_ONCE)
    await db.insert(signatures).values(all.slice(at, at + AT_ONCE));
  await writeFigures(db, made, seed.now);
  await seedChecks(
    db,
    seed,
    made.map(({ row }) => row),
  );
  await seedTrees(db, seed.now);
  const decisions = made.flatMap(({ decision }) => decision ?? []);
  if (decisions.length) await db.insert(petitionDecisions).values(decisions);
  await seedAfter(
    db,
    d,
    seed,
    made.map(({ row, steps }) => ({ row, steps })),
  );
  await seedFollowers(db, made);
  await seedPetitionDesk(db, seed);
  return made.length;
}
