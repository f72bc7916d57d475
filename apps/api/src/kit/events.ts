/**
 * Events are what happened, for machines: ids and public facts only, never a name, an address, free text or a
 * contact. They are written in the transaction of the act and read, after commit, by cursors.
 */
import type { Audience } from '@folkmoot/core/live/plain';
import type { Queryable } from '@folkmoot/db/client';
import { events } from '@folkmoot/db/schema/live';

export type NewEvent = {
  /** `report:12` */
  topic: string;
  /** `report.state_changed` */
  type: string;
  audience: Audience;
  person?: string | null;
  organisation?: string | null;
  data: Record<string, unknown>;
};

/** Writes one event. @returns its id, which is the `seq` of the live message */
export async function record(tx: Queryable, event: NewEvent, at: Date): Promise<number> {
  const [row] = await tx
    .insert(events)
    .values({
      topic: event.topic,
      type: event.type,
      audience: event.audience,
      personId: event.person ?? null,
      organisationId: event.organisation ?? null,
      data: event.data,
      at,
    })
    .returning({ id: events.id });
  return row!.id;
}
