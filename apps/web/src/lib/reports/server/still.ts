/** The still map of "around here": what stands there before the map wakes, and all there is without a script. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { STATE_GROUPS } from '@folkmoot/ui/icons';
import type { Mark } from '@folkmoot/ui/map';
import { gather, ringParts } from '@folkmoot/ui/map/cluster';
import { madeOf } from '#lib/server/made.ts';
import { htmlOf } from '#lib/server/parts.ts';
import { type Around, type Box, hrefOf } from '../around.ts';
import { type Listed, toMarks } from '../marks.ts';
import { boxAround, type Picture, pictureOf, spotIn, widened } from '../picture.ts';
import StillMarks from './StillMarks.svelte';

/** as high as a wide screen shows it, and about as narrow as a phone does */
const WIDTH = 760;
const HEIGHT = 880;
const REACH = 48;

/** A report, or many that would cover each other: then `parts` is the ring of their states. */
export type Group = Pick<Mark, 'id' | 'group' | 'href'> & {
  x: number;
  y: number;
  count: number;
  label?: string;
  number?: number | undefined;
  parts?: string;
};
export type Still = { picture: Picture; drawn: boolean; groups: Group[]; closer: string; further: string };
type Marks = CallAnswer<Contracts['listReportMarks']>['marks'];

/** The picture that shows all of a box. */
export const stillPicture = (box: Box): Picture => pictureOf(box, WIDTH, HEIGHT);
/** What a picture around a point shows. */
export const stillBox = (lon: number, lat: number, zoom: number): Box =>
  boxAround(lon, lat, zoom, WIDTH, HEIGHT);

function sharesOf(members: ReadonlyArray<Pick<Mark, 'group' | 'shares'>>) {
  const shares: Partial<Record<Mark['group'], number>> = {};
  for (const one of members)
    for (const [look, n] of Object.entries(one.shares ?? { [one.group]: 1 }))
      shares[look as Mark['group']] = (shares[look as Mark['group']] ?? 0) + n;
  return shares;
}

/** The marks of the still map: those that would cover each other stand together, as on the moving one. */
function stillOf(drawn: boolean, around: Around, picture: Picture, marks: readonly Mark[]): Still {
  const { lon, lat, zoom, width, height } = picture;
  const spots = marks
    .map((mark) => ({ ...mark, ...spotIn(picture, mark.lon, mark.lat), count: mark.count ?? 1 }))
    .filter(({ x, y }) => x > 0 && x < width && y > 0 && y < height);
  const groups = gather(spots, REACH).map(({ x, y, members, count }): Group => {
    const [{ id, group, label, number, href }] = members as [(typeof members)[number]];
    if (count === 1) return { id, x, y, count, group, label, number, href };
    const lons = members.map((one) => one.lon);
    const lats = members.map((one) => one.lat);
    const box = widened([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
    const parts = ringParts(sharesOf(members), STATE_GROUPS);
    return {
      id,
      x,
      y,
      count,
      group,
      parts,
      href: members.length === 1 ? href : hrefOf(around, { box, near: '' }),
    };
  });
  const at = (step: number) => hrefOf(around, { box: stillBox(lon, lat, zoom + step) });
  return { picture, drawn, groups, closer: at(1), further: at(-1) };
}

type Asked = {
  around: Around;
  picture: Picture;
  marks: Marks;
  /** the list beside it: its numbers stand on the marks */
  items: readonly Listed[];
  /** whether the town has a drawn map */
  drawn: boolean;
};
/**
 * An answer of the API stands until something changes, and is the same object until then; so is what is drawn from it,
 * for the lists that may stand beside it.
 */
const drawnFrom = madeOf(20);

/** The still map as HTML. */
export function stillMap({ around, picture, marks, items, drawn }: Asked, lang: string): string {
  const key = [lang, hrefOf(around), picture.box.join(), items.map(({ id }) => id).join()].join(' ');
  return drawnFrom(marks, key, () =>
    htmlOf(StillMarks, { still: stillOf(drawn, around, picture, toMarks(marks, items, around)) }),
  );
}
