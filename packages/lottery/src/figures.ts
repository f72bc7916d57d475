import type { Figures } from './contract.ts';

/**
 * Figures over the chances of those who are on some panel: extremes, mean, Gini coefficient
 * (Σ_i Σ_j |π_i − π_j| / 2n²·mean), geometric mean, and how many are within 0.5 % of the lowest.
 */
export function figuresOf(chances: readonly number[]): Figures {
  const sorted = [...chances].sort((a, b) => a - b);
  const n = sorted.length;
  const total = sorted.reduce((sum, chance) => sum + chance, 0);
  const lowest = sorted[0] ?? 0;
  const ranked = sorted.reduce((sum, chance, i) => sum + (2 * (i + 1) - n - 1) * chance, 0);
  const logs = sorted.reduce((sum, chance) => sum + Math.log(chance), 0);
  return {
    lowest,
    highest: sorted[n - 1] ?? 0,
    gini: n === 0 || total === 0 ? 0 : Math.max(0, ranked / (n * total)),
    geometricMean: n === 0 || lowest <= 0 ? 0 : Math.exp(logs / n),
    atMinimum: sorted.filter((chance) => chance <= lowest * 1.005 + 1e-9).length,
    mean: n === 0 ? 0 : total / n,
  };
}
