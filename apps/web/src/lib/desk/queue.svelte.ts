/**
 * What the queues of the desks share: what changed is ringed, what was decided stays in sight for a while and can
 * be taken back, and the next thing comes by itself.
 */
import { goto, invalidateAll } from '$app/navigation';
import type { DeskItem } from '@folkmoot/ui/Desk.svelte';
import { type Endpoint, post } from '@folkmoot/ui/post';
import { toast } from '@folkmoot/ui/toasts';
import { m } from '@folkmoot/words';

type Undoing = {
  endpoint: Endpoint;
  params: Record<string, string | number>;
  refused: (code: string) => string | undefined;
};

/** A queue is read anew this many milliseconds after the last news: news come in bursts. */
const SOON = 150;

export class DeskQueue {
  /** Came or changed just now, by id. */
  fresh = $state<Record<number, true>>({});
  #decided = $state<DeskItem[]>([]);
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** What waits, and after it what was decided a moment ago. */
  withDecided(waiting: DeskItem[]): DeskItem[] {
    return [...waiting, ...this.#decided.filter((one) => !waiting.some((it) => it.id === one.id))];
  }

  /** Keeps a row in sight, struck through; `words` say what was decided. */
  strike(row: Omit<DeskItem, 'kind' | 'wait'>, words: string): void {
    this.#decided = [
      ...this.#decided.filter((one) => one.id !== row.id).slice(-4),
      { ...row, kind: words, wait: m.desk_done_short(), late: false, seen: true },
    ];
  }

  readAnewSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void invalidateAll(), SOON);
  }

  /** Takes a decision on `id` back, says so in `words` and shows the thing at `to`. */
  async undo(id: number, what: Undoing, words: string, to: string): Promise<void> {
    if (!(await takeBack(what))) return;
    this.#decided = this.#decided.filter((one) => one.id !== id);
    toast(words);
    await goto(to, { invalidateAll: true });
  }
}

/** Whether a decision could be taken back; where not, a toast says why. */
export async function takeBack(what: Undoing): Promise<boolean> {
  const outcome = await post(what, new FormData());
  if (!outcome.ok) toast(outcome.message ?? m.ui_broken());
  return outcome.ok;
}

/** After a decision: to the next thing where it stands beside the queue, else back to the queue. */
export async function onward(next: string | null | undefined, home: string): Promise<void> {
  const wide = matchMedia('(min-width: 60em)').matches;
  await goto(next && wide ? next : home, { invalidateAll: true });
}
