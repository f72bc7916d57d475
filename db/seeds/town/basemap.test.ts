import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BaseMap } from '@folkmoot/core/places/basemap';
import { baseMap, overviewMap } from './basemap.ts';
import { toRiver } from './land.ts';
import { toMetres } from './projection.ts';
import { cropSvg } from './svg.ts';
import { town } from './index.ts';

const zipped = (value: unknown) => gzipSync(JSON.stringify(value)).length;
let map: BaseMap;
beforeAll(() => {
  map = baseMap();
});

describe('the base map on a phone', () => {
  test('weighs little, and its overview far less', () => {
    expect(zipped(map)).toBeLessThan(250_000);
    expect(zipped(overviewMap())).toBeLessThan(40_000);
  });

  test('shows every street of the town by name', () => {
    const drawn = new Set(
      map.features.filter((f) => f.properties.layer === 'road').map((f) => f.properties.name),
    );
    for (const street of town().streets) expect(drawn, street.name).toContain(street.name);
  });

  test('has thousands of roofs, none of them in the river', () => {
    let roofs = 0;
    for (const { properties, geometry } of map.features) {
      if (properties.layer !== 'building' || geometry.type !== 'MultiPolygon') continue;
      for (const [ring] of geometry.coordinates) {
        roofs++;
        for (const corner of ring!) expect(toRiver(toMetres(corner))).toBeGreaterThan(0);
      }
    }
    expect(roofs).toBeGreaterThan(3_000);
  });

  test('has rings that close', () => {
    for (const { geometry } of map.features) {
      const rings =
        geometry.type === 'Polygon'
          ? geometry.coordinates
          : geometry.type === 'MultiPolygon'
            ? geometry.coordinates.flat()
            : [];
      for (const ring of rings) expect(ring[0]).toEqual(ring[ring.length - 1]);
    }
  });

  test('draws every ward boundary once', () => {
    const edges = map.features
      .filter((f) => f.properties.layer === 'ward-edge')
      .map((f) => f.properties.wards!.join());
    expect(edges.every((wards) => wards.split(',').length <= 2)).toBe(true);
    expect(new Set(edges.join().split(',')).size).toBe(12);
  });
});

describe('the picture beside a report by the baker’s', () => {
  test('names the street and the fields behind it', () => {
    const baker = town().places.find((place) => place.name.en.startsWith('The baker'))!;
    const svg = cropSvg({ lon: baker.lon, lat: baker.lat, widthPx: 760, heightPx: 568, zoom: 17 });
    expect(svg).toContain('>Weir Street<');
    expect(svg).toContain('var(--water)');
    expect(svg.length).toBeLessThan(60_000);
  });
});
