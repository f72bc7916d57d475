/**
 * One figure is one person, or a round number of people when there are many. The drawn crowd always says which.
 */

/** The smallest of 1, 2, 5, 10, 20, 50 … that lets `people` stand in `places`. */
export function figureScale(people: number, places: number): number {
  let scale = 1;
  for (let i = 0; people / scale > places; i++)
    scale = [1, 2, 5][(i + 1) % 3]! * 10 ** Math.floor((i + 1) / 3);
  return scale;
}

/** Figures for a number of people: never none for somebody, and never one for nobody. */
export function figuresFor(people: number, scale: number): number {
  return people <= 0 ? 0 : Math.max(1, Math.round(people / scale));
}

/** A fixed number between 0 and 1 for each i: figures that differ, the same on server and browser. */
export function wobble(i: number): number {
  let h = Math.imul(i + 11, 374761393);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** One decimal is enough for a drawing. */
export const tenth = (x: number) => Math.round(x * 10) / 10;
