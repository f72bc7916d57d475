const NUMBER = /^-?(0|[1-9]\d{0,14})$/;

/** Order of ids everywhere: whole numbers first, by size; then everything else by code unit. */
export function compareIds(a: string, b: string): number {
  const left = NUMBER.test(a);
  const right = NUMBER.test(b);
  if (left && right) return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted copy without repetitions. */
export function sortedIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** Position of each id in a list. */
export function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}
