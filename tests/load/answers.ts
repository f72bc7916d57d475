/** Answers as they come over a raw connection, and how long they took. */

const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** @returns where the first answer in `data` ends and its status, or null while it is not whole */
export function firstAnswer(data: Buffer): { end: number; status: string } | null {
  const head = data.indexOf(END);
  if (head < 0) return null;
  const text = data.toString('latin1', 0, head).toLowerCase();
  const status = text.slice(9, 12);
  const length = /content-length: (\d+)/.exec(text);
  if (length) {
    const end = head + END.length + Number(length[1]);
    return data.length >= end ? { end, status } : null;
  }
  if (status === '304' || status === '204') return { end: head + END.length, status };
  const last = data.indexOf(LAST_CHUNK, head);
  return last < 0 ? null : { end: last + LAST_CHUNK.length, status };
}

/** Milliseconds. */
export type Times = { p50: number; p95: number; p99: number; max: number };

export function timesOf(all: readonly number[]): Times {
  const sorted = Float64Array.from(all).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** One more of a status. */
export const count = (statuses: Record<string, number>, status: string): number =>
  (statuses[status] = (statuses[status] ?? 0) + 1);
