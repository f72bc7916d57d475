/**
 * Reads the message files of every room and finds what a compiler would pass over in silence: a sentence that
 * one language lacks, a key that stands twice, a blank that only one language fills, a plural with a hole.
 */

/** One message as @inlang/plugin-message-format writes it: a sentence, or a list with one set of variants. */
export type Message = string | [Variants];
export type Variants = { declarations?: string[]; selectors?: string[]; match: Record<string, string> };
/** A message file as text, with the room (`reports`) and the language its name gives. */
export type MessageFile = { room: string; locale: string; text: string };

/** The blanks of a message: what the caller must give it. */
export function placeholders(message: Message): Set<string> {
  const found = new Set<string>();
  const texts = typeof message === 'string' ? [message] : Object.values(message[0].match);
  for (const text of texts)
    for (const [, name] of text.matchAll(/(?<!\\)\{\s*([\w]+)\s*\}/g)) found.add(name!);
  if (typeof message === 'string') return found;
  for (const line of message[0].declarations ?? []) {
    const input = /^input (\w+)$/.exec(line);
    const local = /^local (\w+) = (\w+)/.exec(line);
    if (input) found.add(input[1]!);
    if (local) found.delete(local[1]!);
  }
  return found;
}

/** Every combination of plural categories that the variants leave without a sentence. Empty when none is. */
export function holes(message: Message, locale: string): string[] {
  if (typeof message === 'string') return [];
  const { declarations = [], selectors = [], match } = message[0];
  const plurals = new Map<string, boolean>();
  for (const line of declarations) {
    const local = /^local (\w+) = \w+: plural(.*)$/.exec(line);
    if (local) plurals.set(local[1]!, local[2]!.includes('ordinal'));
  }
  const values = selectors.map((name) => {
    const ordinal = plurals.get(name);
    // A selector that is no plural has values nobody can list: only a catch-all closes it.
    if (ordinal === undefined) return ['*'];
    return new Intl.PluralRules(locale, { type: ordinal ? 'ordinal' : 'cardinal' }).resolvedOptions()
      .pluralCategories;
  });
  const variants = Object.keys(match).map((key) =>
    Object.fromEntries(key.split(',').map((part) => part.trim().split('=') as [string, string])),
  );
  const wanted = values.reduce<string[][]>(
    (rows, options) => rows.flatMap((row) => options.map((option) => [...row, option])),
    [[]],
  );
  return wanted
    .filter(
      (row) =>
        !variants.some((variant) =>
          selectors.every((name, i) => variant[name] === '*' || variant[name] === row[i]),
        ),
    )
    .map((row) => row.join(', '));
}

/** Does a room's file say this key? `reports` may say `reports_…` and `report_…`. */
function belongs(room: string, key: string): boolean {
  return key.startsWith(`${room}_`) || (room.endsWith('s') && key.startsWith(`${room.slice(0, -1)}_`));
}

function parse(file: MessageFile, problems: string[]): Record<string, Message> {
  const name = `${file.room}.${file.locale}.json`;
  try {
    const messages = JSON.parse(file.text) as Record<string, Message>;
    delete messages.$schema;
    // JSON.parse keeps the last of two equal keys and says nothing.
    const written = [...file.text.matchAll(/^ {2}"(\w+)":/gm)].map((found) => found[1]!);
    for (const key of new Set(written.filter((key, i) => written.indexOf(key) !== i)))
      problems.push(`${name} says ${key} twice`);
    return messages;
  } catch (error) {
    problems.push(`${name} is not JSON: ${(error as Error).message}`);
    return {};
  }
}

function shapeProblems(name: string, key: string, message: Message, room: string, locale: string): string[] {
  const found: string[] = [];
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(key))
    found.push(`${name}: ${key} is not snake_case with its room first`);
  else if (!belongs(room, key)) found.push(`${name}: ${key} must begin with "${room}_"`);
  const plain = typeof message === 'string';
  if (!plain && !(Array.isArray(message) && message.length === 1 && message[0]?.match))
    return [...found, `${name}: ${key} is neither a sentence nor one set of variants in a list`];
  const texts = plain ? [message] : Object.values(message[0].match);
  if (texts.some((text) => typeof text !== 'string' || text.trim() === ''))
    found.push(`${name}: ${key} is empty`);
  for (const hole of holes(message, locale)) found.push(`${name}: ${key} says nothing for ${hole}`);
  return found;
}

/**
 * @param files every message file
 * @param locales the languages that every message must have; the first is the base
 * @returns the keys, and every problem found, each a line that names file and key
 */
export function check(files: MessageFile[], locales: readonly string[]) {
  const problems: string[] = [];
  const messages = new Map<string, Map<string, Message>>(locales.map((locale) => [locale, new Map()]));
  for (const file of files) {
    const known = messages.get(file.locale);
    if (!known) problems.push(`${file.room}.${file.locale}.json is in a language the settings do not name`);
    for (const [key, message] of Object.entries(parse(file, problems))) {
      problems.push(
        ...shapeProblems(`${file.room}.${file.locale}.json`, key, message, file.room, file.locale),
      );
      if (known?.has(key)) problems.push(`${key} stands in two files in ${file.locale}`);
      known?.set(key, message);
    }
  }
  const keys = new Set([...messages.values()].flatMap((known) => [...known.keys()]));
  for (const key of keys) {
    const lacking = locales.filter((locale) => !messages.get(locale)!.has(key));
    for (const locale of lacking) problems.push(`${key} is missing in ${locale}`);
    if (lacking.length > 0) continue;
    const blanks = locales.map((locale) =>
      [...placeholders(messages.get(locale)!.get(key)!)].sort().join(', '),
    );
    if (new Set(blanks).size > 1)
      problems.push(
        `${key} has other blanks in each language: ${blanks.map((b) => b || 'none').join(' / ')}`,
      );
  }
  return { keys: [...keys].sort(), problems };
}
