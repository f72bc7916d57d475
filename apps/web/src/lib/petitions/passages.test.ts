import { describe, expect, it } from 'vitest';
import { pieces } from './passages.ts';

describe('the places that a moderator marked', () => {
  it('are marked once, though they overlap or reach past words that were cut since', () => {
    expect(
      pieces('abcdef', [
        { from: 2, to: 4 },
        { from: 1, to: 3 },
        { from: 5, to: 99 },
      ]),
    ).toEqual([
      { text: 'a', mark: false },
      { text: 'bcd', mark: true },
      { text: 'e', mark: false },
      { text: 'f', mark: true },
    ]);
  });

  it.each([
    [[]],
    [[{ from: 3, to: 1 }]],
    [
      [
        { from: 0, to: 0 },
        { from: 20, to: 30 },
      ],
    ],
    [[{ from: 0, to: 6 }]],
  ])('lose no letter: %j', (spans) => {
    const found = pieces('abcdef', spans);
    expect(found.map((one) => one.text).join('')).toBe('abcdef');
  });

  it('never lose or add a letter, wherever they stand', () => {
    const text = 'Mend the slide at Weir Fields';
    for (let from = 0; from <= text.length; from += 1)
      for (let to = from; to <= text.length + 2; to += 1) {
        const found = pieces(text, [
          { from: to, to: to + 3 },
          { from, to },
        ]);
        expect(found.map((piece) => piece.text).join('')).toBe(text);
        expect(found.every((piece) => piece.text.length > 0)).toBe(true);
      }
  });
});
