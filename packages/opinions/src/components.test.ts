import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeColumns } from './columns.ts';
import { principalComponents } from './components.ts';
import { BLOCK, jacobi, leadingPair } from './eigen.ts';
import { tabulate } from './votes.ts';

const matrixOf = (size: number) =>
  fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  });

/** BᵀB of a random B: symmetric, no eigenvalue below 0. */
function gramOf(rows: readonly (readonly number[])[]): Float64Array[] {
  return rows.map((_, i) =>
    Float64Array.from(rows, (__, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
}

function asOperator(matrix: readonly Float64Array[]) {
  return (w: Float64Array, out: Float64Array) => {
    for (let i = 0; i < matrix.length; i++) {
      for (let b = 0; b < BLOCK; b++) {
        out[i * BLOCK + b] = matrix[i]!.reduce((sum, entry, j) => sum + entry * w[j * BLOCK + b]!, 0);
      }
    }
  };
}

describe('eigenpairs', () => {
  it('are right for a matrix known by hand', () => {
    const { values, vectors } = jacobi([Float64Array.of(2, 1), Float64Array.of(1, 2)]);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(vectors[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('of a small matrix rebuild it', () => {
    fc.assert(
      fc.property(matrixOf(6), (rows) => {
        const matrix = gramOf(rows);
        const { values, vectors } = jacobi(matrix.map((row) => row.slice()));
        for (let i = 0; i < 6; i++) {
          for (let j = 0; j < 6; j++) {
            const rebuilt = values.reduce(
              (sum, value, at) => sum + value * vectors[i]![at]! * vectors[j]![at]!,
              0,
            );
            expect(rebuilt).toBeCloseTo(matrix[i]![j]!, 10);
          }
        }
      }),
    );
  });

  it('found by iteration are those of the whole matrix, also where the space restarts', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3, 5, 12, 40).chain(matrixOf), (rows) => {
        const matrix = gramOf(rows);
        const found = leadingPair(matrix.length, asOperator(matrix));
        const { values } = jacobi(matrix.map((row) => row.slice()));
        const scale = Math.max(values[0]!, 1e-300);
        expect(Math.abs(found.values[0] - values[0]!) / scale).toBeLessThan(1e-10);
        expect(Math.abs(found.values[1] - (values[1] ?? 0)) / scale).toBeLessThan(1e-10);
        const [first, second] = found.vectors;
        expect(Math.abs(first.reduce((sum, entry, j) => sum + entry * second[j]!, 0))).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });

  it('that are equal are both found', () => {
    const size = 30;
    const matrix = Array.from({ length: size }, (_, i) =>
      Float64Array.from({ length: size }, (__, j) => (i === j ? (i < 4 ? 5 : 1 / (i + 1)) : 0)),
    );
    const { values } = leadingPair(size, asOperator(matrix));
    expect(values[0]).toBeCloseTo(5, 10);
    expect(values[1]).toBeCloseTo(5, 10);
  });
});

const votes = fc
  .array(fc.constantFrom(1, 0, -1, null, null), { minLength: 60, maxLength: 60 })
  .map((cells) =>
    cells.flatMap((vote, at) =>
      vote === null ? [] : [{ person: `p${Math.floor(at / 6)}`, statement: `s${at % 6}`, vote }],
    ),
  );

describe('principal components', () => {
  it('of three people and two statements, by hand', () => {
    // Columns (1, −1, 0) and (1, −1, 0): all variance along (1, 1)/√2, and 2 + 2 over n − 1 = 2.
    const rows = [
      ['a', 1],
      ['b', -1],
      ['c', 0],
    ] as const;
    const table = tabulate(
      rows.flatMap(([person, vote]) => ['x', 'y'].map((statement) => ({ person, statement, vote }))),
    );
    const found = principalComponents(table, describeColumns(table, []));
    expect([...found.first].map((entry) => entry.toFixed(12))).toEqual(['0.707106781187', '0.707106781187']);
    expect([...found.second]).toEqual([0, 0]);
    expect(found.eigenvalues[0]).toBeCloseTo(2, 12);
    expect(found.eigenvalues[1]).toBe(0);
    expect(found.explained[0]).toBeCloseTo(1, 12);
  });

  it('are those of the full matrix with column means filled in', () => {
    fc.assert(
      fc.property(votes, fc.nat(7), (cast, zeroed) => {
        const table = tabulate(cast);
        const columns = describeColumns(table, [{ id: `s${zeroed}`, meta: true }]);
        const found = principalComponents(table, columns);
        const people = table.people.length;
        const dense = table.people.map((_, row) => {
          const line = columns.mean.slice();
          for (let at = table.start[row]!; at < table.start[row + 1]!; at++) {
            const column = table.statement[at]!;
            if (!columns.zeroed[column]) line[column] = table.value[at]!;
          }
          return line.map((entry, column) => entry - columns.mean[column]!);
        });
        const covariance = table.statements.map((_, i) =>
          Float64Array.from(table.statements, (__, j) =>
            people < 2 ? 0 : dense.reduce((sum, row) => sum + row[i]! * row[j]!, 0) / (people - 1),
          ),
        );
        const { values } = jacobi(covariance);
        expect(found.eigenvalues[0]).toBeCloseTo(Math.max(0, values[0] ?? 0), 10);
        expect(found.eigenvalues[1]).toBeCloseTo(Math.max(0, values[1] ?? 0), 10);
      }),
    );
  });

  it('have their largest loading positive', () => {
    fc.assert(
      fc.property(votes, (cast) => {
        const table = tabulate(cast);
        const { first, second } = principalComponents(table, describeColumns(table, []));
        for (const vector of [first, second]) {
          const largest = Math.max(0, ...vector.map(Math.abs));
          const decisive = vector.find((entry) => Math.abs(entry) >= largest * (1 - 1e-9)) ?? 0;
          expect(decisive).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
