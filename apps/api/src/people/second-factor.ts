/**
 * The second factor: six digits of an app (TOTP, RFC 6238), and ten recovery codes that work once each. The secret
 * is sealed; a new one is kept nowhere until its first code proves that the app holds it.
 */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { toString as drawQr } from 'qrcode';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { recoveryCodes, secondFactors } from '@folkmoot/db/schema/people';
import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { sha256 } from '../kit/secrets.ts';

const STEP_MS = 30_000;
const PENDING_MS = 30 * 60_000;
const RECOVERY_CODES = 10;
/** no l, o, 0, 1: they are read from paper */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

const totpOf = (secret: string, label: string) =>
  new TOTP({
    issuer: 'Folkmoot',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    secret: Secret.fromBase32(secret),
  });

/** The time step in which a code holds, one to either side allowed; null when it holds in none. */
function stepOf(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / STEP_MS) + delta;
}

type Pending = { person: string; secret: string; until: number };

/** A new secret, or the one under way, for the person's app: sealed, as letters, and as a picture. */
export async function offerSecret(house: House, person: string, label: string, sealed?: string) {
  const known = sealed ? openPending(house, person, sealed) : null;
  const secret = known?.secret ?? new Secret({ size: 20 }).base32;
  const until = known?.until ?? house.clock().getTime() + PENDING_MS;
  const pending = house.signer.seal(JSON.stringify({ person, secret, until } satisfies Pending));
  const svg = await drawQr(totpOf(secret, label).toString(), { type: 'svg', margin: 2 });
  return { pending, secret: secret.replace(/(.{4})/g, '$1 ').trim(), svg };
}

function openPending(house: House, person: string, sealed: string): Pending | null {
  const plain = house.signer.open(sealed);
  const it = plain ? (JSON.parse(plain) as Pending) : null;
  return it?.person === person && it.until > house.clock().getTime() ? it : null;
}

/** Keeps a secret that its first code has proven. @throws too_late, not_matched */
export async function keepSecret(tx: Tx, house: House, person: string, sealed: string, code: string) {
  const pending = openPending(house, person, sealed);
  if (!pending) throw new Refused('too_late');
  const now = house.clock();
  const lastStep = stepOf(pending.secret, code, now);
  if (lastStep === null) throw new Refused('not_matched');
  const row = { secret: house.signer.seal(pending.secret), confirmedAt: now, lastStep };
  await tx
    .insert(secondFactors)
    .values({ personId: person, ...row })
    .onConflictDoUpdate({ target: secondFactors.personId, set: row });
}

const hashOf = (person: string, code: string) => sha256(`recovery ${person} ${code}`);

/** Ten new codes; the old ones stop working. @returns them as they are read, `abcde-23456`, this once */
export async function newRecoveryCodes(tx: Tx, person: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  );
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, person));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ personId: person, hash: hashOf(person, code) })));
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

export async function recoveryCodesLeft(db: Queryable, person: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, person), isNull(recoveryCodes.usedAt)));
  return row?.n ?? 0;
}

/** Whether a code is right, using it up: six digits work once, a recovery code works once. @throws not_set_up */
export async function useCode(
  tx: Tx,
  house: House,
  person: string,
  code: string,
): Promise<{ right: boolean; recovery: boolean }> {
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(eq(secondFactors.personId, person), isNotNull(secondFactors.confirmedAt)))
    .for('no key update');
  if (!factor) throw new Refused('not_set_up');
  const now = house.clock();
  if (/^[0-9]{6}$/.test(code)) {
    const step = stepOf(house.signer.open(factor.secret) ?? '', code, now);
    if (step === null || step <= (factor.lastStep ?? 0)) return { right: false, recovery: false };
    await tx.update(secondFactors).set({ lastStep: step }).where(eq(secondFactors.personId, person));
    return { right: true, recovery: false };
  }
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.personId, person),
        eq(recoveryCodes.hash, hashOf(person, code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  return { right: used.length > 0, recovery: used.length > 0 };
}
