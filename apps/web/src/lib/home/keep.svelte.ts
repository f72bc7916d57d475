/**
 * Keeps a front page current. What a live message cannot carry (titles are never in events) is fetched: once for all
 * that happens within a moment, and not by everybody at the same one.
 */
import type { Endpoint } from '@folkmoot/core/kit/contract';
import { live } from '@folkmoot/ui/live';
import type { Now } from './words.ts';

const GATHER_MS = 400;
const SPREAD_MS = 1_600;

type Asked = { endpoint: Endpoint; params?: Record<string, string>; topic: string };

/** @returns the page as it is now, and which of its news came while it was open */
export function keepNow(given: () => Now, asked: () => Asked) {
  let fetched = $state.raw<{ from: Now; now: Now } | null>(null);
  let fresh = $state.raw<readonly number[]>([]);
  // another page's data: what was fetched for this one is over
  const now = $derived(fetched && fetched.from === given() ? fetched.now : given());
  let waiting: ReturnType<typeof setTimeout> | undefined;

  async function fetchNow(): Promise<void> {
    waiting = undefined;
    const from = given();
    const { endpoint, params = {} } = asked();
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const response = await fetch(`/api/v1${path}`).catch(() => null);
    if (!response?.ok || given() !== from) return;
    const next = (await response.json()) as Now;
    const known = now.news.map(({ id }) => id);
    fresh = next.news.map(({ id }) => id).filter((id) => !known.includes(id) || fresh.includes(id));
    fetched = { from, now: next };
  }
  const soon = () => void (waiting ??= setTimeout(fetchNow, GATHER_MS + Math.random() * SPREAD_MS));

  // a number to begin from would ask for what other topics had: this page begins from now
  live(() => [asked().topic], soon, soon);
  return {
    get now() {
      return now;
    },
    get fresh() {
      return fresh;
    },
  };
}
