import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Vectors worked on together: more than two, so that up to four equal eigenvalues are all found. */
export const BLOCK = 4;
const KEEP = 6;
const CAP = 24;
const MOST_STEPS = 600;
const START = 20_210_101;

export interface Leading {
  readonly values: [number, number];
  readonly vectors: [Float64Array, Float64Array];
  /** Largest ‖Av − λv‖ / λ₁ of the two. */
  readonly residual: number;
}

/** `apply(w, out)` writes A·w for BLOCK vectors, interleaved: entry j of vector b is `w[j * BLOCK + b]`. */
export type Operator = (w: Float64Array, out: Float64Array) => void;

interface Space {
  readonly size: number;
  readonly apply: Operator;
  readonly basis: Float64Array[];
  readonly image: Float64Array[];
  readonly buffers: [Float64Array, Float64Array];
}

interface Ritz {
  readonly values: Float64Array;
  readonly vectors: Float64Array[];
  readonly images: Float64Array[];
}

/**
 * The two largest eigenvalues and eigenvectors of a symmetric positive semidefinite matrix given as an
 * operator: block Krylov space grown by residuals, with Rayleigh–Ritz and thick restart (Stathopoulos and
 * Saad 1998; Parlett, The Symmetric Eigenvalue Problem, ch. 11–13). The start is fixed, and iteration goes on
 * to ‖Av − λv‖ ≤ 1e-13 λ₁, so that the answer belongs to the matrix and not to the start; signs are free.
 * Eigenvalues below 1e-12 λ₁ are returned as 0 with a zero vector.
 */
export function leadingPair(size: number, apply: Operator): Leading {
  const space: Space = {
    size,
    apply,
    basis: [],
    image: [],
    buffers: [new Float64Array(size * BLOCK), new Float64Array(size * BLOCK)],
  };
  expand(space, startVectors(size));
  let ritz = project(space);
  let residuals = residualsOf(ritz, Math.min(BLOCK, size));
  for (let step = 0; step < MOST_STEPS && worst(residuals, ritz) > 1e-13; step++) {
    if (space.basis.length + BLOCK > CAP) restart(space, ritz);
    const grown = expand(space, residuals);
    if (!grown) break;
    ritz = project(space);
    residuals = residualsOf(ritz, Math.min(BLOCK, size));
  }
  return leading(size, ritz, worst(residuals, ritz));
}

function startVectors(size: number): Float64Array[] {
  const random = xoroshiro128plus(START);
  return Array.from({ length: Math.min(BLOCK, size) }, () =>
    Float64Array.from({ length: size }, () => uniformFloat64(random) - 0.5),
  );
}

function worst(residuals: readonly Float64Array[], ritz: Ritz): number {
  const scale = ritz.values[0]!;
  if (!(scale > 0)) return 0;
  return Math.max(...residuals.slice(0, 2).map(norm)) / scale;
}

function leading(size: number, ritz: Ritz, residual: number): Leading {
  const first = Math.max(0, ritz.values[0]!);
  const pick = (index: number): [number, Float64Array] => {
    const value = ritz.values[index] ?? 0;
    const real = first > 0 && value > first * 1e-12;
    return real ? [value, ritz.vectors[index]!] : [0, new Float64Array(size)];
  };
  const [one, two] = [pick(0), pick(1)];
  return { values: [one[0], two[0]], vectors: [one[1], two[1]], residual };
}

/** Adds what is new in the vectors to the basis; false where nothing is. */
function expand(space: Space, vectors: readonly Float64Array[]): boolean {
  const fresh: Float64Array[] = [];
  for (const vector of vectors) {
    const before = norm(vector);
    if (before === 0 || space.basis.length + fresh.length >= space.size) continue;
    const direction = vector.map((entry) => entry / before);
    // Twice is enough (Kahan, Parlett): after the second pass the vector is orthogonal to rounding.
    for (let pass = 0; pass < 2; pass++) {
      for (const known of [...space.basis, ...fresh]) subtract(direction, known, dot(direction, known));
    }
    const after = norm(direction);
    if (after < 1e-10) continue;
    fresh.push(direction.map((entry) => entry / after));
    orthogonalise(fresh.at(-1)!, [...space.basis, ...fresh.slice(0, -1)]);
  }
  if (fresh.length === 0) return false;
  const [packed, out] = space.buffers;
  packed.fill(0);
  fresh.forEach((vector, b) => vector.forEach((entry, j) => (packed[j * BLOCK + b] = entry)));
  space.apply(packed, out);
  fresh.forEach((vector, b) => {
    space.basis.push(vector);
    space.image.push(Float64Array.from({ length: space.size }, (_, j) => out[j * BLOCK + b]!));
  });
  return true;
}

