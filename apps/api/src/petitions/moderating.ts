/** What moderators decide, each in one transaction on the locked petition: rows, decision, event and mail together. */
import type { Lang } from '@folkmoot/core/kit/plain';
import type { ModeratorSays } from '@folkmoot/core/petitions/moderating.contract';
import { takeBack } from '@folkmoot/core/petitions/desk';
import { appeal, closesAt, moderate, petitionMachine } from '@folkmoot/core/petitions/rules';
import { step } from '@folkmoot/core/kit/decide';
import type { Tx } from '@folkmoot/db/client';
import { petitionDecisions, petitions } from '@folkmoot/db/schema/petitions';
import { m } from '@folkmoot/words';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { Invalid, notFound, Refused } from '../kit/errors.ts';
import { moderateBy, pausedDays, type Pauses } from './clocks.ts';
import { countIn, type Rooms } from './counting.ts';
import {
  countsOf,
  factsOf,
  findPetition,
  type Petition,
  recordMove,
  recordPetition,
  schemeOf,
} from './facts.ts';
import { holdBack, tellOrganiser } from './mails.ts';
import { announce, unannounce } from './milestones.ts';
import { rejectionCodes } from './store.ts';

type Desk = Rooms & { paused: Pauses };
type Says<C extends ModeratorSays['command']> = Extract<ModeratorSays, { command: C }>;
type Decision = typeof petitionDecisions.$inferSelect;

async function moveTo(
  tx: Tx,
  { house }: Desk,
  petition: Petition,
  set: Partial<Petition>,
): Promise<Petition> {
  const now = house.clock();
  const [moved] = await tx
    .update(petitions)
    .set({ ...set, updatedAt: now, ...(set.state && { stateAt: now, moderateBy: null }) })
    .where(eq(petitions.id, petition.id))
    .returning();
  if (set.state)
    await recordMove(tx, house, petition, set.state, set.state === 'returned' ? 'staff' : 'public');
  return moved!;
}

