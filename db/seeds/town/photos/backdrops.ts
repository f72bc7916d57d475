// Where the pictures are taken: looking down at the road or the pavement, across the street, at a wall,
// in the park.

import type { Paint } from './kit.ts';

/** Tarmac seen from standing height, with a pavement running across the top. */
export function road(paint: Paint, { yellow = false, lean = 0.165 } = {}): string {
  const y = (x: number, at: number) => Math.round(at - (x - 0) * lean);
  const band = (at: number) => `M-20 ${y(-20, at)} 1220 ${y(1220, at)}`;
  const stones = Array.from({ length: 6 }, (_, i) => {
    const x = 120 + i * 210 + paint.between(-14, 14);
    return `M${x} ${y(x, 252)}l8 46`;
  }).join('');
  const tar = paint.rough(paint.light.tar, '.28 .4', 2.6, 56);
  const stone = paint.rough('#c9c4b6', '.12 .2', 1.8, 56);
  const worn = (at: number) =>
    `M-20 ${y(-20, at)}${Array.from({ length: 62 }, (_, i) => `L${i * 20} ${(y(i * 20, at) + paint.between(-2, 2)).toFixed(1)}`).join('')}`;
  const lines = yellow
    ? `<path d="${worn(352)}${worn(392)}" stroke="#d0a53c" stroke-width="15" stroke-dasharray="90 3 40 5 150 2 24 7" stroke-linejoin="round" fill="none" opacity=".9"/>`
    : '';
  return `<rect width="1200" height="900" fill="#6d7070"/><rect width="1200" height="900" fill="#777" filter="${tar}" opacity=".9"/><path d="${band(252)}V-20H-20z" fill="#b3aea1"/><path d="${band(252)}V-20H-20z" fill="#b3aea1" filter="${stone}" opacity=".6"/><path d="${band(284)}" stroke="#8a867b" stroke-width="50" fill="none"/><path d="${band(264)}" stroke="#c9c4b7" stroke-width="18" fill="none"/><path d="${stones}" stroke="#635f57" stroke-width="5" fill="none"/><path d="${band(316)}" stroke="#3d3c3a" stroke-width="12" opacity=".55" fill="none"/>${lines}`;
}

/** Paving slabs running away from the camera. */
export function paving(paint: Paint): string {
  const joints: string[] = [];
  const rows = [120, 178, 250, 340, 452, 594, 772, 990];
  for (let i = -9; i <= 9; i++) joints.push(`M${600 + i * 74} 60L${600 + i * 300} 960`);
  for (const at of rows) joints.push(`M-20 ${at}H1220`);
  const concrete = paint.rough(paint.light.lamp, '.09 .16', 2.2, 58);
  const tones = rows.slice(1).flatMap((at, row) =>
    Array.from({ length: 5 }, () => {
      const column = Math.floor(paint.between(-4, 4));
      const [near, far] = [at, rows[row]!];
      const x = (k: number, yy: number) => Math.round(600 + k * (74 + (226 * (yy - 60)) / 900));
      return `<path d="M${x(column, far)} ${far}H${x(column + 1, far)}L${x(column + 1, near)} ${near}H${x(column, near)}z" fill="${paint.pick(['#6f6a60', '#d8d2c4', '#8c8577'])}" opacity=".17"/>`;
    }),
  );
  return `<rect width="1200" height="900" fill="#a8a397"/><rect width="1200" height="900" fill="#a8a397" filter="${concrete}" opacity=".75"/>${tones.join('')}<path d="M0 0H1200V118H0z" fill="#8b5f4c"/><path d="M0 96H1200V122H0z" fill="#3f342e" opacity=".7"/><path d="${joints.join('')}" stroke="#5b564d" stroke-width="5" fill="none" opacity=".8"/><path d="${joints.join('')}" stroke="#3a362e" stroke-width="3" stroke-dasharray="40 70 14 120" fill="none" opacity=".5"/>`;
}

const BRICKS = ['#9a5a45', '#a4684e', '#8d6a58', '#b08a6c', '#7d5147'];

