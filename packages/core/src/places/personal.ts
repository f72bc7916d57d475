/** Places hold nothing of anybody: streets, boundaries and names on the map are public. */
import type { PersonalData } from '../kit/personal.ts';

const onTheMap = 'what stands on any map';
const columns = (table: string, names: readonly string[], because: string) =>
  names.map((name) => ({ column: `${table}.${name}`, because }));

export const placesPersonal: PersonalData = {
  domain: 'places',
  holds: [],
  not: [
    ...columns('areas', ['kind', 'code', 'name', 'slug', 'shape'], onTheMap),
    ...columns('streets', ['name', 'locality', 'class', 'lines', 'lon', 'lat'], onTheMap),
    ...columns('postcodes', ['code', 'lon', 'lat'], onTheMap),
    ...columns('named_places', ['kind', 'name', 'lon', 'lat'], onTheMap),
    ...columns('bank_holidays', ['name'], 'the calendar'),
    ...columns('pauses', ['what', 'reason'], 'what the council decided'),
    ...columns('settings', ['key', 'value'], 'what the council decided'),
  ],
};
