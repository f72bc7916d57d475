/**
 * Text that a database can hold. PostgreSQL takes no NUL, and JSON in it no half of a letter; both come from broken
 * programs and from people who look for a way in, never from a keyboard. They are taken out before anything is
 * validated, so that nothing typed is lost and no handler has to think of them.
 */

/** no shape of ours is as deep; what lies deeper was not meant for us */
const DEEPEST = 40;

const text = (given: string): string => {
  const whole = given.isWellFormed() ? given : given.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
};

/** @param given what JSON or an address said; left as it is where nothing is wrong with it */
export function storable(given: unknown, depth = 0): unknown {
  if (typeof given === 'string') return text(given);
  if (typeof given !== 'object' || given === null) return given;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(given)) return given.map((one) => storable(one, depth + 1));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [text(name), storable(value, depth + 1)]),
  );
}
