/**
 * The hourly tree of leaves, after RFC 6962 (Certificate Transparency): a leaf is hashed behind a zero byte, a pair
 * behind a one, and whoever has no neighbour moves up as they are. The hash is passed in: the server and whoever
 * checks from outside each bring their own SHA-256.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array;
export type PathStep = { side: 'left' | 'right'; hash: string };

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const together = (...parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const leafHash = (hash: Hash, leaf: string) => hash(together(Uint8Array.of(0), fromHex(leaf)));
const pairHash = (hash: Hash, left: Uint8Array, right: Uint8Array) =>
  hash(together(Uint8Array.of(1), left, right));

/** The levels of the tree as hashes, leaves first, root last. */
export function levelsOf(leaves: readonly string[], hash: Hash): Uint8Array[][] {
  let level = leaves.map((leaf) => leafHash(hash, leaf));
  const levels = [level];
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]];
      next.push(right ? pairHash(hash, left, right) : left);
    }
    level = next;
    levels.push(level);
  }
  return levels;
}

/** @returns the root, hex. @throws RangeError for no leaves */
export function rootOf(leaves: readonly string[], hash: Hash): string {
  const root = levelsOf(leaves, hash).at(-1)?.[0];
  if (!root) throw new RangeError('a tree without leaves has no root');
  return toHex(root);
}

/** The neighbours that lead from a leaf to the root. @param index of the leaf, from 0 */
export function pathIn(levels: ReadonlyArray<readonly Uint8Array[]>, index: number): PathStep[] {
  const path: PathStep[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const other = level[at ^ 1];
    if (other) path.push({ side: at % 2 === 0 ? 'right' : 'left', hash: toHex(other) });
    at >>= 1;
  }
  return path;
}

/** Whether a leaf and its path lead to this root. */
export function leadsTo(leaf: string, path: readonly PathStep[], root: string, hash: Hash): boolean {
  let node = leafHash(hash, leaf);
  for (const { side, hash: other } of path)
    node = side === 'left' ? pairHash(hash, fromHex(other), node) : pairHash(hash, node, fromHex(other));
  return toHex(node) === root;
}

/** What the first root is chained to. */
export const FIRST_CHAIN = '0'.repeat(64);
/** SHA-256 of the last link and this root: whoever swaps an old tree breaks every link after it. */
export const chainOf = (last: string, root: string, hash: Hash): string =>
  toHex(hash(together(fromHex(last), fromHex(root))));

/** What an hour notes: a leaf that no longer counts and why, or one that counts again. */
export type Note = { leaf: string; kind: 'removed'; reason: string } | { leaf: string; kind: 'restored' };
/** `LEAF removed automated`, `LEAF restored`: the line that is hashed and published. */
export const noteLine = (it: Note): string =>
  it.kind === 'removed' ? `${it.leaf} removed ${it.reason}` : `${it.leaf} restored`;
/** Reads a published line. @throws RangeError for what is no note */
export function readNote(line: string): Note {
  const [leaf = '', kind, reason = 'other'] = line.split(' ');
  if (!/^[0-9a-f]{64}$/.test(leaf)) throw new RangeError('a note begins with a leaf');
  if (kind === 'removed') return { leaf, kind, reason };
  if (kind === 'restored') return { leaf, kind };
  throw new RangeError('a note says removed or restored');
}

/** The root of an hour in which no leaf was made, though something was noted. */
export const NO_LEAVES = '';
/**
 * The link of an hour: the last link, the leaves' root, and after it the root of the notes where there are any, so
 * that nobody can take a signature away, or say later that they had not.
 */
export function linkOf(last: string, root: string, notes: readonly string[], hash: Hash): string {
  const link = chainOf(last, root, hash);
  if (notes.length === 0) return link;
  const lines = notes.map((line) => toHex(hash(new TextEncoder().encode(line))));
  return chainOf(link, rootOf(lines, hash), hash);
}
