/** Every sentence a person reads, in each language. `m.report_state_new()`; in mails and jobs pass `{ locale }`. */
export { m } from './paraglide/messages.js';
export { baseLocale, deLocalizeHref, getLocale, locales, localeOf, localizeHref } from './language.ts';
export type { Locale } from './language.ts';
export { sayNumber } from './numbers.ts';
export type { SayOptions } from './numbers.ts';
export { sayAgo, sayDate, sayDated, sayDay, sayDayTime, sayList, sayTime } from './say.ts';
