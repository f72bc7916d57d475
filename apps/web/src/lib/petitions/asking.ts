/** The pages of making a petition: their addresses, their order, and what their forms send. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { PETITION_PAGES, type PetitionPage } from '@folkmoot/core/petitions/plain';
import type { FormObject } from '@folkmoot/ui/form-data';
import { localizeHref, m } from '@folkmoot/words';

export type MyPetition = CallAnswer<Contracts['readMyPetition']>;

export const askPath = (petition: number, page: PetitionPage | 'waits'): string =>
  localizeHref(`/petitions/new/${petition}/${page}`);
export const nextAskPath = ({ id, next }: Pick<MyPetition, 'id' | 'next'>): string => askPath(id, next);

/** "Is it one of these?" is asked in between and not counted, and neither is the last look. */
export const STEPS: readonly PetitionPage[] = PETITION_PAGES.filter(
  (page) => page !== 'similar' && page !== 'check',
);

/** The page before, for the link back. */
export function askBefore(page: PetitionPage | 'waits', petition: number): string {
  if (page === 'waits') return askPath(petition, 'check');
  const at = PETITION_PAGES.indexOf(page);
  const before = PETITION_PAGES[at - 1];
  if (!before) return localizeHref('/petitions/new');
  return askPath(petition, before === 'similar' ? 'title' : before);
}

/** What the contract found in a field, in words. */
export const fieldWords = (field: string, found: string): string | undefined => {
  const name = field.split('.')[0] ?? field;
  const said = m.asking_field({ own: `${name}:${found}` });
  return said === '-' ? undefined : said;
};
export const refusedWords = (code: string): string | undefined => {
  const said = m.asking_refused({ code });
  return said === '-' ? undefined : said;
};

/** The page about the place: a spot found by name counts as a pin; what was not chosen is left out. */
export function placeBody({ where, wards, topics, spot, lon, lat }: FormObject): Record<string, unknown> {
  const [found, at] = typeof spot === 'string' ? spot.split(',') : [];
  const pin = lon && lat ? { lon, lat } : found && at ? { lon: found, lat: at } : {};
  return {
    where,
    topics: topics ?? [],
    ...(where === 'wards' && { wards: wards ?? [] }),
    ...(where === 'pin' && pin),
  };
}

/** An empty field of who it is was not answered; the contract says "required" of what is not there. */
export function youBody(fields: FormObject): Record<string, unknown> {
  const { name, email, postcode, basis, age } = fields;
  return { name, email, postcode, basis, ...(age !== undefined && { age: age === '' ? 'none' : age }) };
}

/** The page that says "share this", from the address that supporters get. */
export const startedPath = (petition: number, supporterPath: string): string =>
  localizeHref(`/petitions/${petition}/started${supporterPath.slice(supporterPath.indexOf('?'))}`);

/** Who was led to one part of a page by its address finds it open. */
export const openWhenMeant = (part: HTMLDetailsElement): void => {
  if (location.hash === `#${part.id}`) part.open = true;
};
