/** Hashes, random words, signatures and seals. Nothing else in the server touches node:crypto for these. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const sha256 = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');
/** 160 bits that nobody can guess, safe in a URL. */
export const randomToken = (): string => randomBytes(20).toString('base64url');

export type Signer = {
  /** an HMAC of `value`, for links that need no row */
  sign: (value: string) => string;
  verify: (value: string, signature: string) => boolean;
  /** AES-256-GCM, for the few secrets that we must read again */
  seal: (plain: string) => string;
  open: (sealed: string) => string | null;
};

/** The first key signs and seals; every key verifies and opens, so keys can be changed one after another. */
export function signerOf(keys: readonly string[]): Signer {
  const first = keys[0] as string;
  const mac = (key: string, value: string) => createHmac('sha256', key).update(value).digest('base64url');
  const cipherKey = (key: string) => createHash('sha256').update(`seal ${key}`).digest();
  const openWith = (key: string, sealed: string): string | null => {
    const all = Buffer.from(sealed, 'base64url');
    try {
      // without the length a cut-off tag of four bytes would do, and four bytes can be guessed
      const cipher = createDecipheriv('aes-256-gcm', cipherKey(key), all.subarray(0, 12), {
        authTagLength: 16,
      });
      cipher.setAuthTag(all.subarray(12, 28));
      return Buffer.concat([cipher.update(all.subarray(28)), cipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  };
  return {
    sign: (value) => mac(first, value),
    verify: (value, signature) =>
      keys.some((key) => {
        const ours = Buffer.from(mac(key, value));
        const theirs = Buffer.from(signature);
        return ours.length === theirs.length && timingSafeEqual(ours, theirs);
      }),
    seal: (plain) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cipherKey(first), iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (sealed) => keys.map((key) => openWith(key, sealed)).find((plain) => plain !== null) ?? null,
  };
}

/** The demo's own key, made once in the data directory so that links survive a restart. */
export function keysIn(dataDir: string): string[] {
  const file = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return [readFileSync(file, 'utf8').trim()];
}
