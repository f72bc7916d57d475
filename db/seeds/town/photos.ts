// Forty-odd photographs for the demo's reports, drawn, not taken: nobody's street, nobody's face.

import sharp from 'sharp';
import { GROUND_SCENES } from './photos/ground.ts';
import { Paint } from './photos/kit.ts';
import type { LightName, Scene } from './photos/kit.ts';
import { PARK_SCENES } from './photos/parks.ts';
import { nightLight, STREET_SCENES } from './photos/street.ts';
import { WALL_SCENES } from './photos/walls.ts';

export interface Photo {
  /** `pothole-day`, `full-bin-evening` … */
  id: string;
  subject: string;
  light: LightName;
  /** The kinds of report it fits, the best first: `pothole`, `drain`, `fly_tipping`, `street_light` … */
  kinds: string[];
  alt: { en: string; cy: string };
  /** 1200 by 900. */
  svg: string;
}

export interface RenderedPhoto extends Omit<Photo, 'svg'> {
  /** As a phone would send it. */
  jpeg: Buffer;
  width: number;
  height: number;
}

const SCENES: Scene[] = [...GROUND_SCENES, ...STREET_SCENES, ...WALL_SCENES, ...PARK_SCENES];

/** What light each subject is seen in; a subject without a line of its own is seen by day and under cloud. */
const LIGHTS: Record<string, LightName[]> = {
  'pothole': ['overcast', 'day', 'evening'],
  'broken-slab': ['day'],
  'raised-slab': ['overcast', 'evening'],
  'dog-mess': ['day'],
  'pothole-dry': ['overcast', 'day'],
  'blocked-drain': ['day'],
  'flooded-drain': ['overcast', 'evening'],
  'faded-crossing': ['overcast'],
  'graffiti-tag': ['overcast', 'day'],
  'graffiti-shutter': ['evening'],
  'broken-bench': ['day'],
  'sunken-manhole': ['overcast'],
  'road-puddle': ['overcast'],
  'weeds': ['day'],
  'litter': ['day', 'evening'],
  'fly-tip': ['day', 'overcast', 'evening'],
  'fly-tip-fridge': ['overcast', 'day'],
  'full-bin': ['day', 'evening'],
  'light-out': ['night', 'evening'],
  'bent-sign': ['day'],
  'hedge': ['day'],
  'bollard': ['overcast'],
  'bus-shelter': ['evening'],
  'bins-in-the-way': ['day'],
  'graffiti-letters': ['day'],
  'fly-posters': ['overcast'],
  'fallen-branch': ['day', 'evening'],
  'flooded-path': ['overcast', 'evening'],
  'broken-swing': ['day'],
  'bent-railings': ['overcast'],
}; // prettier-ignore

/** The welcome exception to darkness: lamps shine over what was painted before them. */
function draw(scene: Scene, light: LightName, seed: number, mirrored: boolean): string {
  const paint = new Paint(seed, light);
  const body = scene.draw(paint);
  const glow = scene.subject === 'light-out' ? nightLight(paint) : '';
  return paint.finish(body, { glow, mirrored });
}

/** All photos as SVG; the same every time. */
export function photos(): Photo[] {
  return SCENES.flatMap((scene, i) =>
    (LIGHTS[scene.subject] ?? ['day', 'overcast']).map((light, k) => ({
      id: `${scene.subject}-${light}`,
      subject: scene.subject,
      light,
      kinds: scene.kinds,
      alt: scene.alt,
      svg: draw(scene, light, 17 + i * 5 + k * 211, k % 2 === 1),
    })),
  );
}

export interface RenderOptions {
  /** Draw only these; all unless told. */
  only?: (photo: Photo) => boolean;
}

const [WIDTH, HEIGHT] = [1200, 900];
/** Noise filters cost by the pixel: drawn at two thirds and enlarged, a photo takes less than half the time. */
const DRAWN_AT = 2 / 3;

/** The grain of a small sensor, which also hides the enlarging. */
const grain = () =>
  sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 11 },
    },
  })
    .raw()
    .toBuffer();

/**
 * Draws the photos with librsvg, one after another, so that a starting server keeps some breath. The
 * pictures never change but for their grain: keep the result, by id.
 */
export async function renderPhotos({ only = () => true }: RenderOptions = {}): Promise<RenderedPhoto[]> {
  const noise = await grain();
  const out: RenderedPhoto[] = [];
  for (const { svg, ...photo } of photos().filter(only)) {
    const { data, info } = await sharp(Buffer.from(svg), { density: 72 * DRAWN_AT })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const large = await sharp(data, { raw: info }).removeAlpha().resize(WIDTH, HEIGHT).raw().toBuffer();
    const jpeg = await sharp(large, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .composite([{ input: noise, raw: { width: WIDTH, height: HEIGHT, channels: 3 }, blend: 'soft-light' }])
      .jpeg({ quality: 78 })
      .toBuffer();
    out.push({ ...photo, jpeg, width: WIDTH, height: HEIGHT });
  }
  return out;
}
