/**
 * The pages worth a link: the first, the last, this one and its neighbours; `null` is a gap. Never more than seven.
 */
export function pageLinks(page: number, pages: number): (number | null)[] {
  if (pages <= 7) return Array.from({ length: pages }, (_, i) => i + 1);
  const from = Math.min(Math.max(page - 1, 3), pages - 4);
  const near = Array.from({ length: 3 }, (_, i) => from + i);
  if (page <= 4) return [1, 2, 3, 4, 5, null, pages];
  if (page >= pages - 3) return [1, null, ...Array.from({ length: 5 }, (_, i) => pages - 4 + i)];
  return [1, null, ...near, null, pages];
}
