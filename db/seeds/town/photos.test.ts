import { describe, expect, test } from 'vitest';
import { photos, renderPhotos } from './photos.ts';

const all = photos();

describe('the photos that come with demo reports', () => {
  test('are some forty, each with a name of its own and words in both languages', () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(new Set(all.map((photo) => photo.id)).size).toBe(all.length);
    for (const { alt, kinds, id } of all) {
      expect(alt.en.length, id).toBeGreaterThan(15);
      expect(alt.cy.length, id).toBeGreaterThan(15);
      expect(alt.en, id).not.toMatch(/^(photo|picture|image) of/i);
      expect(kinds.length, id).toBeGreaterThan(0);
    }
  });

  test('cover the things that people report most', () => {
    const kinds = new Set(all.flatMap((photo) => photo.kinds));
    for (const kind of [
      'pothole', 'drain', 'pavement', 'street_light', 'fly_tipping', 'bin', 'litter', 'graffiti', 'dog_mess',
      'abandoned_vehicle', 'road_marking', 'tree', 'hedge', 'path', 'flooding', 'bench', 'sign',
    ]) {
      expect(kinds, kind).toContain(kind);
    } // prettier-ignore
  });

  test('are drawn alike every time, in daylight and in the evening', () => {
    expect(photos()).toEqual(all);
    expect(new Set(all.map((photo) => photo.light))).toEqual(
      new Set(['day', 'overcast', 'evening', 'night']),
    );
  });

  test('reach outside for nothing', () => {
    for (const { svg, id } of all) {
      expect(svg, id).not.toMatch(/<script|<image|href=|NaN|undefined/);
      const used = [...svg.matchAll(/url\(#(d\d+)\)/g)].map((found) => found[1]);
      for (const name of used) expect(svg, id).toContain(`id="${name}"`);
    }
  });

  test('come out as photographs with something to see in them', async () => {
    const [photo] = await renderPhotos({ only: ({ id }) => id === 'graffiti-letters-day' });
    expect(photo).toMatchObject({ width: 1200, height: 900, kinds: ['graffiti'] });
    expect(photo!.jpeg.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(photo!.jpeg.length).toBeGreaterThan(40_000);
    expect(photo!.jpeg.length).toBeLessThan(400_000);
  });
});
