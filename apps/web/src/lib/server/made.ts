/**
 * What pages make from something the server holds, once for all who see it: it goes when that does, and of one thing
 * at most so much is kept, since what a key is made of may be what a visitor typed.
 */

/**
 * @param most kept of one thing; then all of it is made anew
 * @returns `(of, key, make) => made`; a promise that fails is not kept
 */
export function madeOf(most: number) {
  const all = new WeakMap<object, Map<string, unknown>>();
  return <T>(of: object, key: string, make: () => T): T => {
    const known = all.get(of) ?? new Map<string, unknown>();
    all.set(of, known);
    if (known.has(key)) return known.get(key) as T;
    const made = make();
    if (known.size >= most) known.clear();
    known.set(key, made);
    if (made instanceof Promise) made.catch(() => known.get(key) === made && known.delete(key));
    return made;
  };
}
