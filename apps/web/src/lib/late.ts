import { onMount } from 'svelte';

/**
 * In a rush a page was made once for all who are signed in: what is one person's is asked when the page is awake, and
 * not by all at once. Call it while a component is set up.
 * @param rush whether this page was made so
 * @param after milliseconds until the first may ask, and over how many the others are spread
 */
export function askLate(rush: boolean, after: { first: number; spread: number }, ask: () => unknown): void {
  onMount(() => {
    if (!rush) return;
    const soon = setTimeout(() => void ask(), after.first + Math.random() * after.spread);
    return () => clearTimeout(soon);
  });
}
