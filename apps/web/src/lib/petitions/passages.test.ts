import { describe, expect, test } from 'vitest';
import { type Passage, piecesOf } from './passages.ts';

const why = (from: number, to: number): Passage => ({ field: 'why', from, to });

describe('the places that a moderator marked', () => {
  test('stand in the text, and those of other fields do not', () => {
    expect(piecesOf('Mend the slide', 'why', [why(5, 8), { field: 'title', from: 0, to: 4 }])).toEqual([
      { text: 'Mend ', marked: false },
      { text: 'the', marked: true },
      { text: ' slide', marked: false },
    ]);
  });

  test('may overlap, and reach past the end of words that were cut since', () => {
    expect(piecesOf('Mend it', 'why', [why(5, 99), why(0, 6)])).toEqual([
      { text: 'Mend i', marked: true },
      { text: 't', marked: true },
    ]);
  });

  test('never lose or add a letter, wherever they stand', () => {
    const text = 'Mend the slide at Weir Fields';
    for (let from = 0; from <= text.length; from += 1)
      for (let to = from; to <= text.length + 2; to += 1) {
        const pieces = piecesOf(text, 'why', [why(to, to + 3), why(from, to)]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        expect(pieces.every((piece) => piece.text.length > 0)).toBe(true);
      }
  });
});
