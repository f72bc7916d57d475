import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { Drawn } from './contract.ts';

/** The SHA-256 of bytes or text, in hexadecimal. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export interface SourceFile {
  readonly name: 'categories' | 'respondents' | 'confirmed';
  /** Relative to the folder of the report. */
  readonly path: string;
  readonly sha256: string;
}

export interface ReportSettings {
  readonly size: number;
  /** Columns of the household rule; none: no such rule. */
  readonly household: readonly string[];
  readonly idColumn: string | undefined;
  readonly seed: number | undefined;
  readonly sources: readonly SourceFile[];
}

/** `panels.csv`: a row for each panel, ids in order, no heading. The first row is panel 000. */
export function panelsCsv(drawn: Drawn): string {
  return stringify(drawn.panels.map((panel) => [...panel]));
}

/** `chances.csv`: id, chance under the exact lottery, and on how many of the equal panels. */
export function chancesCsv(drawn: Drawn): string {
  const rows = drawn.chances.map(({ id, chance, count }) => [id, chance.toFixed(9), count]);
  return stringify([['id', 'chance', 'panels'], ...rows]);
}

/** The one line to publish before the draw: the hash of all inputs and outputs, by name. */
export function publishedHash(
  sources: readonly SourceFile[],
  outputs: Readonly<Record<string, string>>,
): string {
  const lines = [
    ...sources.map((source) => `${source.sha256}  ${source.name}`),
    ...Object.entries(outputs).map(([name, hash]) => `${hash}  ${name}`),
  ];
  return sha256(lines.join('\n'));
}

/** `report.json`, as an object. Chances are probabilities, times seconds. */
export function reportJson(
  drawn: Drawn,
  settings: ReportSettings,
  outputs: Readonly<Record<string, string>>,
) {
  return {
    format: 'folkmoot-lottery-1',
    method: drawn.method,
    finished: drawn.finished,
    stopped_by: drawn.stoppedBy ?? null,
    size: settings.size,
    places_drawn: drawn.panels[0]?.length ?? 0,
    people: drawn.chances.length,
    types: drawn.types,
    household_columns: settings.household,
    id_column: settings.idColumn ?? null,
    lowest_chance: drawn.lowest,
    bound: drawn.bound,
    bound_over_lowest: drawn.lowest > 0 ? drawn.bound / drawn.lowest : null,
    shortfall: drawn.shortfall ?? null,
    geometric_mean_bound: drawn.geometricMeanBound ?? null,
    gini: drawn.figures.gini,
    geometric_mean: drawn.figures.geometricMean,
    mean: drawn.figures.mean,
    highest_chance: drawn.figures.highest,
    number_at_minimum: drawn.figures.atMinimum,
    uncoverable: drawn.uncoverable,
    panels: drawn.panels.length,
    panels_before_rounding: drawn.support,
    largest_shift: drawn.largestShift,
    largest_shift_allowed: (drawn.panels[0]?.length ?? 0) / drawn.panels.length,
    roundings_redrawn: drawn.redraws,
    seed: settings.seed ?? null,
    randomness: drawn.randomness,
    seconds: drawn.seconds,
    work: drawn.work,
    inputs: settings.sources,
    outputs,
    hash: publishedHash(settings.sources, outputs),
  };
}

export type Report = ReturnType<typeof reportJson>;

const percent = (chance: number) => `${(100 * chance).toFixed(2)} %`;

/** `report.md`: what a chair can read out. */
export function reportMarkdown(report: Report): string {
  const proof = report.finished
    ? 'It is proven: no lottery over panels that keep the quotas does better.'
    : `It stopped at the ${report.stopped_by ?? 'limit'}; the lottery is valid, and the bound says how much better any other could be.`;
  const lines = [
    '# The lottery',
    '',
    `${report.places_drawn} places are drawn from ${report.people} people of ${report.types} types by the method ${report.method}. ${proof}`,
    '',
    '| Figure | Value |',
    '| --- | --- |',
    `| Lowest chance of anyone who can be on a panel | ${percent(report.lowest_chance)} |`,
    `| No lottery can make it higher than | ${percent(report.bound)} |`,
    `| People at the lowest chance | ${report.number_at_minimum} |`,
    `| Mean chance | ${percent(report.mean)} |`,
    `| Highest chance | ${percent(report.highest_chance)} |`,
    `| Geometric mean | ${percent(report.geometric_mean)} |`,
    `| Gini coefficient | ${report.gini.toFixed(4)} |`,
    `| Equal panels | ${report.panels}, from ${report.panels_before_rounding} different ones |`,
    `| Largest shift of a chance by rounding | ${report.largest_shift.toFixed(4)} (allowed: ${report.largest_shift_allowed.toFixed(4)}) |`,
    `| Seconds | ${(report.seconds['total'] ?? 0).toFixed(1)} |`,
    '',
    `Chance came from ${report.randomness}${report.seed === null ? '' : `: ${report.seed}`}.`,
    '',
    report.household_columns.length > 0
      ? `No two people with the same ${report.household_columns.join(' and ')} are on one panel.`
      : 'No household rule was asked for.',
    '',
    '## People who are on no panel',
    '',
    ...(report.uncoverable.length === 0
      ? ['Nobody.']
      : report.uncoverable.map(({ id, reason }) => `- ${id}: ${reason}`)),
    '',
    '## To publish before the draw',
    '',
    `Hash of the inputs and of all panels: \`${report.hash}\``,
    '',
    ...report.inputs.map((source) => `- ${source.name}: \`${source.sha256}\``),
    ...Object.entries(report.outputs).map(([name, hash]) => `- ${name}: \`${hash}\``),
    '',
    'Three ten-sided dice, read as a number from 000 to 999, choose the panel: 000 is the first row of panels.csv.',
    '',
  ];
  return lines.join('\n');
}
