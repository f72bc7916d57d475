import { beforeAll, describe, expect, test } from 'vitest';
import { cropSvg, indexBaseMap, pixelInCrop } from './basemap.ts';
import type { BaseFeature, BaseMapIndex } from './basemap.ts';

const view = { lon: -3, lat: 51.84, widthPx: 600, heightPx: 400, zoom: 16 };
const north = 0.001;

const feature = (properties: BaseFeature['properties'], geometry: BaseFeature['geometry']): BaseFeature => ({
  type: 'Feature',
  properties,
  geometry,
});
const square = (lon: number, lat: number, size: number): [number, number][][] => [
  [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]],
]; // prettier-ignore

let index: BaseMapIndex;
beforeAll(() => {
  index = indexBaseMap({
    type: 'FeatureCollection',
    features: [
      feature({ layer: 'land' }, { type: 'Polygon', coordinates: square(-3.1, 51.8, 0.2) }),
      feature(
        { layer: 'park', name: 'Weir Fields' },
        { type: 'Polygon', coordinates: square(-3.001, 51.839, 0.0006) },
      ),
      feature(
        { layer: 'building', minZoom: 15 },
        { type: 'Polygon', coordinates: square(-2.999, 51.8405, 0.0002) },
      ),
      feature(
        { layer: 'building', minZoom: 15 },
        { type: 'Polygon', coordinates: square(-2.9, 51.8, 0.0002) },
      ),
      feature(
        { layer: 'road', class: 'main', name: 'Fish & Chip "Street"' },
        { type: 'LineString', coordinates: [[-3.01, 51.84 + north], [-2.99, 51.84 + north]] },
      ), // prettier-ignore
      feature(
        { layer: 'ward-edge', wards: ['AB01', 'AB02'] },
        { type: 'LineString', coordinates: [[-3.01, 51.838], [-2.99, 51.838]] },
      ), // prettier-ignore
      feature(
        { layer: 'label', class: 'park', name: 'Weir Fields', nameCy: 'Caeau’r Gored' },
        { type: 'Point', coordinates: [-3.0005, 51.8392] },
      ),
    ],
  });
});

describe('a still map on a page without JavaScript', () => {
  test('carries no script and no style, only the colours of the look', () => {
    const svg = cropSvg(index, view);
    expect(svg).not.toMatch(/<script|<style|style=|#[0-9a-f]{3,6}"/i);
    expect(svg).toContain('fill="var(--park)"');
    expect(svg).toContain('stroke="var(--road)"');
  });

  test('shows what is near and leaves out what is far', () => {
    const buildings = /<path fill="var\(--roof\)" d="([^"]*)"/.exec(cropSvg(index, view))?.[1] ?? '';
    expect(buildings.match(/M/g)).toHaveLength(1);
  });

  test('leaves houses out when the whole town is seen', () => {
    expect(cropSvg(index, { ...view, zoom: 14 })).not.toContain('var(--roof)');
  });

  test('stays inside its frame even where a shape is much larger', () => {
    const svg = cropSvg(index, view);
    const starts = [...svg.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)].map((found) => [
      Number(found[1]),
      Number(found[2]),
    ]);
    expect(starts.length).toBeGreaterThan(3);
    for (const [x, y] of starts) {
      expect(x).toBeGreaterThan(-2_000);
      expect(x).toBeLessThan(2_600);
      expect(y).toBeGreaterThan(-100);
      expect(y).toBeLessThan(500);
    }
  });

  test('writes street names safely and park names in the reader’s language', () => {
    expect(cropSvg(index, view)).toContain('Fish &amp; Chip &quot;Street&quot;');
    expect(cropSvg(index, { ...view, lang: 'cy' })).toMatch(/Caeau’r.*Gored/);
    expect(cropSvg(index, { ...view, labels: false })).not.toContain('<text');
  });

  test('draws my ward’s edge solid and the others dotted', () => {
    const edge = /<path[^>]*stroke="var\(--accent\)"[^>]*>/;
    expect(edge.exec(cropSvg(index, view))?.[0]).toContain('stroke-dasharray');
    expect(edge.exec(cropSvg(index, { ...view, ward: 'AB02' }))?.[0]).not.toContain('stroke-dasharray');
  });

  test('is hidden from a screen reader unless it has a text of its own', () => {
    expect(cropSvg(index, view)).toContain('aria-hidden="true"');
    expect(cropSvg(index, { ...view, title: 'Map of Weir <Street>' })).toContain(
      'aria-label="Map of Weir &lt;Street>"',
    );
  });

  test('keeps the ids of two pictures on one page apart', () => {
    const ids = (id: string) =>
      [...cropSvg(index, { ...view, id }).matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
    expect(ids('one').length).toBeGreaterThan(0);
    expect(ids('one').some((name) => ids('two').includes(name))).toBe(false);
  });
});

describe('a pin over a still map', () => {
  test('stands in the middle for the place the picture was cut round', () => {
    const { x, y } = pixelInCrop(view, view);
    expect(x).toBeCloseTo(300, 6);
    expect(y).toBeCloseTo(200, 6);
  });

  test('moves east and north with its place', () => {
    const { x, y } = pixelInCrop(view, { lon: view.lon + 0.001, lat: view.lat + 0.001 });
    expect(x).toBeCloseTo(300 + (256 * 2 ** 16) / 360_000, 3);
    expect(y).toBeLessThan(200);
  });
});

describe('a still map of the ends of the world', () => {
  test.each([90, -90, 89.999])('is drawn, and empty, at %d degrees', (lat) => {
    const drawn = cropSvg(index, { ...view, lat });
    expect(drawn).toContain('</svg>');
    expect(drawn).not.toContain('<path');
  });
});
