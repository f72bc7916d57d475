/** The one place that touches Leaflet's map. Loaded by Map.svelte when the page is awake, and not before. */
import './leaflet.css';
import * as L from 'leaflet';
import { getLocale } from '@folkmoot/words';
import { readBase } from './base.ts';
import type { BaseMap } from './base.ts';
import { PaintedLayer } from './layer.ts';
import { Marks } from './marks.ts';
import type { Mark } from './marks.ts';
import { Pin } from './pin.ts';
import type { Place } from './pin.ts';

export type Bounds = [west: number, south: number, east: number, north: number];
export type Moved = { bounds: Bounds; centre: Place; zoom: number };
export type Tiles = { url: string; attribution: string; maxZoom?: number };

export type MapSetup = {
  centre: Place;
  zoom: number;
  bounds?: Bounds;
  limits?: Bounds;
  minZoom: number;
  maxZoom: number;
  base?: string;
  tiles?: Tiles;
  ward?: string;
  cluster: boolean;
  pinnable: boolean;
  pinHelp: string;
  onmove?: (moved: Moved) => void;
  onmark?: (mark: Mark) => boolean | undefined;
  onpin?: (place: Place) => void;
};

export type LiveMap = {
  marks(marks: Mark[], selected: string | number | null): void;
  pin(place: Place | null): void;
  look(centre: Place, zoom?: number): void;
  fit(bounds: Bounds): void;
  closer(): void;
  further(): void;
  destroy(): void;
};

const drawings = new Map<string, Promise<BaseMap>>();

/** Fetches a base map once, however many maps a person looks at. */
function fetchBase(url: string): Promise<BaseMap> {
  let found = drawings.get(url);
  if (!found) {
    found = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`The base map answered ${response.status}`);
      return response.json() as Promise<BaseMap>;
    });
    found.catch(() => drawings.delete(url));
    drawings.set(url, found);
  }
  return found;
}

const toBounds = ([west, south, east, north]: Bounds): L.LatLngBoundsExpression => [
  [south, west],
  [north, east],
];

/** Paints again when the day turns to night, on the device or by the page's own switch. */
function watchLook(layer: PaintedLayer): () => void {
  const night = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const again = () => layer.relook();
  night.addEventListener('change', again);
  contrast.addEventListener('change', again);
  const page = new MutationObserver(again);
  page.observe(document.documentElement, { attributeFilter: ['data-theme', 'style', 'class'] });
  void document.fonts?.ready.then(again);
  return () => {
    night.removeEventListener('change', again);
    contrast.removeEventListener('change', again);
    page.disconnect();
  };
}

async function addGround(map: L.Map, setup: MapSetup): Promise<() => void> {
  if (setup.tiles) {
    const { url, attribution, maxZoom } = setup.tiles;
    L.tileLayer(url, { attribution, maxNativeZoom: maxZoom, maxZoom: setup.maxZoom }).addTo(map);
    return () => undefined;
  }
  if (!setup.base) return () => undefined;
  const layer = new PaintedLayer(readBase(await fetchBase(setup.base)), {
    ward: setup.ward,
    language: getLocale(),
  });
  layer.addTo(map);
  return watchLook(layer);
}

/** Makes a map in an empty element. Rejects when the base map cannot be fetched. */
export async function createMap(element: HTMLElement, setup: MapSetup): Promise<LiveMap> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: Boolean(setup.tiles),
    minZoom: setup.minZoom,
    maxZoom: setup.maxZoom,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    zoomSnap: 0.5,
    maxBounds: setup.limits && L.latLngBounds(toBounds(setup.limits) as L.LatLngBoundsLiteral).pad(0.2),
  });
  map.attributionControl?.setPrefix(false);
  map.setView([setup.centre.lat, setup.centre.lon], setup.zoom, { animate: false });
  if (setup.bounds) map.fitBounds(toBounds(setup.bounds), { animate: false });
  let leave: () => void;
  try {
    leave = await addGround(map, setup);
  } catch (error) {
    map.remove();
    throw error;
  }
  const marks = new Marks(map, setup);
  const pin = setup.pinnable ? new Pin(map, (place) => setup.onpin?.(place), setup.pinHelp) : undefined;
  const resized = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  resized.observe(element);
  const tell = () => {
    const box = map.getBounds();
    const { lat, lng } = map.getCenter();
    setup.onmove?.({
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
      centre: { lat, lon: lng },
      zoom: map.getZoom(),
    });
  };
  map.on('moveend', tell);
  // The first window, too: the page asks for what lies in it.
  tell();
  return {
    marks: (list, selected) => marks.set(list, selected),
    pin: (place) => pin?.put(place),
    look: ({ lat, lon }, zoom) => void map.setView([lat, lon], zoom ?? map.getZoom(), { animate: !still }),
    fit: (bounds) => void map.fitBounds(toBounds(bounds), { animate: !still }),
    closer: () => void map.zoomIn(),
    further: () => void map.zoomOut(),
    destroy() {
      resized.disconnect();
      leave();
      map.remove();
    },
  };
}
