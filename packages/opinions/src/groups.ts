import { kMeans } from './kmeans.ts';
import type { Partition } from './kmeans.ts';
import type { Points } from './positions.ts';
import { silhouettes } from './silhouette.ts';
import type { Clustering, History, Options } from './types.ts';

export interface Grouping {
  readonly clustering: Clustering;
  /** Group of each placed person, in their order. */
  readonly label: Uint8Array;
  readonly labels: readonly string[];
}

export const DEFAULTS = { seed: 1, fewest: 2, most: 5, restarts: 20, patience: 4 } as const;

/** Group numbers are bytes, and 255 stands for "none yet". */
const MOST_GROUPS = 250;

/**
 * Groups of the placed people: k-means for each count from `groups.min` to `groups.max` (never more than
 * distinct points, and fewer than people), and the count with the best mean silhouette, the smaller where
 * equal. With a history, another count shows only after winning `patience` updates running. Where no two
 * groups can be told apart everybody is one group.
 */
export function group(points: Points, ids: readonly string[], options: Options): Grouping {
  if ((options.groups?.max ?? 0) > MOST_GROUPS) throw new RangeError(`at most ${MOST_GROUPS} groups`);
  const fewest = Math.max(2, options.groups?.min ?? DEFAULTS.fewest);
  const most = Math.min(
    options.groups?.max ?? DEFAULTS.most,
    distinct(points, options.groups?.max ?? DEFAULTS.most),
    points.x.length - 1,
  );
  const partitions: Partition[] = [];
  for (let k = fewest; k <= most; k++) {
    partitions.push(kMeans(points, k, options.seed ?? DEFAULTS.seed, options.restarts ?? DEFAULTS.restarts));
  }
  const { means, measured } = silhouettes(points, partitions);
  const best = means.reduce((winner, mean, at) => (mean > means[winner]! + 1e-12 ? at : winner), 0);
  const candidate = partitions[best]?.k ?? Math.min(1, points.x.length);
  const shown = settle(candidate, partitions, options);
  const partition = partitions.find(({ k }) => k === shown.k);
  const label = partition ? partition.label.slice() : new Uint8Array(points.x.length);
  if (options.history) keepNumbers(label, shown.k, ids, options.history);
  return {
    clustering: {
      ...shown,
      candidate,
      tried: partitions.map(({ k, inertia }, at) => ({ k, silhouette: means[at]!, inertia })),
      measuredOn: measured,
    },
    label,
    labels: Array.from({ length: shown.k }, (_, at) => letter(at)),
  };
}

/** Groups known already, in the order of their labels; people without a label are not placed. */
export function given(groupOf: Readonly<Record<string, string>>, people: readonly string[]) {
  const rows: number[] = [];
  const names: string[] = [];
  people.forEach((id, row) => {
    if (!Object.hasOwn(groupOf, id)) return;
    rows.push(row);
    names.push(groupOf[id]!);
  });
  const labels = [...new Set(names)].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1),
  );
  if (labels.length > MOST_GROUPS)
    throw new RangeError(`at most ${MOST_GROUPS} groups, not ${labels.length}`);
  const number = new Map(labels.map((name, at) => [name, at]));
  const grouping: Grouping = {
    clustering: { k: labels.length, candidate: labels.length, wins: 0, tried: [], measuredOn: 0 },
    label: Uint8Array.from(names, (name) => number.get(name)!),
    labels,
  };
  return { placed: Int32Array.from(rows), grouping };
}

function settle(candidate: number, partitions: readonly Partition[], options: Options) {
  const before = options.history;
  const possible = before && partitions.some(({ k }) => k === before.k);
  if (!before || !possible || candidate === before.k) return { k: candidate, wins: 0 };
  const wins = candidate === before.candidate ? before.wins + 1 : 1;
  if (wins >= (options.patience ?? DEFAULTS.patience)) return { k: candidate, wins: 0 };
  return { k: before.k, wins };
}

/** Renumbers groups so that the largest overlaps with the groups shown before keep their number. */
function keepNumbers(label: Uint8Array, k: number, ids: readonly string[], history: History): void {
  const overlaps: { now: number; then: number; people: number }[] = [];
  for (let now = 0; now < k; now++) {
    for (let then = 0; then < k; then++) overlaps.push({ now, then, people: 0 });
  }
  ids.forEach((id, at) => {
    const then = Object.hasOwn(history.groupOf, id) ? history.groupOf[id] : undefined;
    if (then !== undefined && then < k) overlaps[label[at]! * k + then]!.people++;
  });
  overlaps.sort((a, b) => b.people - a.people || a.now - b.now || a.then - b.then);
  const renamed = new Map<number, number>();
  const taken = new Set<number>();
  for (const { now, then } of overlaps) {
    if (renamed.has(now) || taken.has(then)) continue;
    renamed.set(now, then);
    taken.add(then);
  }
  label.forEach((now, at) => (label[at] = renamed.get(now)!));
}

function distinct(points: Points, enough: number): number {
  const seen = new Set<string>();
  for (let at = 0; at < points.x.length && seen.size < enough; at++) {
    seen.add(`${points.x[at]!} ${points.y[at]!}`);
  }
  return seen.size;
}

/** A, B … Z, AA, AB … */
export function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
