/** The shapes that `<Map>` speaks in. The map itself is Map.svelte, which loads Leaflet when the page is awake. */
export type { Bounds, Moved, Tiles } from './map/map.ts';
export type { Mark } from './map/marks.ts';
export type { Place } from './map/pin.ts';
