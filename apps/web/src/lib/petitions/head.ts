/** What links and search engines show of a petition. */
import { getLocale, localizeHref, m } from '@folkmoot/words';
import { HIDDEN, type Petition } from './page.ts';

/** A data block, never run; written so that no words can end it and nothing needs escaping. */
const jsonOf = (it: object): string =>
  JSON.stringify(it).replace(/[<&]/g, (sign) => (sign === '<' ? '\\u003c' : '\\u0026'));

/** @param origin the address of the site, such as `https://folkmoot.example` */
export function headOf(petition: Petition, heading: string, origin: string) {
  const { id, lang, why, createdAt, openedAt, closesAt, signatures, state } = petition;
  const title = `${heading} · ${m.petition_number({ number: id })} · Folkmoot`;
  const about = why === HIDDEN ? '' : why;
  const address = origin + localizeHref(`/petitions/${id}`);
  const properties: Array<[string, string]> = [
    ['og:type', 'website'],
    ['og:title', heading],
    ['og:description', about],
    ['og:url', address],
    ['og:image', `${origin}${localizeHref(`/petitions/${id}/image.png`)}`],
    ['og:locale', getLocale() === 'cy' ? 'cy_GB' : 'en_GB'],
  ];
  if (!openedAt) return { title, hidden: state !== 'rejected', about, properties: [], json: null };
  const json = jsonOf({
    '@context': 'https://schema.org',
    '@type': 'CreativeWork',
    name: heading,
    abstract: about,
    url: address,
    inLanguage: lang,
    dateCreated: createdAt,
    datePublished: openedAt,
    ...(closesAt && { expires: closesAt }),
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: 'https://schema.org/EndorseAction',
      userInteractionCount: signatures,
    },
  });
  return { title, hidden: false, about, properties, json };
}
