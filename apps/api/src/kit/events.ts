/**
 * Events are what happened, for machines: ids and public facts only, never a name, an address, free text or a
 * contact. They are written in the transaction of the act and read, after commit, by cursors.
 */
import { notFacts } from '@folkmoot/core/live/facts';
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

/** An event as its readers get it. `(tx, id)` is the order in which they read. */
export type EventRow = {
  id: number;
  tx: string;
  topic: string;
  type: string;
  audience: string;
  person: string | null;
  organisation: string | null;
  data: Record<string, unknown>;
  at: Date;
};

/**
 * What happened after a cursor (`$1` tx, `$2` id), at most `$3`. Ids are given out before commit, so a cursor over
 * ids loses events; below the oldest transaction that still runs, the order (tx, id) is settled. (The order names
 * the table: by the text that is given out, 1000 would come before 999.)
 */
export const EVENTS_AFTER = `select id, tx::text as tx, topic, type, audience, person_id as person, organisation_id as organisation, data, at,
   tx < pg_snapshot_xmin(pg_current_snapshot()) as settled
 from events where (tx, id) > ($1::text::xid8, $2)
 order by events.tx, events.id limit $3`;

/** Splits what `EVENTS_AFTER` gave: events that may be read, and whether others wait for a transaction to end. */
export function settledOf(rows: ReadonlyArray<EventRow & { settled: boolean }>): {
  events: EventRow[];
  held: boolean;
} {
  const unsettled = rows.findIndex((row) => !row.settled);
  const ready = unsettled < 0 ? rows : rows.slice(0, unsettled);
  return { events: ready.map(({ settled: _, ...event }) => event), held: unsettled >= 0 };
}
/** an event held back is looked for again so soon, and so often before the next poll finds it */
export const HELD_MS = 10;
export const HELD_TRIES = 30;

/**
 * Writes one event. @returns its id, which is the `seq` of the live message
 * @throws where something does not belong into an event: the act is not done, and nobody's words are told to the world
 */
export async function record(tx: Queryable, event: NewEvent, at: Date): Promise<number> {
  const wrong = notFacts(event.data);
  if (wrong.length) throw new Error(`${event.type} may not hold ${wrong.join(', ')}`);
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
