/** Which letters of a wording moderators marked. */
export type Passage = { field: 'title' | 'why' | 'details'; from: number; to: number };
export type Piece = { text: string; marked: boolean };

/**
 * Cuts a text at the passages of one field. Passages may overlap, come in any order and reach past the end.
 * @returns the whole text in pieces, none of them empty
 */
export function piecesOf(text: string, field: Passage['field'], passages: readonly Passage[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (to: number, marked: boolean) => {
    const end = Math.min(to, text.length);
    if (end > at) pieces.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  const own = passages.filter((one) => one.field === field).sort((a, b) => a.from - b.from);
  for (const { from, to } of own) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return pieces;
}
