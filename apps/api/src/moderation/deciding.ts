/** A decision and what follows from it, in one transaction: hidden or shown, flags closed, author told, logged. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { type Actor } from '@folkmoot/core/kit/policy';
import type { ModerationDecision } from '@folkmoot/core/moderation/plain';
import { moderationPolicy } from '@folkmoot/core/moderation/policy';
import { decide, decideAppeal, undo } from '@folkmoot/core/moderation/rules';
import type { Tx } from '@folkmoot/db/client';
import { decisions, flags } from '@folkmoot/db/schema/moderation';
import { and, eq, isNull } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { personOf } from '../kit/serve.ts';
import { stopMail, tellAuthor } from './mails.ts';
import { type DecisionRow, factsOf, lockPart, openFlags } from './store.ts';
import type { Thing, Things } from './things.ts';

export type Room = { house: House; things: Things; place: string | null };
export type ToDecide = {
  topic: string;
  part: string;
  decision: ModerationDecision;
  saw: 'shown' | 'hidden';
  rule?: number | undefined;
  reason: string;
  lang: Lang;
  privateNote?: string | undefined;
};

export const subjectOf = (thing: Thing, place: string | null) => ({
  organisation: thing.organisation,
  area: thing.area,
  category: thing.category,
  private: thing.private,
  place,
});

const thingOf = (topic: string): string => topic.split(':')[0]!;

/** For which of their organisations somebody decides: the thing's own, else the place's. */
export const actingFor = (actor: Actor, thing: Thing, place: string | null): string | null =>
  actor.grants.some((grant) => grant.organisation === thing.organisation) ? thing.organisation : place;

/** Tells the desks that may decide about it. Of what is private nobody hears. */
export const announce = (
  tx: Tx,
  { house, place }: Room,
  thing: Pick<Thing, 'organisation' | 'private'>,
  type: string,
  data: { topic: string; part: string } & Record<string, unknown>,
): Promise<number> =>
  record(
    tx,
    {
      topic: `moderation:${data.topic}`,
      type,
      audience: thing.private ? 'none' : 'staff',
      organisation: thing.organisation,
      data: { ...data, place },
    },
    house.clock(),
  );

/** Loads what the actor may decide about, locked. @throws Refused not_found */
export async function loadThing(
  tx: Tx,
  room: Room,
  actor: Actor,
  topic: string,
  part: string,
): Promise<Thing> {
  await lockPart(tx, topic, part);
  const thing = await room.things.read(tx, topic, part);
  if (!thing || !moderationPolicy.decideFlagged(actor, subjectOf(thing, room.place))) throw notFound();
  return thing;
}

/** @throws Refused changed_meanwhile and what the rules refuse */
export async function decideIn(tx: Tx, room: Room, actor: Actor, it: ToDecide) {
  const { house, things, place } = room;
  const moderator = personOf(actor);
  const { topic, part } = it;
  const thing = await loadThing(tx, room, actor, topic, part);
  if ((it.saw === 'hidden') !== thing.hidden) throw new Refused('changed_meanwhile');
  const open = await openFlags(tx, topic, part);
  const decided = decide({ ...thing, openFlags: open.length }, it.decision, moderator);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { hidden } = decided.next;
  if (hidden !== thing.hidden) await things.hide(tx, topic, part, hidden);
  const [row] = await tx
    .insert(decisions)
    .values({
      topic,
      part,
      organisationId: actingFor(actor, thing, place),
      decision: it.decision,
      rule: it.rule ?? null,
      reason: it.reason,
      lang: it.lang,
      public: !thing.private,
      decidedBy: moderator,
      author: thing.author,
      privateNote: it.privateNote ?? null,
      at: now,
    })
    .returning({ id: decisions.id });
  const decision = row!.id;
  await tx
    .update(flags)
    .set({ decisionId: decision })
    .where(and(eq(flags.topic, topic), eq(flags.part, part), isNull(flags.decisionId)));
  const event = await announce(tx, room, thing, 'moderation.decided', { topic, part, decision });
  await tx
    .update(decisions)
    .set({ before: { hidden: thing.hidden, event, text: thing.text, flags: open.map((flag) => flag.id) } })
    .where(eq(decisions.id, decision));
  // whose words were let stand never learns that somebody pointed at them
  if (thing.author && it.decision !== 'let_stand')
    await tellAuthor(tx, house, {
      kind: it.decision === 'hide' ? 'hidden' : 'shown',
      decision,
      event,
      author: thing.author,
      thing: thingOf(topic),
      title: thing.title,
      rule: it.rule ?? null,
      reason: it.reason,
    });
  return { decision, hidden };
}

async function lockDecision(tx: Tx, room: Room, actor: Actor, id: string): Promise<[DecisionRow, Thing]> {
  const [row] = await tx.select().from(decisions).where(eq(decisions.id, id)).for('no key update');
  if (!row) throw notFound();
  return [row, await loadThing(tx, room, actor, row.topic, row.part)];
}

export async function undoIn(tx: Tx, room: Room, actor: Actor, id: string): Promise<{ hidden: boolean }> {
  const [row, thing] = await lockDecision(tx, room, actor, id);
  const now = room.house.clock();
  const decided = undo(await factsOf(tx, row), personOf(actor), now);
  if (!decided.ok) throw new Refused(decided.refused);
  const { topic, part, before } = row;
  const { hidden } = decided.next;
  if (hidden !== thing.hidden) await room.things.hide(tx, topic, part, hidden);
  await tx.update(decisions).set({ undoneAt: now }).where(eq(decisions.id, id));
  await tx.update(flags).set({ decisionId: null }).where(eq(flags.decisionId, id));
  if (typeof before?.['event'] === 'number') await stopMail(tx, before['event']);
  await announce(tx, room, thing, 'moderation.undone', { topic, part, decision: id });
  return { hidden };
}

export async function decideAppealIn(
  tx: Tx,
  room: Room,
  actor: Actor,
  id: string,
  it: { upheld: boolean; reason: string },
): Promise<{ hidden: boolean }> {
  const [row, thing] = await lockDecision(tx, room, actor, id);
  const moderator = personOf(actor);
  const decided = decideAppeal(await factsOf(tx, row), moderator, it.upheld);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = room.house.clock();
  const { topic, part } = row;
  const { hidden } = decided.next;
  if (hidden !== thing.hidden) await room.things.hide(tx, topic, part, hidden);
  await tx
    .update(decisions)
    .set({
      appealDecidedBy: moderator,
      appealDecidedAt: now,
      appealUpheld: it.upheld,
      appealReason: it.reason,
    })
    .where(eq(decisions.id, id));
  const event = await announce(tx, room, thing, 'moderation.decided', { topic, part, decision: id });
  if (row.author)
    await tellAuthor(tx, room.house, {
      kind: it.upheld ? 'appeal_upheld' : 'appeal_refused',
      decision: id,
      event,
      author: row.author,
      thing: thingOf(topic),
      title: thing.title,
      rule: row.rule,
      reason: it.reason,
    });
  return { hidden };
}
