/**
 * The people on the line, as SVG for pictures and frames, where the look's masks do not reach. One person is an "i";
 * ten of them, no two the same height, as in tokens.css.
 */
const TOPS = [11, 9, 12.2, 8.6, 12, 9.6, 8.4, 11.6, 9.4, 11.4];
const HEADS = [5.6, 3.6, 6.8, 3.2, 6.6, 4.2, 3, 6.2, 4, 6];
const FOOT = 22.2;
/** units a figure is wide, and high */
export const FIGURE = { wide: 7, high: 24 } as const;
const MOST = 50;

/** One figure is 1, 2, 5, 10, 20, 50 … people, so that at most fifty stand there. */
function peopleAFigure(people: number): number {
  let scale = 1;
  for (let i = 1; people / scale > MOST; i++) scale = [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3);
  return scale;
}

export type Crowd = { per: number; figures: number; on: number };
export function crowdOf(value: number, posts: readonly number[]): Crowd {
  const end = Math.max(posts.at(-1) ?? 0, value, 10);
  const per = peopleAFigure(end);
  return {
    per,
    figures: Math.ceil(end / per),
    // never none for somebody
    on: value <= 0 ? 0 : Math.max(1, Math.floor(value / per)),
  };
}

/** One `<g>` a figure, in units of FIGURE; the colour comes from who draws it. */
export const figure = (i: number): string => {
  const x = FIGURE.wide * (i + 0.5);
  return `<path stroke-width="3.4" d="M${x} ${FOOT}V${TOPS[i % 10]}"/><path stroke-width="4.2" d="M${x} ${HEADS[i % 10]}h0"/>`;
};
