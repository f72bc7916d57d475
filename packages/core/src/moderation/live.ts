/** What the desk of moderation and the page of a decision hear. Imports nothing. */
export type ModerationMessage =
  | { type: 'moderation.flagged'; data: { topic: string; part: string } }
  | { type: 'moderation.decided'; data: { topic: string; part: string; decision: string } }
  | { type: 'moderation.undone'; data: { topic: string; part: string; decision: string } }
  | { type: 'moderation.appealed'; data: { topic: string; part: string; decision: string } };

/** A row of the queue, as far as a message can change it: what was decided is struck through. */
export type FlaggedRow = { topic: string; part: string; seen: boolean };

/** Applies one message to the queue; a new flag and a taken-back decision mean that it must be fetched again. */
export function applyToFlagged<R extends FlaggedRow>(
  rows: R[],
  message: ModerationMessage,
): { rows: R[]; stale: boolean } {
  const { topic, part } = message.data;
  if (message.type !== 'moderation.decided') return { rows, stale: true };
  return {
    rows: rows.map((row) => (row.topic === topic && row.part === part ? { ...row, seen: true } : row)),
    stale: false,
  };
}