function orthogonalise(vector: Float64Array, against: readonly Float64Array[]): void {
  for (const known of against) subtract(vector, known, dot(vector, known));
  const length = norm(vector);
  for (let j = 0; j < vector.length; j++) vector[j]! /= length;
}

/** Best eigenpairs within the space, largest first. */
function project(space: Space): Ritz {
  const size = space.basis.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const entry = (dot(space.basis[i]!, space.image[j]!) + dot(space.basis[j]!, space.image[i]!)) / 2;
      matrix[i]![j] = entry;
      matrix[j]![i] = entry;
    }
  }
  const { values, vectors } = jacobi(matrix);
  const wanted = Math.min(KEEP, size);
  return {
    values,
    vectors: Array.from({ length: wanted }, (_, at) => combine(space.basis, vectors, at)),
    images: Array.from({ length: wanted }, (_, at) => combine(space.image, vectors, at)),
  };
}

function combine(parts: readonly Float64Array[], weights: readonly Float64Array[], at: number): Float64Array {
  const sum = new Float64Array(parts[0]!.length);
  parts.forEach((part, index) => subtract(sum, part, -weights[index]![at]!));
  return sum;
}

function residualsOf(ritz: Ritz, count: number): Float64Array[] {
  return ritz.vectors.slice(0, count).map((vector, at) => {
    const residual = ritz.images[at]!.slice();
    subtract(residual, vector, ritz.values[at]!);
    return residual;
  });
}

function restart(space: Space, ritz: Ritz): void {
  space.basis.splice(0, space.basis.length, ...ritz.vectors);
  space.image.splice(0, space.image.length, ...ritz.images);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  for (let j = 0; j < from.length; j++) from[j]! -= times * what[j]!;
}

/**
 * All eigenpairs of a small symmetric matrix, largest first, by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5). Changes the matrix. Column `i` of `vectors` belongs to `values[i]`.
 */
export function jacobi(matrix: Float64Array[]): { values: Float64Array; vectors: Float64Array[] } {
  const size = matrix.length;
  const vectors = matrix.map((_, i) => Float64Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotated = rotate(matrix, vectors, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: size }, (_, i) => i).sort(
    (a, b) => matrix[b]![b]! - matrix[a]![a]! || a - b,
  );
  return {
    values: Float64Array.from(order, (i) => matrix[i]![i]!),
    vectors: vectors.map((row) => Float64Array.from(order, (i) => row[i]!)),
  };
}

function rotate(matrix: Float64Array[], vectors: Float64Array[], p: number, q: number): boolean {
  const off = matrix[p]![q]!;
  const [pp, qq] = [matrix[p]![p]!, matrix[q]![q]!];
  if (Math.abs(off) <= 1e-17 * (Math.abs(pp) + Math.abs(qq)) || off === 0) return false;
  const theta = (qq - pp) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of matrix) turn(row, p, q, c, s);
  const [rowP, rowQ] = [matrix[p]!, matrix[q]!];
  for (let j = 0; j < rowP.length; j++) {
    const [a, b] = [rowP[j]!, rowQ[j]!];
    rowP[j] = c * a - s * b;
    rowQ[j] = s * a + c * b;
  }
  for (const row of vectors) turn(row, p, q, c, s);
  return true;
}

function turn(row: Float64Array, p: number, q: number, c: number, s: number): void {
  const [a, b] = [row[p]!, row[q]!];
  row[p] = c * a - s * b;
  row[q] = s * a + c * b;
}
