import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const SEED = 1_907;

/**
 * Positions of an even sample: all where `limit` allows, else one drawn at random from each of `limit` equal
 * stretches. Every n-th would mislead where people came in turns; the draw is fixed, so the answer is too.
 */
export function evenSample(count: number, limit: number): Int32Array {
  if (count <= limit) return Int32Array.from({ length: count }, (_, at) => at);
  const random = xoroshiro128plus(SEED);
  return Int32Array.from({ length: limit }, (_, at) => {
    const from = Math.floor((at * count) / limit);
    const to = Math.floor(((at + 1) * count) / limit);
    return from + Math.floor(uniformFloat64(random) * (to - from));
  });
}
