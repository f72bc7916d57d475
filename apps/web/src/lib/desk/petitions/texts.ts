/** What a desk does with the words of a petition: splits them into sentences, shows what changed. */
import type { Span } from '#lib/petitions/passages.ts';

export type Change = { text: string; kind: 'same' | 'out' | 'in' };

/** Each sentence or line with where it stands: what one can point at without a mouse. */
export function sentences(text: string): Array<Span & { text: string }> {
  return [...text.matchAll(/[^.!?\n]+[.!?]*/g)].flatMap((found) => {
    const words = found[0].trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    const from = found.index + found[0].indexOf(words);
    return [{ from, to: from + words.length, text: words }];
  });
}

const tokens = (text: string): string[] => text.match(/\S+\s*|^\s+/g) ?? [];

/** How long the longest common run of tokens is from each pair of places on (the table of the usual algorithm). */
function table(a: string[], b: string[]): number[][] {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      rows[i]![j] =
        a[i]!.trim() === b[j]!.trim()
          ? rows[i + 1]![j + 1]! + 1
          : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
  return rows;
}

/**
 * What was taken out and what was put in, word by word: the longest common subsequence. Texts are those of a
 * petition, at most some hundred words, so the square of their length is nothing.
 */
export function changes(before: string, after: string): Change[] {
  const [a, b] = [tokens(before), tokens(after)];
  const rows = table(a, b);
  const out: Change[] = [];
  const put = (kind: Change['kind'], text: string): void => {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i]!.trim() === b[j]!.trim()) {
      put('same', b[j]!);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || rows[i + 1]![j]! >= rows[i]![j + 1]!)) put('out', a[i++]!);
    else put('in', b[j++]!);
  }
  return out;
}
