/** The time, twice a minute, for everything on the page that says how long ago. Stands still on the server. */
import { readable } from 'svelte/store';

export const ticker = readable(Date.now(), (set) => {
  set(Date.now());
  const id = setInterval(() => set(Date.now()), 30_000);
  return () => clearInterval(id);
});
