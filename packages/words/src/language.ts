/**
 * The language of an address: English at `/…`, Welsh at `/cy/…`. Written out here because a page has a hundred links
 * and makes them on the server and on a phone: what paraglide brings for it reads each address as a URL three times
 * (a tenth of the time a page took) and weighs 2 kB.
 */
export const locales = ['en', 'cy'] as const;
export type Locale = (typeof locales)[number];
export const baseLocale: Locale = 'en';

/** The language of an address of ours, or of its path. */
export const localeOf = (path: string): Locale => (/^\/cy(?=[/?#]|$)/.test(path) ? 'cy' : 'en');

const browser = globalThis as { location?: { pathname: string } };
let held = (): Locale | undefined => browser.location && localeOf(browser.location.pathname);

/** For the server: where the language of the request under way is held. */
export function holdLocaleIn(reader: () => Locale | undefined): void {
  held = reader;
}

/** The language of this page. Outside a request it is English: mails and jobs pass theirs. */
export const getLocale = (): Locale => held() ?? baseLocale;

/** One slash at the start, and nothing that a browser would leave out or read as another one. */
const ours = (path: string): string =>
  /^\/[/\\]|[^!-~]/.test(path)
    ? path
        .replace(/^\/[/\\]+/, '/')
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .replace(/[^!-~]+/g, encodeURIComponent)
    : path;

/** `/cy/reports?page=2` → `/reports?page=2`. What does not begin with a slash stays as it is. */
export function deLocalizeHref(href: string): string {
  if (!href.startsWith('/')) return href;
  const bare = href.replace(/^\/(?:en|cy)(?=[/?#]|$)/, '');
  return ours(bare.startsWith('/') ? bare : `/${bare}`);
}

/** `/reports?page=2` in the language of the page, or in the one asked for. */
export function localizeHref(href: string, { locale = getLocale() }: { locale?: Locale } = {}): string {
  const bare = deLocalizeHref(href);
  return locale === baseLocale || !bare.startsWith('/') ? bare : `/${locale}${bare}`;
}
