/**
 * A view that many pages need at once (the place's name, the front page's numbers), read at most once a second and
 * shared by all. Only for what everybody may see: the key says everything that the answer depends on.
 */
import { LRUCache } from 'lru-cache';

/**
 * @param ms how long an answer is shared; askers at the same time share one reading
 * @returns `(key, read) => answer`, with how many are kept; a reading that fails is not kept
 */
export function sharedFor<T>(ms = 1_000, max = 5_000, now: () => number = () => performance.now()) {
  const kept = new LRUCache<string, { until: number; answer: Promise<T> }>({ max });
  /** What is over is let go at once: nobody will have it, and views may be large. The longest unasked come first. */
  const sweep = (at: number) => {
    for (const key of kept.rkeys()) {
      if (kept.peek(key)!.until > at) return;
      kept.delete(key);
    }
  };
  const ask = (key: string, read: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known && known.until > now()) return known.answer;
    sweep(now());
    const answer = read();
    const entry = { until: now() + ms, answer };
    kept.set(key, entry);
    answer.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return answer;
  };
  return Object.assign(ask, { size: () => kept.size });
}
