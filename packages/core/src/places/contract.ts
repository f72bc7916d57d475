import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { id, lang, lat, lon, words } from '../kit/shapes.ts';
import { ORGANISATION_KINDS } from '../people/plain.ts';
import { placeEndpoints as at } from './endpoints.ts';

const bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const wardBrief = z.object({ id, code: z.string(), slug: z.string(), name: words });

/** Something one can stand at: a postcode, a street, a place with a name, a coordinate, a report. */
const found = z.object({
  kind: z.enum(['postcode', 'street', 'place', 'point', 'report']),
  label: z.string(),
  /** "Weirside" or "near High Street": tells two of one name apart */
  detail: words.nullable(),
  lon: z.number(),
  lat: z.number(),
  report: z.number().nullable(),
});
export type FoundPlace = z.infer<typeof found>;

export const placeContracts = {
  readPlace: contract({
    endpoint: at.readPlace,
    access: 'public',
    summary: 'The place this site is for: names, colours, map, how to reach the council',
    answer: z.object({
      name: words,
      council: words,
      phone: z.string(),
      hours: words,
      address: words,
      hue: z.number(),
      chroma: z.number(),
      /** name of a file under `/files/`, square; null: the drawn bridge */
      crest: z.string().nullable(),
      bounds,
      centre: z.object({ lon: z.number(), lat: z.number() }),
      map: z.object({
        kind: z.enum(['geojson', 'tiles']),
        url: z.string(),
        overview: z.string().nullable(),
        attribution: words.nullable(),
      }),
      langs: z.array(lang),
      demo: z.boolean(),
      /** whether somebody of the council has read every page that it may not go live without; the demo always is */
      open: z.boolean(),
      source: z.string(),
      /** where somebody who found a hole in the site may write; empty where nobody is named */
      security: z.string(),
    }),
    refusals: [],
  }),
  findPlaces: contract({
    endpoint: at.findPlaces,
    access: 'public',
    summary: 'One box: postcode, street or place, coordinates, a report’s number',
    query: z.object({ q: z.string().trim().min(1).max(120), lang: lang.default('en') }),
    /** `outside`: a postcode or a point that this place does not reach */
    answer: z.object({ items: z.array(found).max(20), outside: z.boolean() }),
    refusals: [],
  }),
  readPoint: contract({
    endpoint: at.readPoint,
    access: 'public',
    summary: 'What is known of a point: ward, nearest street, who is responsible there',
    query: z.object({ lon, lat }),
    answer: z.object({
      inside: z.boolean(),
      ward: wardBrief.nullable(),
      street: z.string().nullable(),
      organisations: z.array(z.object({ id, kind: z.enum(ORGANISATION_KINDS), name: words })),
    }),
    refusals: [],
  }),
  listStreets: contract({
    endpoint: at.listStreets,
    access: 'public',
    summary: 'Streets by their first letters: the path without the map',
    query: z.object({
      /** one letter: streets that begin with it; more: streets that hold it */
      q: z.string().trim().max(80).default(''),
      street: id.optional(),
      page: z.coerce.number().int().min(1).max(100).default(1),
    }),
    answer: z.object({
      items: z.array(
        z.object({
          id,
          name: z.string(),
          ward: words.nullable(),
          lon: z.number(),
          lat: z.number(),
          /** where it meets other streets, in the order of walking along it */
          junctions: z.array(z.object({ name: z.string(), lon: z.number(), lat: z.number() })),
        }),
      ),
      pages: z.number(),
    }),
    refusals: [],
  }),
  listWards: contract({
    endpoint: at.listWards,
    access: 'public',
    summary: 'The wards of the place, with their shapes',
    query: z.object({ shapes: z.enum(['0', '1']).default('0') }),
    answer: z
      .array(
        wardBrief.extend({
          population: z.number().nullable(),
          shape: z.array(z.array(z.array(z.array(z.number())))).nullable(),
        }),
      )
      .max(300),
    refusals: [],
  }),
  readWard: contract({
    endpoint: at.readWard,
    access: 'public',
    summary: 'One ward, its councillors and its outline',
    params: z.object({ slug: z.string().max(80) }),
    answer: wardBrief.extend({
      population: z.number().nullable(),
      bounds,
      centre: z.object({ lon: z.number(), lat: z.number() }),
      councillors: z.array(z.object({ name: z.string() })).max(12),
    }),
    refusals: ['not_found'],
  }),
  drawCrop: contract({
    endpoint: at.drawCrop,
    access: 'public',
    summary: 'A small drawn map around a point, as SVG words to put into a page',
    query: z.object({
      lon,
      lat,
      width: z.coerce.number().int().min(100).max(1200).default(600),
      height: z.coerce.number().int().min(80).max(900).default(340),
      zoom: z.coerce.number().min(11).max(19).default(17),
      lang: lang.default('en'),
      /** the code of the ward whose edge is drawn solid */
      ward: z.string().max(20).optional(),
    }),
    answer: z.object({ svg: z.string() }),
    refusals: ['not_found'],
  }),
  readWater: contract({
    endpoint: at.readWater,
    access: 'public',
    summary:
      'Rivers and lakes of the drawn map, by which people find their way; none where the place has no drawn map',
    /** outer rings, WGS84 `[lon, lat]` */
    answer: z.array(z.array(z.array(z.number()).length(2)).max(20_000)).max(200),
    refusals: [],
  }),
} as const;
