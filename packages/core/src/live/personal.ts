/** Events are for machines: ids and public facts by a schema a type, never a name, a text or an address. */
import type { PersonalData } from '../kit/personal.ts';

const ids = 'ids and public facts only';

export const livePersonal: PersonalData = {
  domain: 'live',
  holds: [],
  not: [
    { column: 'events.topic', because: ids },
    { column: 'events.type', because: ids },
    { column: 'events.audience', because: ids },
    { column: 'events.data', because: ids },
    { column: 'cursors.name', because: 'how far a reader has come' },
  ],
};
