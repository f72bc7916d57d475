/** What the front page says of petitions, in words: what is nearly there, what was answered, what is signed here. */
import { localizeHref, m, sayDate } from '@folkmoot/words';
import { moreWords, nextRung } from '#lib/petitions/looks.ts';
import type { Now } from './words.ts';

type Ward = { id: string; slug: string; name: string };

/** The list of petitions, in a ward or everywhere. */
export const petitionsOf = (ward: string | null): string =>
  localizeHref(`/petitions${ward ? `?ward=${ward}` : ''}`);
const hrefOf = (id: number): string => localizeHref(`/petitions/${id}`);

function nearOf({ nearly }: Now['petitions']) {
  const [first] = nearly;
  if (!first) return null;
  const next = nextRung(first.thresholds);
  return {
    topic: `petition:${first.id}`,
    href: hrefOf(first.id),
    name: first.title,
    lang: first.lang,
    text: next ? moreWords(next, first.signatures) : '',
    value: first.signatures,
    posts: first.thresholds.map(({ at }) => at),
    signed: m.petitions_row_signed({ count: first.signatures }),
    read: m.petitions_near_read(),
  };
}

/** @param ward null for the whole place */
export function askedOf(asked: Now['petitions'], ward: Ward | null) {
  return {
    near: nearOf(asked),
    title: m.petitions_near(),
    all: { href: petitionsOf(ward?.slug ?? null), text: m.home_nearly_all({ count: asked.open }) },
    answers: {
      title: m.home_answers(),
      all: { href: localizeHref('/petitions?show=responded'), text: m.home_answers_all() },
      items: asked.answers.map(({ petition, summary, lang, by, at }) => ({
        href: hrefOf(petition.id),
        name: petition.title,
        written: petition.lang,
        summary,
        lang,
        by: m.home_answers_by({ name: by, date: sayDate(at) }),
      })),
    },
    here:
      ward && asked.here.length
        ? {
            title: m.home_signed_here({ ward: ward.name }),
            note: m.home_signed_here_note(),
            items: asked.here.map((one) => ({
              href: hrefOf(one.id),
              name: one.title,
              lang: one.lang,
              facts: [m.home_signed_here_count({ count: one.here })],
            })),
          }
        : null,
  };
}
export type AskedWords = ReturnType<typeof askedOf>;