function bricks(paint: Paint, scale: number, color: string): string {
  const [w, h] = [64 * scale, 40 * scale];
  const brick = (x: number, y: number, tone: string) =>
    `<rect x="${x * scale}" y="${y * scale}" width="${29 * scale}" height="${16.5 * scale}" fill="${tone}"/>`;
  const tone = () => paint.pick([color, color, '#a8735c', '#84503f', '#93604e']);
  const body = `<rect width="${w}" height="${h}" fill="#b9ab98"/>${brick(0, 0, tone())}${brick(32, 0, tone())}${brick(-16, 20, color)}${brick(16, 20, tone())}${brick(48, 20, color)}`;
  return paint.pattern(w, h, body);
}

function house(paint: Paint, x: number, width: number): string {
  const glass = paint.night && paint.chance() < 0.4 ? '#f2c77c' : paint.night ? '#16202c' : '#5d7480';
  const frame = paint.pick(['#f1efe8', '#e8e4d8', '#33473f', '#dfe5e2']);
  const door = paint.pick(['#7a244b', '#2f5a4c', '#24486b', '#8a3a24', '#3b3b40', '#c79a35']);
  const window = (wx: number, wy: number, w: number, h: number) =>
    `<rect x="${wx - 9}" y="${wy - 20}" width="${w + 18}" height="18" fill="#cbbfae"/><rect x="${wx}" y="${wy}" width="${w}" height="${h}" fill="${frame}"/><rect x="${wx + 8}" y="${wy + 8}" width="${w - 16}" height="${h - 16}" fill="${glass}"/><path d="M${wx + 8} ${wy + h * 0.52}h${w - 16}" stroke="${frame}" stroke-width="7"/><path d="M${wx + 12} ${wy + h - 14}L${wx + w * 0.6} ${wy + 12}h${w * 0.16}L${wx + 30} ${wy + h - 14}z" fill="#fff" opacity=".13"/><rect x="${wx - 7}" y="${wy + h}" width="${w + 14}" height="12" fill="#cbbfae"/>`;
  const [w, dx] = [width * 0.27, x + width * 0.66];
  const curtain = `<path d="M${x + width * 0.16 + 8} ${318}q16 60 4 112h-4z" fill="#e9e3d4" opacity=".6"/>`;
  return `${window(x + width * 0.16, 52, w, 122)}${window(x + width * 0.64, 52, w * 0.86, 122)}${window(x + width * 0.14, 306, w * 1.16, 142)}${curtain}<rect x="${dx - 10}" y="292" width="${width * 0.22 + 20}" height="262" fill="#d8cfbf"/><rect x="${dx}" y="304" width="${width * 0.22}" height="250" fill="${door}"/><rect x="${dx + 12}" y="318" width="${width * 0.22 - 24}" height="46" fill="${glass}"/><path d="M${dx + 16} 388h${width * 0.22 - 32}v60h-${width * 0.22 - 32}zM${dx + 16} 466h${width * 0.22 - 32}v64h-${width * 0.22 - 32}z" fill="none" stroke="#0a0a0a" stroke-opacity=".3" stroke-width="4"/><path d="M${x + width - 5} 0V556" stroke="#4b4542" stroke-width="9"/>`;
}

/** A terrace seen across the street: house fronts, pavement, kerb, road. */
export function street(paint: Paint): string {
  const wall = bricks(paint, 0.62, paint.pick(BRICKS));
  const start = -Math.round(paint.between(20, 220));
  const fronts = [0, 1, 2, 3].map((i) => house(paint, start + i * 400, 400)).join('');
  const slabs = Array.from({ length: 13 }, (_, i) => `M${i * 108 + 20} 556L${i * 116 - 34} 640`).join('');
  return `<rect width="1200" height="560" fill="${wall}"/><rect width="1200" height="560" fill="#8a6a58" filter="${paint.rough(paint.light.lamp, '.05 .07', 1.6, 58)}" opacity=".3"/>${fronts}<path d="M0 470H1200V560H0z" fill="${paint.fade([[0, '#000', 0], [1, '#14100e', 0.5]])}"/><rect y="556" width="1200" height="84" fill="#aaa598"/><path d="${slabs}M0 592H1200" stroke="#736e63" stroke-width="3" fill="none"/><rect y="638" width="1200" height="22" fill="#c6c1b3"/><rect y="658" width="1200" height="16" fill="#77736a"/><rect y="672" width="1200" height="228" fill="#686b6c"/><rect y="556" width="1200" height="344" fill="#7b7b78" filter="${paint.rough(paint.light.lamp, '.16 .34', 2.2, 54)}" opacity=".4"/><rect y="674" width="1200" height="26" fill="#1b1b1c" opacity=".3"/>`; // prettier-ignore
}

