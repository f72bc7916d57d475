import type { Columns } from './columns.ts';
import { BLOCK, leadingPair } from './eigen.ts';
import type { VoteTable } from './votes.ts';

export interface Components {
  /** Loadings of each column on the first and second component; zero vectors where there is none. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Variances along them, with n − 1. */
  readonly eigenvalues: [number, number];
  readonly explained: [number, number];
  readonly residual: number;
}

/**
 * Two principal components, unscaled, of all people's votes, missing votes being the column's mean. After
 * centring a missing vote is 0, so the matrix stays as sparse as the votes and XᵀX is applied without being
 * formed. Sign: the loading largest in size is positive.
 */
export function principalComponents(table: VoteTable, columns: Columns): Components {
  const people = table.people.length;
  const size = table.statements.length;
  if (people < 2 || size === 0) return noComponents(size);
  const centred = centre(table, columns);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  if (total === 0) return noComponents(size);
  const found = leadingPair(size, (w, out) => gram(table, centred, w, out));
  const alive = varying(table, centred, size);
  // A column that does not vary has no loading at all; iteration leaves some 1e-16 of its start there.
  const [first, second] = found.vectors.map((vector) =>
    fixSign(vector.map((entry, column) => (alive[column] ? entry : 0))),
  ) as [Float64Array, Float64Array];
  return {
    first,
    second,
    eigenvalues: [found.values[0] / (people - 1), found.values[1] / (people - 1)],
    explained: [found.values[0] / total, found.values[1] / total],
    residual: found.residual,
  };
}

function noComponents(size: number): Components {
  return {
    first: new Float64Array(size),
    second: new Float64Array(size),
    eigenvalues: [0, 0],
    explained: [0, 0],
    residual: 0,
  };
}

/** x − μ of each present vote; 0 in zeroed columns. */
function centre(table: VoteTable, columns: Columns): Float64Array {
  const centred = new Float64Array(table.value.length);
  for (let at = 0; at < centred.length; at++) {
    const column = table.statement[at]!;
    if (!columns.zeroed[column]) centred[at] = table.value[at]! - columns.mean[column]!;
  }
  return centred;
}

/** 1 for each column in which somebody differs from the mean. */
function varying(table: VoteTable, centred: Float64Array, size: number): Uint8Array {
  const alive = new Uint8Array(size);
  centred.forEach((value, at) => {
    if (value !== 0) alive[table.statement[at]!] = 1;
  });
  return alive;
}

/** XᵀX·w for BLOCK vectors at once; the four are written out because a loop over them is half as fast. */
function gram(table: VoteTable, centred: Float64Array, w: Float64Array, out: Float64Array): void {
  const { start, statement } = table;
  out.fill(0);
  for (let person = 0; person + 1 < start.length; person++) {
    const to = start[person + 1]!;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = start[person]!; at < to; at++) {
      const j = statement[at]! * BLOCK;
      const x = centred[at]!;
      a += x * w[j]!;
      b += x * w[j + 1]!;
      c += x * w[j + 2]!;
      d += x * w[j + 3]!;
    }
    for (let at = start[person]!; at < to; at++) {
      const j = statement[at]! * BLOCK;
      const x = centred[at]!;
      out[j]! += x * a;
      out[j + 1]! += x * b;
      out[j + 2]! += x * c;
      out[j + 3]! += x * d;
    }
  }
}

/** Loadings equal to nine digits count as equal, so that rounding does not choose the sign: the first one does. */
function fixSign(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const decisive = vector.find((entry) => Math.abs(entry) >= largest * (1 - 1e-9)) ?? 0;
  return decisive < 0 ? vector.map((entry) => 0 - entry) : vector;
}
