/**
 * The atlas: area rows in memory, so that "which ward is this in?" costs microseconds. A box index finds the few
 * areas whose box holds the point; even-odd ray casting decides. Boundaries change rarely; the atlas is read again
 * when an import says so.
 */
import Flatbush from 'flatbush';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { AreaKind } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import { areas } from '@folkmoot/db/schema/places';
import { organisationAreas, organisations } from '@folkmoot/db/schema/people';

export type Area = {
  id: string;
  kind: AreaKind;
  code: string;
  slug: string;
  name: { en: string; cy?: string };
  population: number | null;
  shape: number[][][][];
  bounds: Bounds;
};
export type Bounds = [west: number, south: number, east: number, north: number];
export type Body = {
  id: string;
  slug: string;
  kind: (typeof organisations.$inferSelect)['kind'];
  name: { en: string; cy?: string };
};

function boundsOf(shape: number[][][][]): Bounds {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of shape)
    for (const [x = 0, y = 0] of polygon[0] ?? []) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  return box;
}

/** Even-odd rule over all rings: holes and several polygons come out right by themselves. */
export function contains(shape: number[][][][], x: number, y: number): boolean {
  let inside = false;
  for (const polygon of shape)
    for (const ring of polygon)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi = 0, yi = 0] = ring[i]!;
        const [xj = 0, yj = 0] = ring[j]!;
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
  return inside;
}

export class Atlas {
  readonly all: Area[];
  readonly byId: ReadonlyMap<string, Area>;
  readonly bodies: ReadonlyMap<string, Body>;
  readonly covers: ReadonlyMap<string, readonly string[]>;
  /** organisations of which nobody said where they act: they act everywhere here */
  readonly #everywhere: readonly string[];
  readonly #index: Flatbush | null;

  /** @param pairs where somebody acts, by the kind and code of an area: they outlive a change of boundaries */
  constructor(
    all: Area[],
    bodies: Body[],
    pairs: Array<{ kind: AreaKind; code: string; organisationId: string }>,
  ) {
    this.all = all;
    this.byId = new Map(all.map((area) => [area.id, area]));
    this.bodies = new Map(bodies.map((body) => [body.id, body]));
    const covers = new Map<string, string[]>();
    const somewhere = new Set<string>();
    for (const { kind, code, organisationId } of pairs)
      for (const area of all)
        if (area.kind === kind && area.code === code) {
          covers.set(area.id, [...(covers.get(area.id) ?? []), organisationId]);
          somewhere.add(organisationId);
        }
    this.covers = covers;
    this.#everywhere = bodies
      .filter(({ id, kind }) => kind !== 'group' && !somewhere.has(id))
      .map(({ id }) => id);
    this.#index = all.length ? new Flatbush(all.length) : null;
    for (const area of all) this.#index?.add(...area.bounds);
    this.#index?.finish();
  }

  /** Every area that holds the point. */
  at(lon: number, lat: number): Area[] {
    const near = this.#index?.search(lon, lat, lon, lat) ?? [];
    return near.map((i) => this.all[i]!).filter((area) => contains(area.shape, lon, lat));
  }

  wardAt(lon: number, lat: number): Area | null {
    return this.at(lon, lat).find((area) => area.kind === 'ward') ?? null;
  }

  wards(): Area[] {
    return this.all.filter((area) => area.kind === 'ward');
  }

  /** The organisations that cover a point. */
  bodiesAt(lon: number, lat: number): Body[] {
    const here = this.at(lon, lat);
    const ids = new Set(here.flatMap((area) => this.covers.get(area.id) ?? []));
    if (here.length) for (const id of this.#everywhere) ids.add(id);
    return [...ids].map((id) => this.bodies.get(id)).filter((body) => body !== undefined);
  }
}

/** Reads the areas that are valid on a day. */
export async function readAtlas(db: Queryable, today: string): Promise<Atlas> {
  const rows = await db
    .select()
    .from(areas)
    .where(and(lte(areas.validFrom, today), or(isNull(areas.validTo), gt(areas.validTo, today))));
  const all = rows.map(({ id, kind, code, slug, name, population, shape }) => ({
    id,
    kind,
    code,
    slug,
    name: name as Area['name'],
    population,
    shape,
    bounds: boundsOf(shape),
  }));
  const bodies = await db.select().from(organisations).where(isNull(organisations.endedAt));
  const pairs = await db
    .selectDistinct({ kind: areas.kind, code: areas.code, organisationId: organisationAreas.organisationId })
    .from(organisationAreas)
    .innerJoin(areas, eq(areas.id, organisationAreas.areaId));
  return new Atlas(
    all,
    bodies.map(({ id, slug, kind, name }) => ({ id, slug, kind, name: name as Body['name'] })),
    pairs,
  );
}
