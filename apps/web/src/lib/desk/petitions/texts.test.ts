import { describe, expect, it } from 'vitest';
import { changes, sentences } from './texts.ts';

describe('what changed in a petition', () => {
  it('shows the words taken out and put in', () => {
    expect(changes('Mend the old bridge now', 'Mend the chapel bridge now')).toEqual([
      { kind: 'same', text: 'Mend the ' },
      { kind: 'out', text: 'old ' },
      { kind: 'in', text: 'chapel ' },
      { kind: 'same', text: 'bridge now' },
    ]);
  });
  it.each([
    ['', 'Everything is new'],
    ['All of it is gone', ''],
    ['the bus the bus stop', 'the stop the bus'],
    ['a b c d e', 'e d c b a'],
    ['One line\nand another', 'One line and\nanother one'],
  ])('gives both wordings back: %j, %j', (before, after) => {
    const found = changes(before, after);
    const plain = (out: string) =>
      found
        .filter((one) => one.kind === 'same' || one.kind === out)
        .map((one) => one.text.trim())
        .join(' ')
        .split(/\s+/)
        .join(' ')
        .trim();
    expect(plain('in')).toBe(after.split(/\s+/).join(' '));
    expect(plain('out')).toBe(before.split(/\s+/).join(' '));
  });
});

describe('the sentences one can point at', () => {
  it('come with where they stand', () => {
    const text = 'The bus is late. Why?  Ask!\nNobody knows';
    const found = sentences(text);
    expect(found.map((one) => one.text)).toEqual(['The bus is late.', 'Why?', 'Ask!', 'Nobody knows']);
    for (const one of found) expect(text.slice(one.from, one.to)).toBe(one.text);
  });
});
