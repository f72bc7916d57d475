/** Words and small functions that browser code may import too. Imports nothing. */
export const LANGS = ['en', 'cy'] as const;
export type Lang = (typeof LANGS)[number];

/** How an act reached us: staff act for residents in the same system. */
export const CHANNELS = ['web', 'phone', 'counter', 'paper', 'sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The council's words in the reader's language, and whether they had to fall back to English. */
export function inLang(
  words: { en: string; cy?: string | undefined },
  lang: Lang,
): { text: string; lang: Lang; missing: boolean } {
  if (lang === 'cy' && words.cy) return { text: words.cy, lang: 'cy', missing: false };
  return { text: words.en, lang: 'en', missing: lang === 'cy' };
}

/** Metres between two WGS84 points: equirectangular, good to 0.1 % within a county. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  const y = (b.lat - a.lat) * rad;
  return Math.sqrt(x * x + y * y) * 6_371_008.8;
}
