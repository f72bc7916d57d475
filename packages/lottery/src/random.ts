import { createHash, randomBytes } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A source of chance. `real` says whether it came from the operating system or from a seed. */
export interface Random {
  readonly real: boolean;
  /** A number in [0, 1). */
  unit(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
}

/**
 * Chance that repeats: the same seed, the same draw (xoroshiro128+, by way of `pure-rand`). The state is the SHA-256
 * of the seed: small seeds used as they are give first numbers that are much alike (a test found it).
 */
export function seededRandom(seed: number): Random {
  const state = createHash('sha256').update(`folkmoot lottery ${seed}`).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => state.readInt32BE(at)));
  return {
    real: false,
    unit: () => uniformFloat64(generator),
    below: (n) => uniformInt(generator, 0, n - 1),
  };
}

/** Chance that nobody can repeat: bytes of the operating system's cryptographic generator. */
export function realRandom(): Random {
  const unit = () => {
    const bytes = randomBytes(8);
    return ((bytes.readUInt32BE(0) >>> 5) * 67108864 + (bytes.readUInt32BE(4) >>> 6)) / 9007199254740992;
  };
  return { real: true, unit, below: (n) => Math.floor(unit() * n) };
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
