/** The only door for hooks on the server: reads the language from the address and holds it for the request. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { holdLocaleIn, type Locale, localeOf } from './language.ts';

const requests = new AsyncLocalStorage<Locale>();
holdLocaleIn(() => requests.getStore());

/** @param path of the address asked for */
export function inLanguageOf<T>(path: string, answer: (locale: Locale) => T): T {
  const locale = localeOf(path);
  return requests.run(locale, answer, locale);
}
