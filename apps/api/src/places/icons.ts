/** The town's sign on a tab and on a phone's first screen: its crest in its own colour, as SVG and as pictures. */
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import type { Places } from './index.ts';

const SIZES = new Set([32, 180, 192, 512]);
const KEPT_MS = 60_000;
/** the lightness of solid colours by day, as in tokens.css */
const LIGHTNESS = 0.41;

/** OKLCH → sRGB, for those that draw SVG and do not know it. Source: Björn Ottosson, "A perceptual color space", 2020. */
export function hexOf(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const channel = (value: number): string => {
    const clipped = Math.min(1, Math.max(0, value));
    const gamma = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${linear.map(channel).join('')}`;
}

/** the crest: what is filled, and what is drawn on it, on a ground of 48 */
export const SHIELD = 'M4 3h40v22c0 10.5-8 17-20 21C12 42 4 35.5 4 25z';
export const BRIDGE =
  'M8.5 17.5c5-3 10-4.5 15.5-4.5s10.5 1.5 15.5 4.5M11 25.5v-2a3.7 3.7 0 0 1 7.4 0v2m1.9 0v-3.3a3.7 3.7 0 0 1 7.4 0v3.3m1.9 0v-2a3.7 3.7 0 0 1 7.4 0v2M10 31.5c2.8 2 4.7 2 7 .4 2.3-1.6 4.7-1.6 7 0s4.7 1.6 7 0c2.3-1.6 4.2-1.6 7 .4M16.5 37.7c2.5 1.5 5 1.5 7.5 0s5-1.5 7.5 0';

/** @param ground leaves room round the shield: phones cut icons to their own shape */
function crest(colour: string, ground: boolean): string {
  const box = ground ? '-12 -12 72 72' : '0 0 48 48';
  const back = ground ? '<path fill="#fafbf8" d="M-12-12h72v72h-72z"/>' : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${back}<path fill="${colour}" d="${SHIELD}"/><path fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round" stroke-width="2.6" d="${BRIDGE}"/></svg>`;
}

/** The council's own crest as it stands in a drawing; null where it has none. */
export async function crestIn(house: Pick<House, 'files' | 'place'>): Promise<string | null> {
  const { crest: name } = house.place();
  if (!name || !(await house.files.has(name))) return null;
  return `data:image/png;base64,${(await readFile(house.files.pathOf(name))).toString('base64')}`;
}

const pictured = (data: string, ground: boolean): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${ground ? '-12 -12 72 72' : '0 0 48 48'}">${
    ground ? '<path fill="#fafbf8" d="M-12-12h72v72h-72z"/>' : ''
  }<image width="48" height="48" href="${data}"/></svg>`;

export function mountIcons(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const drawn = sharedFor<Buffer>(KEPT_MS, 20);
  const svg = async (ground: boolean) => {
    const own = await crestIn(house);
    return own ? pictured(own, ground) : crest(colour(), ground);
  };
  const colour = () => {
    const { hue, chroma } = places.facts();
    return hexOf(LIGHTNESS, chroma, hue);
  };

  app.get('/api/v1/place/icon.svg', async (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('image/svg+xml')
      .send(await svg(false)),
  );

  app.get<{ Params: { size: string } }>('/api/v1/place/icon-:size.png', async ({ params }, reply) => {
    const size = Number(params.size);
    if (!SIZES.has(size)) throw new Refused('not_found', 404);
    const picture = await drawn(`${places.facts().crest ?? colour()} ${size}`, async () =>
      sharp(Buffer.from(await svg(true)), { density: 300 })
        .resize(size, size)
        .png()
        .toBuffer(),
    );
    return reply.header('cache-control', 'public, max-age=3600').type('image/png').send(picture);
  });
}
