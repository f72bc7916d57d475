/** Importing streets and postcodes from CSV: a header line, then `name,lon,lat[,locality]` or `postcode,lon,lat`. */
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Db } from '@folkmoot/db/client';
import { postcodes, streets } from '@folkmoot/db/schema/places';
import { type Atlas, readAtlas } from '../atlas.ts';
import { BadImport } from './areas.ts';

type Line = Record<string, string>;
const BATCH = 1000;

function linesOf(text: string, needed: string[]): Line[] {
  let lines: Line[];
  try {
    lines = parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    }) as Line[];
  } catch (error) {
    throw new BadImport(`The file is not CSV: ${(error as Error).message}`);
  }
  const first = lines[0];
  if (!first) throw new BadImport('The file has no rows.');
  const missing = needed.filter((name) => !(name in first));
  if (missing.length)
    throw new BadImport(`The header lacks ${missing.join(', ')}; it has ${Object.keys(first).join(', ')}.`);
  return lines;
}

/** Row numbers are the ones a spreadsheet shows: the header is row 1. */
function pointOf(line: Line, at: number): { lon: number; lat: number } {
  const [lon, lat] = [Number(line['lon']), Number(line['lat'])];
  const good = line['lon'] && line['lat'] && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  if (!good)
    throw new BadImport(
      `Row ${at + 2}: “${line['lon']}, ${line['lat']}” is not longitude and latitude in degrees.`,
    );
  return { lon, lat };
}

const wardOf = (atlas: Atlas, { lon, lat }: { lon: number; lat: number }): string | null =>
  atlas.wardAt(lon, lat)?.id ?? null;

async function inBatches<T>(
  rows: T[],
  write: (some: T[]) => Promise<unknown>,
  say: (line: string) => void,
): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) {
    await write(rows.slice(at, at + BATCH));
    say(`${Math.min(at + BATCH, rows.length)} of ${rows.length} written`);
  }
}

/** Postcodes: new ones are added, known ones moved. The whole file or nothing. @returns how many */
export async function importPostcodes(
  db: Db,
  text: string,
  say: (line: string) => void = () => undefined,
): Promise<number> {
  const atlas = await readAtlas(db, new Date().toISOString().slice(0, 10));
  const lines = linesOf(text, ['postcode', 'lon', 'lat']);
  const byCode = new Map(
    lines.map((line, at) => {
      const point = pointOf(line, at);
      const code = canonicalPostcode(line['postcode'] ?? '');
      if (!/^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/.test(code))
        throw new BadImport(`Row ${at + 2}: “${line['postcode']}” is not a postcode.`);
      return [code, { code, ...point, wardId: wardOf(atlas, point) }];
    }),
  );
  await db.transaction((tx) =>
    inBatches(
      [...byCode.values()],
      (some) =>
        tx
          .insert(postcodes)
          .values(some)
          .onConflictDoUpdate({
            target: postcodes.code,
            set: { lon: sql`excluded.lon`, lat: sql`excluded.lat`, wardId: sql`excluded.ward_id` },
          }),
      say,
    ),
  );
  return byCode.size;
}

/** Streets as points (their middle). Replaces those imported before. The whole file or nothing. @returns how many */
export async function importStreets(
  db: Db,
  text: string,
  say: (line: string) => void = () => undefined,
): Promise<number> {
  const atlas = await readAtlas(db, new Date().toISOString().slice(0, 10));
  const rows = linesOf(text, ['name', 'lon', 'lat']).map((line, at) => {
    const point = pointOf(line, at);
    if (!line['name']) throw new BadImport(`Row ${at + 2}: the street has no name.`);
    return {
      name: line['name'],
      locality: line['locality'] || null,
      lines: [[[point.lon, point.lat]]],
      ...point,
      wardId: wardOf(atlas, point),
    };
  });
  await db.transaction(async (tx) => {
    await tx.delete(streets);
    await inBatches(rows, (some) => tx.insert(streets).values(some), say);
  });
  return rows.length;
}
