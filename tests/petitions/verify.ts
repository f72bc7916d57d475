/**
 * Checks the public chain of signatures, and, with a receipt, that a signature is in it. It needs nothing but Node
 * and the network, and trusts nothing that the server says but the leaves:
 *
 *     node tests/petitions/verify.ts https://folkmoot.example [PETITION RECEIPT]
 *
 * A leaf is SHA-256(number of the petition, 8 bytes big-endian ‖ the 32 bytes of the receipt). The leaves of an hour
 * are the tree of RFC 6962; each root is chained to the last: SHA-256(last link ‖ root), the first link being zeros.
 * What was taken away in an hour and given back is chained in after the root, as a tree of its lines: so it is checked
 * that only leaves which stood in a tree were ever taken away or given back.
 */
import { createHash } from 'node:crypto';
import { FIRST_CHAIN, linkOf, NO_LEAVES, type Note, noteLine, rootOf } from '@folkmoot/core/petitions/tree';

type Published = { leaf: string; kind: 'removed' | 'restored'; reason: string | null };
type Tree = { hour: string; root: string; chain: string; leaves: string[]; notes: Published[] };
export type Verdict = {
  trees: number;
  leaves: number;
  broken: string | null;
  found: string | null;
  /** leaves that do not count, with the reason */
  removed: Map<string, string>;
};

const sha = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export function leafOfReceipt(petition: number, receipt: string): string {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(petition));
  return createHash('sha256').update(number).update(Buffer.from(receipt, 'hex')).digest('hex');
}

const lineOf = ({ leaf, kind, reason }: Published): string => {
  const note: Note = kind === 'removed' ? { leaf, kind, reason: reason ?? 'other' } : { leaf, kind };
  return noteLine(note);
};

/** What the notes of an hour do to what was taken away so far. @returns whether they can be true */
function follow(
  notes: readonly Published[],
  known: ReadonlySet<string>,
  removed: Map<string, string>,
): boolean {
  return notes.every(({ leaf, kind, reason }) => {
    if (!known.has(leaf)) return false;
    if (kind === 'removed') removed.set(leaf, reason ?? 'other');
    else removed.delete(leaf);
    return true;
  });
}

/** Works every root and link out again. @returns the first hour that is wrong, and the hour in which `leaf` stands */
export function verifyChain(trees: readonly Tree[], leaf: string | null = null): Verdict {
  let link = FIRST_CHAIN;
  let found: string | null = null;
  const known = new Set<string>();
  const removed = new Map<string, string>();
  const verdict = (broken: string | null): Verdict => ({
    trees: trees.length,
    leaves: known.size,
    broken,
    found,
    removed,
  });
  for (const tree of trees) {
    const root = tree.leaves.length ? rootOf(tree.leaves, sha) : NO_LEAVES;
    link = linkOf(link, root, tree.notes.map(lineOf), sha);
    for (const one of tree.leaves) known.add(one);
    if (root !== tree.root || link !== tree.chain || !follow(tree.notes, known, removed))
      return verdict(tree.hour);
    if (leaf && tree.leaves.includes(leaf)) found = tree.hour;
  }
  return verdict(null);
}

/** Fetches every page of trees from the first hour on. */
export async function fetchTrees(url: string): Promise<Tree[]> {
  const trees: Tree[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await fetch(`${url}/api/v1/petition-trees?page=${page}`);
    const said = (await answer.json()) as { items: Tree[]; pages: number };
    trees.push(...said.items);
    pages = said.pages;
  }
  return trees;
}

if (import.meta.main) {
  const [url = 'http://localhost:3000', petition, receipt] = process.argv.slice(2);
  const leaf = petition && receipt ? leafOfReceipt(Number(petition), receipt) : null;
  const { trees, leaves, broken, found, removed } = verifyChain(await fetchTrees(url), leaf);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`${trees} hours, ${leaves} signatures: ${broken ? `BROKEN at ${broken}` : 'the chain holds'}`);
  say(`${removed.size} of them were taken away and do not count.`);
  if (leaf && removed.has(leaf)) say(`Yours was taken away: ${removed.get(leaf)}.`);
  if (leaf) say(found ? `Your signature is in the tree of ${found}.` : 'Your signature is not in it.');
  process.exitCode = broken || (leaf && !found) ? 1 : 0;
}
