import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { areaOf, inside } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { pointOnStreet, town } from './index.ts';
import type { Town } from './index.ts';

let place: Town;
beforeAll(() => {
  place = town();
});

const ringOf = (ward: Town['wards'][number]): Line => ward.geometry.coordinates[0]![0]!.slice(0, -1);
const wardsAt = (p: Point) => place.wards.filter((ward) => inside(p, ringOf(ward))).map((ward) => ward.code);
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('the wards of Anybridge', () => {
  test('together are the borough, with no gap and no overlap', () => {
    const wards = place.wards.map((ward) => areaOf(ringOf(ward)));
    expect(wards.every((area) => area > 0)).toBe(true);
    const borough = areaOf(place.borough.coordinates[0]![0]!.slice(0, -1));
    expect(wards.reduce((sum, area) => sum + area, 0)).toBeCloseTo(borough, 12);
  });

  test('share every inner boundary point for point', () => {
    const sides = new Map<string, number>();
    for (const ward of place.wards) {
      const ring = ward.geometry.coordinates[0]![0]!;
      for (let i = 1; i < ring.length; i++) {
        const side = `${ring[i - 1]!.join()} ${ring[i]!.join()}`;
        sides.set(side, (sides.get(side) ?? 0) + 1);
      }
    }
    const rim = new Set<string>();
    const outline = place.borough.coordinates[0]![0]!;
    for (let i = 1; i < outline.length; i++) rim.add(`${outline[i - 1]!.join()} ${outline[i]!.join()}`);
    for (const [side, times] of sides) {
      expect(times).toBe(1);
      const back = side.split(' ').reverse().join(' ');
      expect(sides.has(back) !== rim.has(side)).toBe(true);
    }
  });

  test('are twelve, with names in both languages and sixty thousand people', () => {
    expect(place.wards.map((ward) => ward.code)).toEqual(
      Array.from({ length: 12 }, (_, i) => `AB${String(i + 1).padStart(2, '0')}`),
    );
    expect(place.wards.every((ward) => ward.name.en && ward.name.cy)).toBe(true);
    expect(place.population).toBe(60_000);
  });
});

describe('a resident of Anybridge', () => {
  test('finds every postcode in exactly one ward, the one it names', () => {
    for (const { lon, lat, ward, code } of place.postcodes) expect(wardsAt([lon, lat]), code).toEqual([ward]);
  });

  test('finds every named place in exactly one ward, the one it names', () => {
    for (const { lon, lat, ward, name } of place.places) expect(wardsAt([lon, lat]), name.en).toEqual([ward]);
  });

  test('walks no street that leaves the wards it is listed under', () => {
    for (const street of place.streets) {
      for (let t = 0; t <= 1; t += 0.05) {
        const codes = wardsAt(pointOnStreet(street, t));
        expect(codes, `${street.name} at ${t}`).toHaveLength(1);
        expect(street.wards, street.name).toContain(codes[0]);
      }
    }
  });

  test('meets no two streets, postcodes or places of one name', () => {
    for (const names of [
      place.streets.map((street) => street.name),
      place.postcodes.map((postcode) => postcode.code),
      place.places.map((entry) => entry.name.en),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('knows the streets and parks by the names the town gave them', () => {
    const streets = place.streets.map((street) => street.name);
    for (const name of [
      'Weir Street',
      'Weir Walk',
      'Mill Lane',
      'High Street',
      'Quay Street',
      'Abbey Street',
    ]) {
      expect(streets).toContain(name);
    }
    const baker = place.places.find((entry) => entry.name.en === 'The baker’s on Weir Street');
    expect(baker?.ward).toBe('AB02');
  });

  test('finds both streets of a junction at the junction', () => {
    const ids = new Set(place.streets.map((street) => street.id));
    expect(place.junctions.length).toBeGreaterThan(400);
    for (const { streets, lon, lat, ward } of place.junctions) {
      expect(streets.every((id) => ids.has(id))).toBe(true);
      expect(wardsAt([lon, lat])).toEqual([ward]);
    }
  });
});

describe('the drawing of the town', () => {
  test('is the same every time', () => {
    expect(digest(town())).toBe(digest(place));
  });

  test('has the size of a real one', () => {
    expect(place.streets.length).toBeGreaterThanOrEqual(250);
    expect(place.streets.length).toBeLessThanOrEqual(350);
    expect(place.postcodes.length).toBeGreaterThan(1_300);
    expect(place.places.length).toBeGreaterThanOrEqual(40);
    const [west, south, east, north] = place.bounds;
    expect((east - west) * 68_780).toBeGreaterThan(5_500);
    expect((north - south) * 111_250).toBeGreaterThan(4_500);
  });
});
