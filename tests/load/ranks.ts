/** Whether two samples can be told apart. */

/**
 * The probability that one of `a` is larger than one of `b` (the area under the curve), with the standard score of
 * Mann and Whitney's U; ties count half. Mann, Whitney (1947).
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): { share: number; score: number } {
  const all = [...a.map((value) => ({ value, of: 0 })), ...b.map((value) => ({ value, of: 1 }))].sort(
    (x, y) => x.value - y.value,
  );
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to++;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]!.of === 0) ranks += rank;
    from = to;
  }
  const [n, m] = [a.length, b.length];
  const u = ranks - (n * (n + 1)) / 2;
  return { share: u / (n * m), score: (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12) };
}