/** A brick wall close to, with the pavement at its foot. */
export function wall(paint: Paint, painted = ''): string {
  const face = painted || bricks(paint, 1.7, paint.pick(BRICKS));
  return `<rect width="1200" height="760" fill="${face}"/><rect width="1200" height="760" fill="#8a6a58" filter="${paint.rough('#c08a70', '.07 .09', 2.6, 58)}" opacity=".3"/><path d="M0 640H1200V760H0z" fill="${paint.fade([[0, '#0d120c', 0], [1, '#0d120c', 0.55]])}"/><rect y="756" width="1200" height="144" fill="#8f8b80"/><rect y="756" width="1200" height="144" fill="#999" filter="${paint.rough(paint.light.lamp, '.12 .3', 2.2, 54)}" opacity=".7"/><path d="M160 756 90 900M470 756l-26 144M770 756l20 144M1080 756l66 144" stroke="#5d594f" stroke-width="4"/>`; // prettier-ignore
}

function tree(paint: Paint, x: number, ground: number, size: number): string {
  const green = paint.pick(['#4d6a3a', '#5c7a3f', '#3f5c39', '#75803c', '#8a7a34']);
  const crown = Array.from({ length: 13 }, () => {
    const [dx, dy] = [paint.between(-0.48, 0.48) * size, paint.between(-1.15, -0.45) * size];
    return `<circle cx="${(x + dx).toFixed(0)}" cy="${(ground + dy).toFixed(0)}" r="${(size * paint.between(0.17, 0.3)).toFixed(0)}"/>`;
  }).join('');
  const lit = Array.from({ length: 8 }, () => {
    const [dx, dy] = [paint.between(-0.46, 0.3) * size, paint.between(-1.2, -0.6) * size];
    return `<circle cx="${(x + dx).toFixed(0)}" cy="${(ground + dy).toFixed(0)}" r="${(size * paint.between(0.06, 0.15)).toFixed(0)}"/>`;
  }).join('');
  const dusk = `<ellipse cx="${x.toFixed(0)}" cy="${(ground - size * 0.42).toFixed(0)}" rx="${(size * 0.56).toFixed(0)}" ry="${(size * 0.2).toFixed(0)}" fill="#10190c" opacity=".35"/>`;
  return `<path d="M${x - size * 0.05} ${ground}L${x - size * 0.03} ${ground - size * 0.7}h${size * 0.07}L${x + size * 0.06} ${ground}z" fill="#4b3b2c"/><g fill="${green}">${crown}</g>${dusk}<g fill="#c3c47a" opacity=".3">${lit}</g>`;
}

/** Grass, trees and sky; `path` draws a gravel way up to the trees. */
export function park(paint: Paint, { path = true } = {}): string {
  const far = Array.from({ length: 16 }, (_, i) =>
    tree(paint, i * 84 - 30 + paint.between(-20, 20), 372, paint.between(110, 190)),
  ).join('');
  const rustle = paint.frayed(44, 0.025);
  const near = [paint.between(20, 180), paint.between(960, 1160)]
    .map((x) => `<g filter="${rustle}">${tree(paint, x, 440, paint.between(280, 340))}</g>`)
    .join('');
  const way = `<path d="M520 372C500 470 380 640 130 900H830C720 660 590 480 560 372z" fill="#b8a98a"/><path d="M520 372C500 470 380 640 130 900H830C720 660 590 480 560 372z" fill="#b8a98a" filter="${paint.rough('#d8c9a8', '.12 .3', 2.6, 54)}" opacity=".7"/>`;
  return `<rect width="1200" height="400" fill="${paint.fade([[0, paint.light.sky[0]], [1, paint.light.sky[1]]])}"/><path d="M-40 150q120-60 250-10 130-50 240 20H-40zM640 110q140-50 260 0 130-40 340 30H640z" fill="#fff" opacity=".3" filter="${paint.blurred(16)}"/>${far}<rect y="368" width="1200" height="532" fill="#6d8546"/><rect y="368" width="1200" height="532" fill="#6d8546" filter="${paint.rough('#7f9a50', '.1 .34', 2.6, 58)}" opacity=".7"/><rect y="366" width="1200" height="60" fill="${paint.fade([[0, '#1d2a18', 0.7], [1, '#1d2a18', 0]])}"/>${path ? way : ''}${near}`; // prettier-ignore
}
