// A paint box for photographs that were never taken: rough ground, weather, evening light. Everything is
// SVG that librsvg (sharp) and browsers draw alike; sizes are pixels of a picture of 1200 by 900.

import { stream } from '../geometry.ts';

export type LightName = 'day' | 'overcast' | 'evening' | 'night';

interface Light {
  sky: [string, string];
  /** The colour of light on stone. */
  lamp: string;
  /** The colour of tarmac in it. */
  tar: string;
  /** Laid over the whole picture, top and bottom: colour and strength. */
  wash: [string, number, string, number];
}

export const LIGHTS: Record<LightName, Light> = {
  day: {
    sky: ['#9cc3e0', '#dfe9ea'],
    lamp: '#d9d6cb',
    tar: '#8c8f8d',
    wash: ['#fff3d6', 0.1, '#1c2a33', 0.16],
  },
  overcast: {
    sky: ['#b9c1c5', '#dcdfdd'],
    lamp: '#c6cac8',
    tar: '#7f8385',
    wash: ['#5f6b72', 0.14, '#1d2022', 0.3],
  },
  evening: {
    sky: ['#6f86ab', '#f0b37c'],
    lamp: '#dcb493',
    tar: '#8d7b70',
    wash: ['#ff9a4a', 0.2, '#1a1830', 0.46],
  },
  night: {
    sky: ['#0c1424', '#1d2a3e'],
    lamp: '#8b93a3',
    tar: '#555d6b',
    wash: ['#060b18', 0.62, '#070a14', 0.6],
  },
};

/** What a scene paints with: its chance, its light, and the definitions it collects on the way. */
export class Paint {
  readonly chance: () => number;
  readonly light: Light;
  readonly night: boolean;
  readonly seed: number;
  private readonly defs: string[] = [];
  private count = 0;

  constructor(seed: number, light: LightName) {
    this.chance = stream(seed * 7919 + 13);
    this.seed = seed;
    this.light = LIGHTS[light];
    this.night = light === 'night';
  }

  between(low: number, high: number): number {
    return Math.round((low + (high - low) * this.chance()) * 10) / 10;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.chance() * list.length)]!;
  }

  private define(markup: (id: string) => string): string {
    const id = `d${this.count++}`;
    this.defs.push(markup(id));
    return `url(#${id})`;
  }

  /** A lit, rough surface in the shape of whatever it is put on. */
  rough(color: string, frequency: string, depth = 2, elevation = 54): string {
    return this.define(
      (id) =>
        `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="2" seed="${this.seed % 97}" result="n"/><feDiffuseLighting in="n" lighting-color="${color}" surfaceScale="${depth}" diffuseConstant="1.05" result="l"><feDistantLight azimuth="222" elevation="${elevation}"/></feDiffuseLighting><feComposite in="l" in2="SourceGraphic" operator="in"/></filter>`,
    );
  }

  /** Frays the edges of a shape by up to `scale` pixels. */
  frayed(scale: number, frequency = 0.04): string {
    return this.define(
      (id) =>
        `<filter id="${id}" x="-10%" y="-10%" width="120%" height="120%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="2" seed="${(this.seed * 3) % 89}"/><feDisplacementMap in="SourceGraphic" scale="${scale}" xChannelSelector="R" yChannelSelector="G"/></filter>`,
    );
  }

  blurred(radius: number): string {
    return this.define(
      (id) =>
        `<filter id="${id}" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="${radius}"/></filter>`,
    );
  }

  /** A gradient from top to bottom, or along x1 y1 x2 y2. */
  fade(stops: [number, string, number?][], line = 'x1="0" y1="0" x2="0" y2="1"'): string {
    return this.define((id) => `<linearGradient id="${id}" ${line}>${stopsOf(stops)}</linearGradient>`);
  }

  glow(stops: [number, string, number?][]): string {
    return this.define((id) => `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`);
  }

  pattern(width: number, height: number, body: string, transform = ''): string {
    return this.define(
      (id) =>
        `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse"${transform ? ` patternTransform="${transform}"` : ''}>${body}</pattern>`,
    );
  }

  /** A soft shadow on the ground. */
  shadow(x: number, y: number, rx: number, ry: number, strength = 0.5): string {
    const fill = this.glow([[0, '#0a0c10', strength], [0.6, '#0a0c10', strength * 0.55], [1, '#0a0c10', 0]]); // prettier-ignore
    return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
  }

  /** Some fallen leaves inside a box. */
  leaves(count: number, west: number, north: number, east: number, south: number): string {
    let out = '';
    for (let i = 0; i < count; i++) {
      const [x, y] = [this.between(west, east), this.between(north, south)];
      const size = (0.5 + (0.9 * (y - 300)) / 600) * this.between(0.7, 1.2);
      const color = this.pick(['#b8792c', '#94591f', '#a88b34', '#7c4a1e', '#c29a45']);
      out += `<path transform="translate(${x} ${y}) rotate(${this.between(0, 360)}) scale(${size.toFixed(2)} ${(size * 0.6).toFixed(2)})" d="M-26 0C-14-16 12-18 26 0 12 16-14 14-26 0zM-26 0h-10" fill="${color}" stroke="#4a2d12" stroke-width="2" stroke-opacity=".5"/>`;
    }
    return out;
  }

  /** The finished picture: light laid over, corners darkened, lamps lit; `mirrored` turns the scene. */
  finish(body: string, { glow = '', mirrored = false } = {}): string {
    const [top, topStrength, bottom, bottomStrength] = this.light.wash;
    const wash = this.fade([[0, top, topStrength], [0.5, bottom, bottomStrength * 0.25], [1, bottom, bottomStrength]]); // prettier-ignore
    const corners = this.glow([[0.55, '#05080a', 0], [1, '#05080a', 0.42]]); // prettier-ignore
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="1200" height="900"><defs>${this.defs.join('')}</defs>${mirrored ? `<g transform="matrix(-1 0 0 1 1200 0)">${body}</g>` : body}<rect width="1200" height="900" fill="${wash}"/><ellipse cx="600" cy="450" rx="860" ry="690" fill="${corners}"/>${glow}</svg>`;
  }
}

function stopsOf(stops: [number, string, number?][]): string {
  return stops
    .map(
      ([offset, color, opacity]) =>
        `<stop offset="${offset}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${Math.round(opacity * 1000) / 1000}"`}/>`,
    )
    .join('');
}

/** What a lamp adds to a night picture; laid over the finished darkness. */
export function lampLight(paint: Paint, x: number, y: number, radius: number, color = '#ffc873'): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${paint.glow([[0, color, 0.75], [0.25, color, 0.3], [1, color, 0]])}"/>`; // prettier-ignore
}

export interface Scene {
  /** The subject: `pothole`, `fly-tip` … */
  subject: string;
  /** Which kinds of report the picture fits. */
  kinds: string[];
  alt: { en: string; cy: string };
  draw: (paint: Paint) => string;
}
