/** The words of the live channel. Imports nothing. */
export const AUDIENCES = ['public', 'person', 'staff', 'none'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What the server sends on `/live`. `seq` is the event's id. */
export type LiveMessage = { topic: string; seq: number; type: string; data: Record<string, unknown> };
export type LiveFromServer = LiveMessage | { topic: string; resync: true } | { topic: string; refused: true };
/** What a browser sends: topics with the last seq it saw (null: none yet), and topics it no longer watches. */
export type LiveFromBrowser = { subscribe?: Record<string, number | null>; unsubscribe?: string[] };
