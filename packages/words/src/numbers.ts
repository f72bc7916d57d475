/** Numbers as a language writes them; apart from the dates, whose words a page of figures need not fetch. */
import { getLocale } from './language.ts';
import type { Locale } from './language.ts';

/** `locale` is the language of the address unless given; mails and jobs must give it. */
export type SayOptions = { locale?: Locale; timeZone?: string };

/** A number as the language writes it: 1,204. */
export function sayNumber(value: number, { locale = getLocale() }: SayOptions = {}): string {
  return (numbers[locale] ??= new Intl.NumberFormat(locale === 'cy' ? 'cy' : 'en-GB')).format(value);
}
const numbers: Partial<Record<Locale, Intl.NumberFormat>> = {};
