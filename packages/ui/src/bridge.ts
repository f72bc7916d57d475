/** The town's own bridge with people on it, drawn to a size. Only numbers in, only path data out. */
import { tenth, wobble } from './figures.ts';

export type Span = {
  kind: 'broad' | 'narrow';
  width: number;
  height: number;
  waterline: number;
  /** Where the bank ends and the bridge begins, from each side. */
  bank: number;
  /** Each arch: its middle and half its width. */
  arches: [number, number][];
  lamps: number[];
  lampHeight: number;
  /** The most figures, the room for each, and how tall and thick they are. */
  places: number;
  pitch: number;
  tall: number;
  thick: number;
  head: number;
  deck: (x: number) => number;
};

export const BROAD: Span = {
  kind: 'broad',
  width: 1440,
  height: 262,
  waterline: 194,
  bank: 150,
  arches: [
    [320, 64],
    [520, 78],
    [720, 85],
    [920, 78],
    [1120, 64],
  ],
  lamps: [222, 424, 619, 821, 1016, 1218],
  lampHeight: 60,
  places: 97,
  pitch: 13,
  tall: 17,
  thick: 5.4,
  head: 6.8,
  deck: (x) => 134 - 48 * Math.exp(-(((x - 720) / 430) ** 2)),
};

export const NARROW: Span = {
  kind: 'narrow',
  width: 390,
  height: 140,
  waterline: 103,
  bank: 34,
  arches: [
    [103, 34],
    [195, 41],
    [287, 34],
  ],
  lamps: [53, 149, 241, 337],
  lampHeight: 36,
  places: 39,
  pitch: 9.2,
  tall: 11,
  thick: 3.8,
  head: 4.9,
  deck: (x) => 72 - 26 * Math.exp(-(((x - 195) / 128) ** 2)),
};

const line = (points: [number, number][]) => points.map(([x, y]) => `${tenth(x)} ${tenth(y)}`).join('L');

/** Stone, arches, banks and water of a span. They never change, so they are drawn once. */
export function stonework(span: Span) {
  const { width, bank, waterline, deck } = span;
  const broad = span.kind === 'broad';
  const top: [number, number][] = [];
  for (let x = 0; x <= width; x += width / 48) top.push([x, deck(x)]);
  const between = top.filter(([x]) => x > bank && x < width - bank);
  const ends: [number, number][] = [[bank, deck(bank)], ...between, [width - bank, deck(width - bank)]];
  const body = `M${line(ends)}V${waterline}H${bank}z`;
  const shore = (at: number, way: number) => {
    const x = (share: number) => tenth(at + way * (bank + width * share));
    return `M${at} ${tenth(deck(at))}L${x(0)} ${tenth(deck(bank))}C${x(0.02)} ${waterline - 12} ${x(0.03)} ${waterline} ${x(0.06)} ${waterline}H${at}z`;
  };
  let [rims, holes, mirrors] = ['', '', ''];
  const rim = broad ? 7 : 4;
  for (const [middle, half] of span.arches) {
    const rise = waterline - deck(middle) - (broad ? 24 : 14);
    rims += `M${middle - half - rim} ${waterline}a${half + rim} ${tenth(rise + rim)} 0 0 1 ${(half + rim) * 2} 0`;
    holes += `M${middle - half} ${waterline}a${half} ${tenth(rise)} 0 0 1 ${half * 2} 0z`;
    mirrors += `M${middle - half} ${waterline}a${half} ${tenth(rise * 0.72)} 0 0 0 ${half * 2} 0z`;
  }
  const lamps = span.lamps.map((x) => {
    const y = tenth(deck(x) - span.lampHeight);
    const [w, h, in_, foot] = broad ? [5, 12, 2, 6] : [3, 7, 1.2, 3.6];
    return {
      x,
      glow: tenth(y - 5),
      post: `M${x} ${tenth(deck(x))}V${y}`,
      lantern: `M${x - w} ${tenth(y - h)}h${w * 2}l${-in_} ${h}h${-foot}z`,
    };
  });
  return {
    body,
    banks: shore(0, 1) + shore(width, -1),
    rims,
    holes,
    mirrors,
    lamps,
    deck: `M${line(top)}`,
    water: `M0 ${waterline}H${width}V${span.height + 1}H0z`,
  };
}

/** The people: those in colour first, standing in the middle of the bridge when there are few. */
export function crossing(span: Span, figures: number, ours: number) {
  const start = (span.width - (figures - 1) * span.pitch) / 2;
  const out = { ours: { bodies: '', heads: '' }, others: { bodies: '', heads: '' } };
  for (let i = 0; i < figures; i++) {
    const x = tenth(start + i * span.pitch + (wobble(i * 3) - 0.5) * span.pitch * 0.22);
    const y = span.deck(x) - span.thick * 0.5 - 1.5;
    const tall = span.tall * (0.78 + 0.34 * wobble(i * 7 + 1));
    const to = i < ours ? out.ours : out.others;
    to.bodies += `M${x} ${tenth(y)}v${tenth(-tall)}`;
    to.heads += `M${x} ${tenth(y - tall - span.thick * 0.5 - span.head * 0.5 - 1.4)}h0`;
  }
  return out;
}
