/**
 * What an event may hold: ids and public facts, for machines. Events are read by feeds, open data and every socket on
 * a topic, and are kept for ever; so nothing that a person wrote, is called or is reached by can be put into one, by
 * whichever path it came.
 */

/** a number, a state, an id, a topic, a day; never a sentence, a name of two words, an address with @ */
const WORD = /^[A-Za-z0-9_:.-]{0,100}$/;

const isFact = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && WORD.test(value)) ||
  (Array.isArray(value) && value.every(isFact));

/** @returns the names of what does not belong into an event; none where all of it does */
export const notFacts = (data: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(data)
    .filter(([, value]) => !isFact(value))
    .map(([name]) => name);
