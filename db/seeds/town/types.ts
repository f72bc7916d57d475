// The shapes that the demo town is handed over in. Places are WGS84 degrees with six decimals.

import type { Point } from './geometry.ts';

/** `[lon, lat]`. */
export type Position = Point;

export interface Name {
  en: string;
  cy: string;
}

export interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: Position[][][];
}

export interface Ward {
  /** `AB01` to `AB12`. */
  code: string;
  name: Name;
  population: number;
  /** Outer rings only, closed, counter-clockwise; neighbours share the very same points. */
  geometry: MultiPolygon;
  /** Where the name is written. */
  label: { lon: number; lat: number };
}

export interface Street {
  /** `st-001` and up; stable as long as the drawing is. */
  id: string;
  name: string;
  class: 'main' | 'street' | 'lane' | 'path';
  /** One line, or more where the street leaves the borough and comes back. */
  lines: Position[][];
  /** Codes of the wards it runs through, the one with most of it first. */
  wards: string[];
  /** Metres inside the borough. */
  length: number;
}

export interface Postcode {
  /** `AY1 1AA`; the area AY is invented. */
  code: string;
  lon: number;
  lat: number;
  /** A ward's code. */
  ward: string;
  /** The street's name. */
  street: string;
}

export interface Place {
  name: Name;
  kind: string;
  lon: number;
  lat: number;
  ward: string;
  /** The street it stands on, where it stands on one. */
  street?: string;
}

export interface Junction {
  lon: number;
  lat: number;
  ward: string;
  /** The ids of the two streets that meet. */
  streets: [string, string];
}

export interface Town {
  name: Name;
  /** The borough's box: west, south, east, north. */
  bounds: [number, number, number, number];
  centre: { lon: number; lat: number };
  population: number;
  borough: MultiPolygon;
  wards: Ward[];
  streets: Street[];
  postcodes: Postcode[];
  places: Place[];
  junctions: Junction[];
}
