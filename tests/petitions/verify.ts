/**
 * Checks the public chain of signatures, and, with a receipt, that a signature is in it. It needs nothing but Node
 * and the network, and trusts nothing that the server says but the leaves:
 *
 *     node tests/petitions/verify.ts https://folkmoot.example [PETITION RECEIPT]
 *
 * A leaf is SHA-256(number of the petition, 8 bytes big-endian ‖ the 32 bytes of the receipt). The leaves of an hour
 * are the tree of RFC 6962; each root is chained to the last: SHA-256(last link ‖ root), the first link being zeros.
 */
import { createHash } from 'node:crypto';
import { chainOf, FIRST_CHAIN, rootOf } from '@folkmoot/core/petitions/tree';

type Tree = { hour: string; root: string; chain: string; leaves: string[] };
export type Verdict = { trees: number; leaves: number; broken: string | null; found: string | null };

const sha = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export function leafOfReceipt(petition: number, receipt: string): string {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(petition));
  return createHash('sha256').update(number).update(Buffer.from(receipt, 'hex')).digest('hex');
}

/** Works every root and link out again. @returns the first hour that is wrong, and the hour in which `leaf` stands */
export function verifyChain(trees: readonly Tree[], leaf: string | null = null): Verdict {
  let link = FIRST_CHAIN;
  let leaves = 0;
  let found: string | null = null;
  for (const tree of trees) {
    const root = tree.leaves.length ? rootOf(tree.leaves, sha) : '';
    link = chainOf(link, root, sha);
    leaves += tree.leaves.length;
    if (root !== tree.root || link !== tree.chain)
      return { trees: trees.length, leaves, broken: tree.hour, found };
    if (leaf && tree.leaves.includes(leaf)) found = tree.hour;
  }
  return { trees: trees.length, leaves, broken: null, found };
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
  const { trees, leaves, broken, found } = verifyChain(await fetchTrees(url), leaf);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`${trees} hours, ${leaves} signatures: ${broken ? `BROKEN at ${broken}` : 'the chain holds'}`);
  if (leaf) say(found ? `Your signature is in the tree of ${found}.` : 'Your signature is not in it.');
  process.exitCode = broken || (leaf && !found) ? 1 : 0;
}
