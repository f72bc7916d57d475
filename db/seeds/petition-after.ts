/** What became of the petitions of the demo town: answers, debates, and what the signers thought of them. */
import type { StepKind } from '@folkmoot/core/petitions/plain';
import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { type petitions, petitionSteps } from '../schema/petitions.ts';
import { petitionRatings, signatures } from '../schema/signatures.ts';
import type { Dice } from './dice.ts';
import type { Neighbour } from './people.ts';
import { ANSWERS } from './petition-answers.ts';

const DAY = 86_400_000;

const SAID: Record<StepKind, string> = {
  response:
    'We have read your petition and looked at what it would cost. We will do the greater part of it this year.',
  evidence: 'The head of service answered questions in public for an hour.',
  debate_scheduled: 'Full council will debate it.',
  debated: 'Council debated it for forty minutes and agreed by 14 votes to 5.',
  not_debated: 'Council leaves it to the committee, which has the money for it.',
  update: 'There is news.',
  scrutiny: 'Please look at how this was handled.',
  scrutiny_outcome: 'Scrutiny looked at it and asks the council to answer sooner next time.',
};

/** How many days after what it follows: an answer after its number was reached, a debate after it was set. */
const AFTER: Record<StepKind, number> = {
  response: 11,
  evidence: 16,
  debate_scheduled: 6,
  debated: 22,
  not_debated: 9,
  update: 5,
  scrutiny: 14,
  scrutiny_outcome: 40,
};
/** Officers answer and give evidence; what council does is told by a councillor. */
const OFFICERS: readonly StepKind[] = ['response', 'evidence'];

type Ended = { row: typeof petitions.$inferInsert; steps: StepKind[] };
type Seen = { people: Neighbour[]; now: Date };
type Step = typeof petitionSteps.$inferInsert;

const owedFor = (row: Ended['row'], kind: StepKind): Date | null | undefined =>
  kind === 'response'
    ? row.responseReachedAt
    : kind === 'evidence'
      ? row.evidenceReachedAt
      : row.debateReachedAt;

/** When each step was: some days after the one before and after what it answers, the last two days ago at the latest. */
function timesOf({ row, steps }: Ended, now: Date): number[] {
  let last = row.openedAt!.getTime();
  return steps.map((kind, n) => {
    const owed = owedFor(row, kind)?.getTime() ?? 0;
    const latest = now.getTime() - (steps.length - n) * 2 * DAY;
    last = Math.min(latest, Math.max(last + DAY / 2, owed + AFTER[kind] * DAY));
    return last;
  });
}

function stepsOf(one: Ended, { people, now }: Seen): Step[] {
  const { row, steps } = one;
  const by = (name: string) => people.find((it) => it.name === name) ?? people[0]!;
  const times = timesOf(one, now);
  const debate = times[steps.indexOf('debated')] ?? now.getTime() + 17 * DAY;
  return steps.map((kind, n) => {
    const who = by(OFFICERS.includes(kind) ? 'Sunita Rao' : 'Rhian Pugh');
    const said = ANSWERS[row.title]?.[kind];
    const happens = kind === 'evidence' ? times[n]! : kind.startsWith('debate') ? debate : null;
    return {
      petitionId: row.id!,
      kind,
      summary: said?.summary ?? SAID[kind],
      details: said?.details ?? null,
      lang: 'en',
      happensOn: happens === null ? null : new Date(happens).toISOString().slice(0, 10),
      data: said?.data ?? {},
      byPerson: who.id,
      byName: who.name,
      at: new Date(times[n]!),
    };
  });
}

/** Answers and debates, and of each answer what some of its signers thought: more yes where more was promised. */
export async function seedAfter(db: Db, d: Dice, seen: Seen, made: Ended[]): Promise<void> {
  const answered = made.filter(({ steps }) => steps.length);
  await db.insert(petitionSteps).values(answered.flatMap((one) => stepsOf(one, seen)));
  for (const { row } of answered) {
    const signed = await db
      .select({ id: signatures.id })
      .from(signatures)
      .where(sql`${signatures.petitionId} = ${row.id!} and ${signatures.state} = 'confirmed'`)
      .orderBy(signatures.leaf);
    const liked = 0.6 + 0.35 * d.share();
    const said = signed.filter(() => d.share() < 0.3);
    if (!said.length) continue;
    await db.insert(petitionRatings).values(
      said.map(({ id }) => ({
        petitionId: row.id!,
        signatureId: id,
        answers: d.share() < liked,
        at: new Date(seen.now.getTime() - d.share() * DAY),
      })),
    );
  }
}

/** Who started one follows it; of an open one that nobody has answered yet every fourth signer wants to hear, too. */
export async function seedFollowers(db: Db, made: Ended[]): Promise<void> {
  await db.execute(sql`
    insert into follows (person_id, topic, by_mail, created_at)
    select person_id, 'petition:' || id, true, created_at from petitions
    where person_id is not null and state <> 'draft' on conflict do nothing`);
  for (const { row } of made.filter((one) => one.row.state === 'open' && one.steps.length === 0)) {
    await db.execute(sql`
      with wants as (
        update signatures s set follows = true, email = c.value, canonical = c.canonical
        from contacts c
        where s.petition_id = ${row.id!} and s.state = 'confirmed' and c.person_id = s.person_id
          and c.kind = 'email' and substr(s.leaf, 1, 1) < '4'
        returning s.person_id, s.signed_at)
      insert into follows (person_id, topic, by_mail, created_at)
      select person_id, ${`petition:${row.id!}`}, true, signed_at from wants on conflict do nothing`);
  }
}
