/** A signature's fingerprint: SHA-256 of the petition's number (8 bytes, big-endian) and 32 random bytes. */
import { createHash, randomBytes } from 'node:crypto';

/** @returns the leaf, hex. Nothing of the signer is in it; without the bytes nobody can tell whose it is. */
export function leafOf(petition: number, receipt: Buffer): string {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(petition));
  return createHash('sha256').update(number).update(receipt).digest('hex');
}

/** The bytes that a signer keeps, hex, and the leaf that stands in the hour's tree for them. */
export function newReceipt(petition: number): { receipt: string; leaf: string } {
  const receipt = randomBytes(32);
  return { receipt: receipt.toString('hex'), leaf: leafOf(petition, receipt) };
}
