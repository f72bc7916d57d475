// Pictures taken close to a wall: what was sprayed and pasted on it.

import { wall } from './backdrops.ts';
import type { Paint, Scene } from './kit.ts';

/** A tag that says nothing: loops and strokes as of a quick hand. */
function tag(paint: Paint, x: number, y: number, size: number, color: string, width: number): string {
  let d = `M${x} ${y}`;
  const letters = 5 + Math.floor(paint.chance() * 3);
  for (let i = 0; i < letters; i++) {
    const [w, h] = [size * paint.between(0.5, 0.9), size * paint.between(0.8, 1.5)];
    d += `c${(w * 0.1).toFixed(0)} ${(-h).toFixed(0)} ${(w * 0.8).toFixed(0)} ${(-h * 0.9).toFixed(0)} ${(w * 0.5).toFixed(0)} ${(h * paint.between(0.1, 0.5)).toFixed(0)}s${(w * 0.2).toFixed(0)} ${(-h * 0.3).toFixed(0)} ${(w * 0.6).toFixed(0)} ${(-h * paint.between(0.05, 0.4)).toFixed(0)}`;
  }
  d += `q${-size * 2} ${size * 0.9} ${-size * 4} ${size * 0.7}`;
  const drips = Array.from(
    { length: 7 },
    () =>
      `M${(x + paint.between(0.3, 2.4) * size).toFixed(0)} ${(y + paint.between(-0.1, 0.4) * size).toFixed(0)}v${paint.between(30, 130)}`,
  ).join('');
  return `<path d="${d}" stroke="${color}" stroke-width="${width * 2.2}" opacity=".22" fill="none" stroke-linejoin="round" stroke-linecap="round" filter="${paint.blurred(9)}"/><path d="${d}" stroke="${color}" stroke-width="${width}" fill="none" stroke-linejoin="round" stroke-linecap="round"/><path d="${drips}" stroke="${color}" stroke-width="${width * 0.22}" opacity=".9" stroke-linecap="round"/>`;
}

function bubbles(paint: Paint): string {
  const fill = paint.fade([[0, '#f2c14a'], [0.5, '#e86f51'], [1, '#b8327a']]); // prettier-ignore
  const letter = (x: number, turn: number, shape: string) =>
    `<g transform="translate(${x} 420) rotate(${turn})"><path d="${shape}" fill="none" stroke="#14202b" stroke-width="52" stroke-linejoin="round"/><path d="${shape}" fill="${fill}" stroke="#f4f4ee" stroke-width="20" stroke-linejoin="round"/></g>`;
  return `${letter(250, -8, 'M-90 150V-140q110-50 150 20t-30 110q90 30 60 110T-90 150zM-20-70v60q50-10 40-40t-40-20zM-20 50v50q60 0 54-30T-20 50z')}${letter(520, 5, 'M-90-130q50-30 80 10l20 110 40-120q40-20 70 10L40 150q-50 20-80-10z')}${letter(800, -5, 'M-100 0q0-160 110-160t110 160-110 160T-100 0zM-20 0q0 70 30 70t30-70-30-70-30 70z')}<path d="M130 640q400 60 820-20" stroke="#7fd3d8" stroke-width="16" fill="none" stroke-linecap="round"/><g fill="#f4f4ee"><circle cx="1010" cy="250" r="16"/><circle cx="1050" cy="310" r="9"/><circle cx="120" cy="230" r="12"/></g>`;
}

function shutter(paint: Paint): string {
  const slats = paint.pattern(
    1200,
    44,
    `<rect width="1200" height="44" fill="#8d979b"/><rect width="1200" height="10" fill="#c3cbce"/><rect y="34" width="1200" height="10" fill="#566065"/>`,
  );
  return `${wall(paint, '#c9bfa9')}<path d="M90 70H1110V770H90z" fill="#2b3134"/><path d="M120 100H1080V770H120z" fill="${slats}"/><path d="M120 100H1080V180H120z" fill="#0f1416" opacity=".35"/>${tag(paint, 220, 520, 150, '#1d3fae', 30)}${tag(paint, 480, 300, 70, '#c9307a', 15)}`;
}

function posters(paint: Paint): string {
  const one = (x: number, y: number, turn: number, color: string) =>
    `<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M-108-150H108V150H40L-20 138-108 150z" fill="#14181a" opacity=".4" transform="translate(9 11)"/><path d="M-108-150H108V150H40L-20 138-108 150z" fill="${color}"/><circle cx="0" cy="-50" r="60" fill="#fff" opacity=".75"/><path d="M-80 50H80M-80 84H50M-80 114H20" stroke="#17222a" stroke-width="17" opacity=".8"/><path d="M108-150l-60 4 60 70z" fill="#e9e2d2"/></g>`;
  const torn = `<g filter="${paint.frayed(22, 0.05)}"><path d="M860 190h190v240l-90-30-60 60-40-20z" fill="#e6dfcf"/><path d="M880 210h150v90H880z" fill="#48748f"/></g>`;
  return (
    one(230, 300, -4, '#e8b23c') +
    one(470, 330, 3, '#d4523c') +
    one(700, 290, -2, '#3f8f84') +
    one(250, 560, 5, '#d4523c') +
    one(520, 580, -6, '#e8b23c') +
    torn
  );
}

const scene = (subject: string, kinds: string[], en: string, cy: string, draw: Scene['draw']): Scene => ({
  subject,
  kinds,
  alt: { en, cy },
  draw,
});

export const WALL_SCENES: Scene[] = [
  scene('graffiti-tag', ['graffiti'], 'Black and red tags sprayed over a brick wall', 'Tagiau du a choch wedi’u chwistrellu dros wal frics', (p) => wall(p) + tag(p, 150, 420, 190, '#15181b', 36) + tag(p, 520, 620, 90, '#a8241f', 18)),
  scene('graffiti-letters', ['graffiti'], 'Large coloured letters sprayed on a wall', 'Llythrennau mawr lliwgar wedi’u chwistrellu ar wal', (p) => wall(p) + bubbles(p)),
  scene('graffiti-shutter', ['graffiti'], 'A shop shutter with blue and pink graffiti', 'Caead siop â graffiti glas a phinc', (p) => shutter(p)),
  scene('fly-posters', ['fly_posting', 'graffiti'], 'Posters pasted on a wall, some half torn off', 'Posteri wedi’u gludo ar wal, rhai wedi’u hanner rhwygo', (p) => wall(p) + posters(p)),
]; // prettier-ignore
