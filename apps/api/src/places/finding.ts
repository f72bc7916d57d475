/** One box that understands what people write of a place: coordinates, a report's number, a postcode, a name. */
import type { FoundPlace } from '@folkmoot/core/places/contract';
import { canonicalPostcode, postcodeForPeople } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import type { Places } from './index.ts';
import { type Named, placesNamed, postcodesLike, streetsNamed } from './store.ts';

export type Found = { items: FoundPlace[]; outside: boolean };
/** A report that everybody may see, by its number; null where there is none. */
export type ReportByNumber = (
  id: number,
) => Promise<{ id: number; title: string; lon: number; lat: number } | null>;
type Asked = { db: Queryable; places: Places; report: ReportByNumber; lang: 'en' | 'cy' };

const POINT = /^\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*\)?$/;
const NUMBER = /^#?\s*(\d{1,12})$/;
const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/;
const POSTCODE_BEGINS = /^[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]?)?$/;
const MOST = 12;

const nothing: Found = { items: [], outside: false };
const item = (it: Partial<FoundPlace> & Pick<FoundPlace, 'kind' | 'label' | 'lon' | 'lat'>): FoundPlace => ({
  detail: null,
  report: null,
  ...it,
});

/** `51.84, -3.0`: latitude first, as every map on a phone gives it. */
function pointIn(typed: string, { places }: Asked): Found | null {
  const match = POINT.exec(typed);
  if (!match || !/[.,]/.test(typed)) return null;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  const here = places.at(lon, lat);
  if (!here.inside) return { items: [], outside: true };
  const label = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  return {
    items: [item({ kind: 'point', label, detail: here.ward?.name ?? null, lon, lat })],
    outside: false,
  };
}

async function reportIn(typed: string, { report }: Asked): Promise<Found | null> {
  const match = NUMBER.exec(typed);
  if (!match) return null;
  const found = await report(Number(match[1]));
  if (!found) return nothing;
  const { id, title, lon, lat } = found;
  return {
    items: [item({ kind: 'report', label: `${id}: ${title}`, lon, lat, report: id })],
    outside: false,
  };
}

async function postcodeIn(typed: string, { db, places }: Asked): Promise<Found | null> {
  const code = canonicalPostcode(typed);
  const whole = POSTCODE.test(code);
  if (!whole && !POSTCODE_BEGINS.test(code)) return null;
  const rows = await postcodesLike(db, code, whole ? 1 : MOST);
  if (rows.length === 0) return whole ? { items: [], outside: true } : null;
  return {
    items: rows.map(({ code: one, lon, lat, street, wardId }) =>
      item({
        kind: 'postcode',
        label: postcodeForPeople(one),
        detail: street ? { en: street } : (places.atlas().byId.get(wardId ?? '')?.name ?? null),
        lon,
        lat,
      }),
    ),
    outside: false,
  };
}

async function nameIn(typed: string, { db, places, lang }: Asked): Promise<Found> {
  // "High Street, Weirside": what stands behind the comma tells two of one name apart
  const [name = '', ...rest] = typed.split(',').map((part) => part.trim());
  if (!name) return nothing;
  const [streets, named] = await Promise.all([
    streetsNamed(db, name, MOST),
    placesNamed(db, name, lang, MOST),
  ]);
  const wardOf = (row: Named) => places.atlas().byId.get(row.wardId ?? '')?.name ?? null;
  const items = [
    ...named.map((row) =>
      item({ kind: 'place', label: row.name, detail: wardOf(row), lon: row.lon, lat: row.lat }),
    ),
    ...streets.map((row) =>
      item({ kind: 'street', label: row.name, detail: wardOf(row), lon: row.lon, lat: row.lat }),
    ),
  ];
  const wanted = rest.join(' ').toLowerCase();
  const inWard = items.filter(({ detail }) =>
    [detail?.en, detail?.cy].some((one) => wanted && one?.toLowerCase().includes(wanted)),
  );
  // the very name first, then what begins with it, then what holds it
  const rank = ({ label }: FoundPlace) => {
    const found = label.toLowerCase();
    return found === name.toLowerCase() ? 0 : found.startsWith(name.toLowerCase()) ? 1 : 2;
  };
  const best = (inWard.length ? inWard : items).sort((a, b) => rank(a) - rank(b));
  return { items: best.slice(0, MOST), outside: false };
}

/** Tries what is certain first: a point, a number, a postcode; then names in both languages. */
export async function findPlaces(typed: string, asked: Asked): Promise<Found> {
  return (
    pointIn(typed, asked) ??
    (await reportIn(typed, asked)) ??
    (await postcodeIn(typed, asked)) ??
    nameIn(typed, asked)
  );
}