/** Opens it for signatures. Who supported it has signed it; what that crosses is crossed at once. */
async function open(tx: Tx, desk: Desk, petition: Petition): Promise<void> {
  if (await desk.paused(petition.organisationId, 'publishing')) throw new Refused('paused');
  const now = desk.house.clock();
  const scheme = await schemeOf(tx, petition);
  const paused = await pausedDays(tx, petition.organisationId, now, scheme.days);
  const opened = await moveTo(tx, desk, petition, {
    state: 'open',
    openedAt: now,
    closesAt: closesAt(now, scheme, paused),
    rejectionCode: null,
    rejectionReason: null,
    mergedInto: null,
  });
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from signatures where petition_id = ${petition.id} and state = 'confirmed'`,
  );
  const signed = rows[0]?.n ?? 0;
  if (signed) await countIn(tx, desk, opened, scheme, { online: signed });
  await tellOrganiser(tx, desk.house, petition, { what: 'published' });
  await announce(tx, desk.house, petition.id, 'published');
}

async function reject(tx: Tx, desk: Desk, petition: Petition, says: Says<'reject'>): Promise<void> {
  const { code, reason, original } = says;
  if (!(await rejectionCodes(tx)).some((one) => one.code === code && !one.retired))
    throw new Invalid({ code: 'not_an_option' });
  if (original !== undefined && !(await findPetition(tx, original))?.openedAt)
    throw new Refused('original_not_found');
  await moveTo(tx, desk, petition, {
    state: 'rejected',
    rejectionCode: code,
    rejectionReason: reason,
    mergedInto: original ?? null,
  });
  await tellOrganiser(tx, desk.house, petition, { what: 'rejected', reason });
  await announce(tx, desk.house, petition.id, 'rejected');
}

async function sendBack(tx: Tx, desk: Desk, petition: Petition, says: Says<'return'>): Promise<void> {
  await moveTo(tx, desk, petition, { state: 'returned', returned: petition.returned + 1 });
  await tellOrganiser(tx, desk.house, petition, { what: 'returned', reason: says.reason });
}

async function hide(tx: Tx, desk: Desk, petition: Petition, says: Says<'hide' | 'show'>): Promise<void> {
  const { house } = desk;
  const hides = says.command === 'hide';
  await moveTo(tx, desk, petition, {
    hiddenAt: hides ? house.clock() : null,
    hiddenReason: hides ? says.reason : null,
    hiddenParts: hides ? says.parts : [],
  });
  await recordPetition(tx, house, petition, hides ? 'petition.hidden' : 'petition.shown', {});
  if (hides) await tellOrganiser(tx, house, petition, { what: 'hidden', reason: says.reason });
}

/** Whether the rules let it be; what they check of a rejection is checked here, too. */
async function check(tx: Tx, petition: Petition, says: ModeratorSays): Promise<void> {
  // taken away for good: there is no way back by showing it again
  if (petition.removedAt) throw new Refused('not_from_this_state');
  if (says.command === 'hide' || says.command === 'show') {
    const shown = petition.openedAt !== null || petition.state === 'rejected';
    if (!shown || (says.command === 'show' && petition.hiddenAt === null))
      throw new Refused('not_from_this_state');
    return;
  }
  const facts = factsOf(petition, await countsOf(tx, petition.id), await schemeOf(tx, petition));
  const decided = moderate(
    facts,
    says.command === 'reject'
      ? { ...says, original: says.original ?? null }
      : says.command === 'return'
        ? { ...says, passages: says.passages.length }
        : { command: 'publish' },
  );
  if (!decided.ok) throw new Refused(decided.refused);
}

/** Every decision has a public reason: one that publishes without saying why says that the rules are kept. */
function reasonsOf(says: ModeratorSays) {
  if (says.reason) return { reason: says.reason, otherReason: says.otherReason ?? null };
  const other: Lang = says.lang === 'cy' ? 'en' : 'cy';
  return {
    reason: m.petitiondesk_publish_reason({}, { locale: says.lang }),
    otherReason: m.petitiondesk_publish_reason({}, { locale: other }),
  };
}

/** Decides. @returns the number of the decision, for an appeal */
export async function decideIn(
  tx: Tx,
  desk: Desk,
  petition: Petition,
  moderator: string,
  says: ModeratorSays,
): Promise<string> {
  await check(tx, petition, says);
  if (says.command === 'publish') await open(tx, desk, petition);
  else if (says.command === 'reject') await reject(tx, desk, petition, says);
  else if (says.command === 'return') await sendBack(tx, desk, petition, says);
  else await hide(tx, desk, petition, says);
  const [made] = await tx
    .insert(petitionDecisions)
    .values({
      petitionId: petition.id,
      command: says.command,
      code: 'code' in says ? says.code : null,
      ...reasonsOf(says),
      lang: says.lang,
      passages: 'passages' in says ? says.passages : [],
      privateNote: says.note ?? null,
      decidedBy: moderator,
      at: desk.house.clock(),
    })
    .returning({ id: petitionDecisions.id });
  return made!.id;
}

/** The decision, and whether it is the newest of its petition. @throws Refused not_found */
async function decisionOf(tx: Tx, petition: Petition, id: string): Promise<Decision & { newest: boolean }> {
  const of = and(eq(petitionDecisions.petitionId, petition.id), isNull(petitionDecisions.undoneAt));
  const [row] = await tx
    .select()
    .from(petitionDecisions)
    .where(and(of, eq(petitionDecisions.id, id)));
  const [last] = await tx
    .select({ id: petitionDecisions.id })
    .from(petitionDecisions)
    .where(of)
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(1);
  if (!row) throw notFound();
  return { ...row, newest: row.id === last?.id };
}

const factsOfDecision = (it: Decision & { newest: boolean }) => ({
  command: it.command,
  decidedBy: it.decidedBy,
  appealed: it.appealedAt !== null,
  decided: it.appealDecidedAt !== null,
  newest: it.newest,
});

/** The organiser asks for another look. */
export async function appealIn(
  tx: Tx,
  { house }: Desk,
  petition: Petition,
  it: { decision: string; words: string },
): Promise<void> {
  const decision = await decisionOf(tx, petition, it.decision);
  const may = appeal(factsOfDecision(decision), { appeals: true });
  if (!may.ok) throw new Refused(may.refused);
  await tx
    .update(petitionDecisions)
    .set({ appealedAt: house.clock(), appeal: it.words })
    .where(eq(petitionDecisions.id, decision.id));
  await recordPetition(tx, house, petition, 'petition.appealed', {}, 'staff');
}

/** Another moderator decides the appeal. @returns the state after it */
export async function decideAppealIn(
  tx: Tx,
  desk: Desk,
  petition: Petition,
  moderator: string,
  it: { decision: string; upheld: boolean; reason: string },
): Promise<Petition['state']> {
  const { house } = desk;
  const { upheld, reason } = it;
  const decision = await decisionOf(tx, petition, it.decision);
  const may = appeal(factsOfDecision(decision), { decides: moderator });
  if (!may.ok || petition.removedAt) throw new Refused(may.ok ? 'not_to_appeal' : may.refused);
  await tx
    .update(petitionDecisions)
    .set({
      appealDecidedBy: moderator,
      appealDecidedAt: house.clock(),
      appealUpheld: upheld,
      appealReason: reason,
    })
    .where(eq(petitionDecisions.id, decision.id));
  if (upheld && decision.command === 'hide')
    await hide(tx, desk, petition, { command: 'show', reason, lang: decision.lang });
  const to =
    upheld && decision.command === 'reject'
      ? step(petitionMachine, petition.state, 'publish_after_appeal')
      : null;
  if (to) await open(tx, desk, petition);
  await tellOrganiser(tx, house, petition, { what: 'appealed', upheld, reason });
  return to ?? petition.state;
}

/** Takes the newest decision back before anybody was told: the petition waits again, by the day it had before. */
export async function undoIn(
  tx: Tx,
  desk: Desk,
  petition: Petition,
  moderator: string,
): Promise<Petition['state']> {
  const { house } = desk;
  const now = house.clock();
  const [row] = await tx
    .select()
    .from(petitionDecisions)
    .where(and(eq(petitionDecisions.petitionId, petition.id), isNull(petitionDecisions.undoneAt)))
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(1);
  const decided = takeBack(
    row ? { ...row, appealed: row.appealedAt !== null, newest: true } : null,
    petition,
    moderator,
    now,
  );
  if (!decided.ok) throw new Refused(decided.refused);
  if (row!.command === 'reject' && !(await unannounce(tx, petition.id, 'rejected')))
    throw new Refused('too_late');
  await holdBack(tx, petition.id);
  await tx.update(petitionDecisions).set({ undoneAt: now }).where(eq(petitionDecisions.id, row!.id));
  const { moderateDays } = await schemeOf(tx, petition);
  const since = petition.moderationReachedAt ?? now;
  const by = await moderateBy(tx, desk, petition.organisationId, since, moderateDays);
  const { state } = decided.next;
  await moveTo(tx, desk, petition, {
    state,
    returned: row!.command === 'return' ? petition.returned - 1 : petition.returned,
    rejectionCode: null,
    rejectionReason: null,
    mergedInto: null,
  });
  await tx.update(petitions).set({ moderateBy: by }).where(eq(petitions.id, petition.id));
  return state;
}
