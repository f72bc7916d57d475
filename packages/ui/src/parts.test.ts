import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { figureScale, figuresFor } from './figures.ts';
import { formObject } from './form-data.ts';
import { gather, ringParts } from './map/cluster.ts';
import { pixels, readBase, visible, worldX, worldY } from './map/base.ts';
import { along, broken, stretches } from './map/letters.ts';
import { pageLinks } from './pages.ts';
import { drawAreas, roomiest } from './ward-map.ts';
import { steps } from './ward-steps.ts';

describe('figures', () => {
  test.each([
    [34, 100, 1],
    [1932, 97, 20],
    [1932, 39, 50],
    [3000, 60, 50],
    [60_000, 60, 1000],
  ])('%i people in %i places: one figure is %i people', (people, places, scale) => {
    expect(figureScale(people, places)).toBe(scale);
  });

  test('always fit in their places, and never hide anybody', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1, max: 300 }),
        (people, places) => {
          const figures = figuresFor(people, figureScale(people, places));
          expect(figures).toBeGreaterThanOrEqual(1);
          expect(figures).toBeLessThanOrEqual(places);
        },
      ),
    );
    expect(figuresFor(0, 1)).toBe(0);
  });
});

describe('a form becomes the object that its endpoint expects', () => {
  const form = (...pairs: [string, string][]) => formObject(new URLSearchParams(pairs));

  test('texts, lists and things in things', () => {
    expect(
      form(
        ['name', 'Aled'],
        ['topics[]', 'buses'],
        ['topics[]', 'roads'],
        ['where.lat', '51.8'],
        ['empty', ''],
      ),
    ).toEqual({ name: 'Aled', topics: ['buses', 'roads'], where: { lat: '51.8' }, empty: '' });
  });

  test('a list of one is a list', () => {
    expect(form(['topics[]', 'buses'])).toEqual({ topics: ['buses'] });
  });

  test('nobody reaches the object’s own makings through a name', () => {
    form(['__proto__.admin', 'yes'], ['constructor.prototype.admin', 'yes']);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('files go another way', () => {
    const data = new FormData();
    data.set('photo', new File(['x'], 'hole.jpg'));
    data.set('text', 'A hole');
    expect(formObject(data)).toEqual({ text: 'A hole' });
  });
});

test.each([
  [1, 3, [1, 2, 3]],
  [1, 20, [1, 2, 3, 4, 5, null, 20]],
  [10, 20, [1, null, 9, 10, 11, null, 20]],
  [20, 20, [1, null, 16, 17, 18, 19, 20]],
])('on page %i of %i the links are %j', (page, pages, links) => {
  expect(pageLinks(page, pages)).toEqual(links);
});

test('never more than seven links, and this page is always one of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (a, b) => {
      const [page, pages] = [Math.min(a, b), Math.max(a, b)];
      const links = pageLinks(page, pages);
      expect(links.length).toBeLessThanOrEqual(7);
      expect(links).toContain(page);
    }),
  );
});

describe('marks on the map', () => {
  const spot = (id: number, x: number, y: number) => ({ id, x, y, group: 'new' as const, count: 1 });

  test('stand together when they would overlap, across the grid’s edges too', () => {
    const found = gather([spot(1, 47, 47), spot(2, 49, 49), spot(3, 300, 300)], 48);
    expect(found.map((one) => one.count)).toEqual([2, 1]);
  });

  test('none is lost, and no two groups are nearer than a mark is wide', () => {
    const point = fc.record({
      x: fc.double({ min: 0, max: 2000, noNaN: true }),
      y: fc.double({ min: 0, max: 2000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 200 }), (points) => {
        const groups = gather(
          points.map(({ x, y }, i) => spot(i, x, y)),
          48,
        );
        expect(groups.flatMap((one) => one.members)).toHaveLength(points.length);
        for (const [i, one] of groups.entries())
          for (const other of groups.slice(i + 1))
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(48);
      }),
    );
  });

  test('a ring shows each state’s share in the order of the work', () => {
    expect(ringParts({ done: 1, new: 3 }, ['new', 'check', 'done'])).toBe(
      'var(--st-new) 0% 75%, var(--st-done) 75% 100%',
    );
  });
});

