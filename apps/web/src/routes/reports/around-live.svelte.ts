/**
 * What the page shows while the map moves and the town acts: asked anew from the API, the older question called off.
 * Begins with what the server rendered, and again whenever a link or a form leads to another view.
 */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { reportEndpoints } from '@folkmoot/core/reports/endpoints';
import type { Moved } from '@folkmoot/ui/map';
import { ask } from '#lib/ask.ts';
import type { Row } from '#lib/reports/marks.ts';
import { type Around, type Box, filtersOf } from '#lib/reports/around.ts';

type Answer = CallAnswer<Contracts['listReports']>;
type List = Pick<Answer, 'pages' | 'total'> & {
  items: Row[];
  counts: Answer['counts'] | null;
};
type Marks = CallAnswer<Contracts['listReportMarks']>['marks'];
type Shown = { around: Around; list: List; marks: Marks };

/** the map rests this long before it asks */
const REST_MS = 120;
/** many things may happen in a busy hour; the page asks at most so often */
const BUSY_MS = 400;
/** how long the lamp rings what came */
const FRESH_MS = 6_000;

/** @param from what the server gave, read anew when it changes; without marks where they stand on the still map */
export function aroundLive(
  from: () => Omit<Shown, 'marks'> & { marks: Marks | null },
  moved: (around: Around) => void,
) {
  let shown = $derived.by((): Shown => {
    const { around, list, marks } = from();
    return { around, list, marks: marks ?? [] };
  });
  let fresh = $state.raw<readonly number[]>([]);
  let lost = $state(false);
  /** the map has not said yet how large it is */
  let first = true;
  let window: { box: Box; zoom: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  async function look(withList: boolean): Promise<void> {
    if (!window && !shown.around.list) return;
    asking?.abort();
    const { signal } = (asking = new AbortController());
    const { around } = shown;
    const box = around.list ? around.box : (window?.box ?? null);
    const filters = filtersOf(around, box);
    const { q, sort, page } = around;
    try {
      const [marks, list] = await Promise.all([
        window && !around.list
          ? ask<'listReportMarks'>(
              reportEndpoints.listReportMarks,
              { ...filters, zoom: Math.round(window.zoom) },
              signal,
            )
          : null,
        withList
          ? ask<'listReports'>(
              reportEndpoints.listReports,
              { ...filters, q: q || undefined, sort, page },
              signal,
            )
          : null,
      ]);
      shown = { around, marks: marks?.marks ?? shown.marks, list: list ?? shown.list };
      lost = false;
    } catch {
      if (!signal.aborted) lost = true;
    }
  }
  const soon = (ms: number, withList: boolean) => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(withList), ms);
  };

  return {
    get now() {
      return shown;
    },
    get fresh() {
      return fresh;
    },
    get lost() {
      return lost;
    },
    /** The page is awake, the map not yet: its marks are fetched meanwhile. */
    wake(box: Box, zoom: number): void {
      if (window || shown.around.list || shown.around.mine) return;
      window = { box, zoom };
      void look(false);
    },
    /** The map shows another part. The first time it only says how large it is: the list is there already. */
    move({ bounds, zoom }: Moved): void {
      window = { box: bounds, zoom };
      if (shown.around.mine) return;
      if (first) {
        first = false;
        return soon(0, false);
      }
      const around = { ...shown.around, box: bounds, near: '', page: 1 };
      shown = { ...shown, around };
      moved(around);
      soon(REST_MS, true);
    },
    /** Another view was opened by a link or a form: the marks are asked for the window as it is. */
    opened(): void {
      if (window && !shown.around.mine) soon(0, false);
    },
    /** Something happened to a report. */
    hear(report: number): void {
      if (shown.around.mine) return;
      fresh = [...fresh, report];
      soon(BUSY_MS, true);
      setTimeout(() => {
        fresh = fresh.filter((one) => one !== report);
      }, FRESH_MS);
    },
    again: () => soon(0, true),
    stop(): void {
      clearTimeout(timer);
      asking?.abort();
    },
  };
}
