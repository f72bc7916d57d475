/**
 * Live for components: `live({ 'petition:7': data.seq }, apply, refetch)` while a component is set up. Nothing
 * happens on the server; everything ends with the component. `liveStatus` says how the line is.
 */
import { onMount } from 'svelte';
import { writable } from 'svelte/store';
import type { Readable } from 'svelte/store';
import type { LiveEvent, LiveSocket, LiveStatus } from './socket.ts';

export type { LiveEvent, LiveStatus } from './socket.ts';
/** Topics, each with the last number the page has seen; a plain list begins from now. */
export type Topics = string[] | Record<string, number | null>;

const status = writable<LiveStatus>('off');
export const liveStatus: Readable<LiveStatus> = status;

let shared: Promise<LiveSocket> | undefined;

/** The line itself is fetched once the page is awake: nobody waits for it to read. */
async function open(): Promise<LiveSocket> {
  const { LiveSocket: Line } = await import('./socket.ts');
  const address = new URL('/live', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const made = new Line({ open: () => new WebSocket(address), status: status.set });
  addEventListener('online', () => made.wake());
  addEventListener('pagehide', () => made.sleep());
  addEventListener('pageshow', (event) => event.persisted && made.wake());
  return made;
}

/** Without a signal it cannot be fetched: again with the next one. */
const line = (): Promise<LiveSocket> =>
  (shared ??= open().catch(async () => {
    await new Promise((online) => addEventListener('online', online, { once: true }));
    shared = undefined;
    return line();
  }));

/** Starts to listen at once; in the browser only. Returns the way to stop. */
export function listen(
  topics: Topics,
  onEvent: (event: LiveEvent) => void,
  onResync: (topic: string) => void = () => location.reload(),
): () => void {
  if (typeof WebSocket === 'undefined' || typeof window === 'undefined') return () => undefined;
  const asked = Array.isArray(topics) ? Object.fromEntries(topics.map((topic) => [topic, null])) : topics;
  if (Object.keys(asked).length === 0) return () => undefined;
  let gone = false;
  let stop = () => {
    gone = true;
  };
  void line().then((there) => {
    if (!gone) stop = there.subscribe(asked, { event: onEvent, resync: onResync });
  });
  return () => stop();
}

/** Listens for as long as the component is on the page. For topics that change, use `<Live>`. */
export function live(
  topics: Topics | (() => Topics),
  onEvent: (event: LiveEvent) => void,
  onResync?: (topic: string) => void,
): void {
  onMount(() => listen(typeof topics === 'function' ? topics() : topics, onEvent, onResync));
}

/** Holds live rows still, everywhere on the page (WCAG 2.2.2). */
export function pauseLive(paused: boolean): void {
  void shared?.then((there) => (paused ? there.pause() : there.resume()));
}
