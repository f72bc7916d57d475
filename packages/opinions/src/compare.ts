/**
 * Adjusted Rand index of two labellings of the same things (Hubert and Arabie 1985): 1 where they are the
 * same up to names, about 0 where they agree as by chance. Throws RangeError for lists of unequal length.
 */
export function adjustedRand<T, U>(left: readonly T[], right: readonly U[]): number {
  if (left.length !== right.length) throw new RangeError('labellings of unequal length');
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const cells = new Map<T, Map<U, number>>();
  left.forEach((label, at) => {
    const row = cells.get(label) ?? new Map<U, number>();
    row.set(right[at]!, (row.get(right[at]!) ?? 0) + 1);
    cells.set(label, row);
  });
  const columns = new Map<U, number>();
  let [both, rows] = [0, 0];
  for (const row of cells.values()) {
    let size = 0;
    for (const [label, count] of row) {
      both += pairs(count);
      size += count;
      columns.set(label, (columns.get(label) ?? 0) + count);
    }
    rows += pairs(size);
  }
  const across = columns.values().reduce((sum, size) => sum + pairs(size), 0);
  const all = pairs(left.length);
  const expected = all === 0 ? 0 : (rows * across) / all;
  const most = (rows + across) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
