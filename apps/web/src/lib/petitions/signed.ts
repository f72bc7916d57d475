import { localizeHref } from '@folkmoot/words';

/**
 * Where somebody who is signed in reads that they are counted.
 *
 * @param number - which signature theirs is, where it has a number
 * @param key - of the supporters' link: without it a petition that is not published is not there
 */
export function signedHref(
  petition: number,
  { number, key }: { number?: number | null; key: string | null },
) {
  const query = new URLSearchParams();
  if (number) query.set('n', String(number));
  if (key) query.set('key', key);
  return localizeHref(`/petitions/${petition}/signed/me${query.size ? `?${query}` : ''}`);
}