describe('the drawn town', () => {
  const parts = readBase({
    features: [
      { properties: { layer: 'road', class: 'main' }, geometry: { type: 'LineString', coordinates: [[-3, 51.8], [-2.9, 51.9]] } },
      { properties: { layer: 'tree', minZoom: 14 }, geometry: { type: 'MultiPoint', coordinates: [[-3, 51.8], [-2.9, 51.8]] } },
      { properties: { layer: 'water' }, geometry: { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] } },
    ],
  }); // prettier-ignore

  test('is taken apart into lines, dots and rings', () => {
    expect(parts.map((part) => [part.properties.layer, part.line.length])).toEqual([
      ['road', 4],
      ['tree', 2],
      ['tree', 2],
      ['water', 8],
    ]);
  });

  test('shows what lies in the window, from the zoom on that it is meant for', () => {
    const scale = 256 * 2 ** 12;
    const view = {
      left: worldX(-3) * scale - 50,
      top: worldY(51.8) * scale - 50,
      width: 100,
      height: 100,
      zoom: 12,
      scale,
    };
    expect(visible(parts, view).map((part) => part.properties.layer)).toEqual(['road']);
    const [x, y] = pixels(parts[0]!, view);
    expect([Math.round(x!), Math.round(y!)]).toEqual([50, 50]);
    expect(visible(parts, { ...view, zoom: 14 }).map((part) => part.properties.layer)).toEqual([
      'road',
      'tree',
    ]);
  });

  test('a name rides along its street, and not round a corner', () => {
    const straight = along([0, 0, 200, 0], 10, [20, 20, 20], ['a', 'b', 'c']);
    expect(straight?.map(({ x, y, angle }) => [x, y, angle])).toEqual([[20, 0, 0], [40, 0, 0], [60, 0, 0]]); // prettier-ignore
    expect(along([0, 0, 30, 0, 30, 200], 10, [20, 20, 20], ['a', 'b', 'c'])).toBeNull();
    expect(along([0, 0, 30, 0], 10, [20, 20, 20], ['a', 'b', 'c'])).toBeNull();
  });

  test('long names break near the middle, and streets at the window', () => {
    expect(broken('Castle Meadow Park')).toEqual(['Castle', 'Meadow Park']);
    expect(broken('Abbey')).toEqual(['Abbey']);
    expect(stretches(Float64Array.from([-50, 10, 10, 10, 50, 10, 500, 10]), 100, 100)).toEqual([
      [10, 10, 50, 10],
    ]);
  });
});

describe('ward maps', () => {
  test('put the name where there is room, also in a horseshoe', () => {
    const horseshoe: [number, number][] = [[0, 0], [100, 0], [100, 100], [60, 100], [60, 30], [40, 30], [40, 100], [0, 100]]; // prettier-ignore
    const [x, y] = roomiest(horseshoe);
    expect(x < 40 || x > 60 || y < 30).toBe(true);
  });

  test('keep the shape of the ground', () => {
    const square = { type: 'Polygon' as const, coordinates: [[[0, 60], [2, 60], [2, 61], [0, 61], [0, 60]]] }; // prettier-ignore
    const { height } = drawAreas([square], 1000);
    // At 60 degrees a degree of longitude is half as long as one of latitude.
    expect(height).toBeGreaterThan(980);
    expect(height).toBeLessThan(1030);
  });

  test('have five steps that reach the highest number', () => {
    expect(steps([47, 6, 31])).toEqual([10, 20, 30, 40, 50]);
    expect(steps([3])).toEqual([1, 2, 3, 4, 5]);
    expect(steps([1204])).toEqual([250, 500, 750, 1000, 1250]);
    expect(steps([])).toEqual([1, 2, 3, 4, 5]);
  });
});
