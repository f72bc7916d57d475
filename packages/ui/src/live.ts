/**
 * Live for components: `live({ 'petition:7': data.seq }, apply, refetch)` while a component is set up. Nothing
 * happens on the server; everything ends with the component. `liveStatus` says how the line is.
 */
import { onMount } from 'svelte';
import { writable } from 'svelte/store';
import type { Readable } from 'svelte/store';
import { LiveSocket } from './socket.ts';
import type { LiveEvent, LiveStatus } from './socket.ts';

export type { LiveEvent, LiveStatus } from './socket.ts';
/** Topics, each with the last number the page has seen; a plain list begins from now. */
export type Topics = string[] | Record<string, number | null>;

const status = writable<LiveStatus>('off');
export const liveStatus: Readable<LiveStatus> = status;

let shared: LiveSocket | undefined;

function line(): LiveSocket {
  if (shared) return shared;
  const address = new URL('/live', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  shared = new LiveSocket({ open: () => new WebSocket(address), status: status.set });
  addEventListener('online', () => shared?.wake());
  addEventListener('pagehide', () => shared?.sleep());
  addEventListener('pageshow', (event) => event.persisted && shared?.wake());
  return shared;
}

/** Starts to listen at once; in the browser only. Returns the way to stop. */
export function listen(
  topics: Topics,
  onEvent: (event: LiveEvent) => void,
  onResync: (topic: string) => void = () => location.reload(),
): () => void {
  if (typeof WebSocket === 'undefined' || typeof window === 'undefined') return () => undefined;
  const asked = Array.isArray(topics) ? Object.fromEntries(topics.map((topic) => [topic, null])) : topics;
  if (Object.keys(asked).length === 0) return () => undefined;
  return line().subscribe(asked, { event: onEvent, resync: onResync });
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
  if (paused) shared?.pause();
  else shared?.resume();
}
