/** Places: where things are, and whose it is there. Held in memory, read again after an import. */
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Db } from '@folkmoot/db/client';
import { bankHolidays } from '@folkmoot/db/schema/places';
import type { Clock } from '../kit/house.ts';
import { type Area, type Atlas, type Body, readAtlas } from './atlas.ts';
import { type PlaceFacts, readFacts } from './facts.ts';
import { addWorkingDays } from '@folkmoot/core/places/days';

export type { Area, Body } from './atlas.ts';
export { BadImport, importAreas, readAreas } from './import/areas.ts';
export { importMap, readMap } from './import/map.ts';
export { importPostcodes, importStreets } from './import/tables.ts';
export { settingAs } from './facts.ts';
export { mountFinding } from './finding.routes.ts';
export { BRIDGE, crestIn, hexOf, SHIELD } from './icons.ts';
export { mountPauses, pausedNow, readPauses } from './pauses.ts';
export { mountPlaces } from './routes.ts';

export type Here = { inside: boolean; ward: Area | null; bodies: Body[] };
export type Places = {
  at: (lon: number, lat: number) => Here;
  atlas: () => Atlas;
  bodies: () => Body[];
  facts: () => PlaceFacts;
  nearestStreet: (lon: number, lat: number) => Promise<string | null>;
  /** the day (`YYYY-MM-DD`) that lies so many working days after a moment */
  workingDayAfter: (from: Date, days: number) => string;
  /** reads everything again, after an import or a change of settings */
  refresh: () => Promise<void>;
};

export async function placesOf(db: Db, clock: Clock): Promise<Places> {
  let atlas: Atlas;
  let holidays = new Set<string>();
  let facts: PlaceFacts;
  const refresh = async () => {
    atlas = await readAtlas(db, clock().toISOString().slice(0, 10));
    holidays = new Set((await db.select({ day: bankHolidays.day }).from(bankHolidays)).map((row) => row.day));
    facts = await readFacts(db, atlas);
  };
  await refresh();
  return {
    atlas: () => atlas,
    facts: () => facts,
    refresh,
    bodies: () => [...atlas.bodies.values()],
    at: (lon, lat) => {
      const found = atlas.at(lon, lat);
      return {
        inside: found.length > 0,
        ward: found.find((area) => area.kind === 'ward') ?? null,
        bodies: atlas.bodiesAt(lon, lat),
      };
    },
    async nearestStreet(lon, lat) {
      const { rows } = await db.execute<{ name: string }>(
        sql`select name from streets where lat between ${lat - 0.004} and ${lat + 0.004} order by (lon - ${lon}) ^ 2 * 0.37 + (lat - ${lat}) ^ 2 limit 1`,
      );
      return rows[0]?.name ?? null;
    },
    workingDayAfter: (from, days) => addWorkingDays(from.toISOString().slice(0, 10), days, holidays),
  };
}
export type MountPlaces = (app: FastifyInstance, places: Places) => void;
