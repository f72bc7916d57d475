import { inLang } from '@folkmoot/core/kit/plain';
import { localizeHref, m, sayDate, sayNumber, sayTime } from '@folkmoot/words';
import { WIDTH, wardsDrawn } from '#lib/places/server/wards.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

type Shown = number | 'c' | null;

const signedWords = (signed: Shown): string[] =>
  signed === null
    ? []
    : signed === 'c'
      ? [m.petitions_wards_signed_few()]
      : [signed ? m.petitions_wards_signed_count({ count: signed }) : m.petitions_wards_signed_none()];
const aboutWords = (about: number): string =>
  about ? m.petitions_wards_about_count({ count: about }) : m.petitions_wards_about_none();

/** From a number that was protected already: nothing new can be worked out of it. */
const perThousand = (signed: Shown, population: number | null): number | null =>
  typeof signed === 'number' && population ? Math.round((signed / population) * 1_000) : null;

export const load: PageServerLoad = async (event) => {
  cacheable(event, { topics: ['petitions', 'place'] });
  const { lang, place } = event.locals;
  const [now, drawn] = await Promise.all([api(event).get('listPetitionWards', {}), wardsDrawn(event)]);
  const shapeOf = new Map(drawn.wards.map(({ id, x, y, href }) => [id, { x, y, href }]));
  const wards = now.wards.flatMap(({ id, code, slug, name, population, about, signed }) => {
    const shape = shapeOf.get(id);
    if (!shape) return [];
    const value = perThousand(signed, population);
    return {
      slug,
      code,
      ...shape,
      to: localizeHref(`/petitions?ward=${slug}`),
      name: inLang(name, lang).text,
      facts: [aboutWords(about), ...signedWords(signed)],
      value,
      shown: value === null ? m.ui_kept_back() : sayNumber(value),
      about: sayNumber(about),
      signed: signed === 'c' ? m.petitions_wards_few() : signed === null ? '' : sayNumber(signed),
    };
  });
  const known = wards.filter((ward) => ward.value !== null).sort((a, b) => b.value! - a.value!);
  return {
    wards,
    frame: { width: WIDTH, height: drawn.height, water: drawn.water?.href ?? null },
    words: {
      head: `${m.petitions_wards_title()} · ${inLang(place.name, lang).text} Folkmoot`,
      title: m.petitions_wards_title(),
      lead: m.petitions_wards_lead(),
      whole: now.whole ? m.petitions_wards_whole({ count: now.whole }) : '',
      map: m.petitions_wards_map(),
      summary: known.length
        ? m.petitions_wards_summary({ most: known[0]!.name, fewest: known.at(-1)!.name })
        : null,
      columns: [
        { key: 'name', label: m.petitions_wards_ward() },
        { key: 'about', label: m.petitions_wards_about(), number: true },
        { key: 'signed', label: m.petitions_wards_signed(), number: true },
      ],
      table: m.ui_as_table(),
      mine: m.petitions_wards_mine(),
      hear: { href: localizeHref('/alerts?group=petitions'), text: m.petitions_wards_hear() },
      asOf: now.asOf
        ? m.petitions_wards_as_of({ date: sayDate(now.asOf), time: sayTime(now.asOf) })
        : m.petitions_wards_empty(),
      crumbs: [{ href: localizeHref('/petitions'), text: m.petitions_title() }],
    },
  };
};
