/** Which letters of a wording moderators marked. */
export type Span = { from: number; to: number };
export type Piece = { text: string; mark: boolean };

/**
 * The text in pieces, those inside a span marked. Spans may overlap, come in any order and reach past the end.
 * @returns the whole text, no piece of it empty
 */
export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const edges = [0, text.length, ...spans.flatMap(({ from, to }) => [from, to])]
    .map((edge) => Math.max(0, Math.min(text.length, edge)))
    .sort((a, b) => a - b);
  const out: Piece[] = [];
  for (const [n, from] of edges.entries()) {
    const to = edges[n + 1] ?? from;
    if (to === from) continue;
    const mark = spans.some((span) => span.from <= from && to <= span.to);
    const last = out.at(-1);
    if (last && last.mark === mark) last.text += text.slice(from, to);
    else out.push({ text: text.slice(from, to), mark });
  }
  return out;
}
