/**
 * The inbox of who signed: written with the mailing of each milestone, a portion at a time, so that a petition of a
 * million does not hold up everybody's news.
 */
import type { NotificationKind } from '@folkmoot/core/notifications/plain';
import type { Tx } from '@folkmoot/db/client';
import { events } from '@folkmoot/db/schema/live';
import { notifications } from '@folkmoot/db/schema/notifications';
import type { petitionMailings } from '@folkmoot/db/schema/signatures';
import { and, desc, eq } from 'drizzle-orm';
import type { House } from '../kit/house.ts';

type Mailing = Pick<
  typeof petitionMailings.$inferSelect,
  'petitionId' | 'milestone' | 'stepId' | 'createdAt'
>;
const ENDS = new Set(['closed', 'withdrawn', 'stopped']);
type Note = { kind: NotificationKind; event: string };

/** What a milestone is in the inbox; a rejection is told by mail alone, for the petition was never public. */
function noteOf({ milestone, stepId }: Mailing): Note | null {
  if (stepId) return { kind: 'petition_answer', event: 'petition.answered' };
  if (milestone === 'published') return { kind: 'petition_open', event: 'petition.state_changed' };
  if (milestone.startsWith('reached_'))
    return { kind: 'petition_reached', event: 'petition.threshold_reached' };
  if (ENDS.has(milestone)) return { kind: 'petition_ended', event: 'petition.state_changed' };
  return null;
}

/** @param readers of one portion; those without an account have no inbox */
export async function noteInInbox(
  tx: Tx,
  { clock }: Pick<House, 'clock'>,
  it: Mailing,
  readers: ReadonlyArray<{ person: string | null }>,
): Promise<void> {
  const note = noteOf(it);
  const persons = [...new Set(readers.flatMap(({ person }) => person ?? []))];
  if (!note || persons.length === 0) return;
  const topic = `petition:${it.petitionId}`;
  const [event] = await tx
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.topic, topic), eq(events.type, note.event)))
    .orderBy(desc(events.id))
    .limit(1);
  if (!event) return;
  await tx
    .insert(notifications)
    .values(
      persons.map((personId) => ({
        personId,
        eventId: event.id,
        kind: note.kind,
        topic,
        data: { petition: it.petitionId, ...(it.stepId && { step: it.stepId }) },
        at: it.createdAt,
        digestedAt: clock(),
      })),
    )
    .onConflictDoNothing();
}
