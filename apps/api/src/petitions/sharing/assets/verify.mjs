/*
 * Checks the public chain of signatures of a Folkmoot and, with a receipt, that a signature is in it. Needs Node 20
 * or later and nothing else; read it before you run it, it is short.
 *
 *     node verify.mjs https://folkmoot.example [PETITION RECEIPT]
 *
 * Every hour the fingerprints (leaves) of that hour's signatures are published. A leaf is
 *   SHA-256( number of the petition, 8 bytes big-endian ‖ the 32 bytes of the receipt )
 * and holds nothing of a person. The leaves of an hour make the Merkle tree of RFC 6962, section 2.1, and each hour's
 * root is chained to the one before:  link = SHA-256( last link ‖ root ), the first link being 32 zero bytes. Where
 * signatures were taken away or given back in the hour, the root of the tree of SHA-256( line ) is chained on as well;
 * a line is "LEAF removed REASON" or "LEAF restored".
 * Who changes one old leaf changes every link after it; who keeps an old link will see it.
 */
import { createHash } from 'node:crypto';

const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const bytes = (hex) => Buffer.from(hex, 'hex');

function rootOf(leaves) {
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha(Buffer.of(1), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

const lineOf = ({ leaf, kind, reason }) =>
  kind === 'removed' ? `${leaf} removed ${reason}` : `${leaf} restored`;

function leafOf(petition, receipt) {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(petition));
  return sha(number, bytes(receipt)).toString('hex');
}

const [site, petition, receipt] = process.argv.slice(2);
if (!site) {
  process.stderr.write('usage: node verify.mjs https://folkmoot.example [PETITION RECEIPT]\n');
  process.exit(2);
}
const mine = petition && receipt ? leafOf(petition, receipt) : null;
let link = Buffer.alloc(32);
let hours = 0;
let count = 0;
let broken = null;
let found = null;
let takenAway = null;
for (let page = 1, pages = 1; page <= pages && !broken; page++) {
  const answer = await fetch(`${site}/api/v1/petition-trees?page=${page}`);
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  const said = await answer.json();
  pages = said.pages;
  for (const { hour, root, chain, leaves, notes = [] } of said.items) {
    const own = leaves.length ? rootOf(leaves.map(bytes)) : Buffer.alloc(0);
    link = sha(link, own);
    if (notes.length) link = sha(link, rootOf(notes.map((note) => sha(lineOf(note)))));
    hours += 1;
    count += leaves.length;
    if (mine && leaves.includes(mine)) found = hour;
    for (const note of notes)
      if (note.leaf === mine) takenAway = note.kind === 'removed' ? note.reason : null;
    if (own.toString('hex') !== root || link.toString('hex') !== chain) broken ??= hour;
  }
}
process.stdout.write(
  `${hours} hours, ${count} signatures: ${broken ? `BROKEN at ${broken}` : 'the chain holds'}\n`,
);
process.stdout.write(`Newest link, worth keeping: ${link.toString('hex')}\n`);
if (mine)
  process.stdout.write(
    found ? `Your signature is in the tree of ${found}.\n` : 'Your signature is not in a tree yet.\n',
  );
if (takenAway) process.stdout.write(`It does not count any more: ${takenAway}.\n`);
process.exitCode = broken || (mine && !found) ? 1 : 0;
