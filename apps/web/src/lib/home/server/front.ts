/**
 * The front page in words, made on the server: a phone that only reads it fetches no sentence twice and none in the
 * other language (9 kB of script).
 */
import { localizeHref, m, sayDate, sayNumber } from '@folkmoot/words';
import { lookWord } from '#lib/reports/looks.ts';
import { askedOf, petitionsOf } from './asked.ts';
import { fixedFact, type FactWords, leadOf, mapOf, type Now, putRightFact, waitFact } from './words.ts';

type Ward = { id: string; slug: string; name: string };

const verbsOf = (now: Now, ward: string | null) => [
  {
    href: localizeHref('/reports/new'),
    icon: 'report' as const,
    text: m.home_verb_report(),
    hint: m.home_verb_report_hint(),
    go: true,
  },
  {
    href: petitionsOf(ward),
    icon: 'sign' as const,
    text: m.home_verb_sign(),
    hint: now.petitions.open ? m.home_verb_sign_hint({ count: now.petitions.open }) : m.home_verb_sign_none(),
  },
  {
    href: mapOf(ward),
    icon: 'map' as const,
    text: m.home_verb_map(),
    hint: m.home_verb_map_hint({ count: now.open.all }),
  },
  {
    href: localizeHref('/alerts'),
    icon: 'bell' as const,
    text: m.home_verb_alerts(),
    hint: m.home_verb_alerts_hint(),
  },
];

/** Who took part; the share of a ward is of this morning and may be held back. */
function tookPart({ tookPart: { people, here } }: Now, ward: Ward | null): FactWords & { ours: number } {
  if (people === 0) return { number: sayNumber(0), text: m.home_took_part_none(), ours: 0 };
  const share =
    !ward || here === null
      ? ''
      : here === 'c'
        ? m.home_few_here({ ward: ward.name })
        : here === 0
          ? m.home_none_here({ ward: ward.name })
          : m.home_in_colour({ count: here, ward: ward.name });
  const ours = typeof here === 'number' ? Math.min(here, people) : 0;
  return { number: sayNumber(people), text: m.home_took_part({ count: people }), small: share, ours };
}

const closeOf = (now: Now) =>
  now.close.map((report) => ({
    href: localizeHref(`/reports/${report.id}`),
    name: report.title,
    lang: report.lang,
    group: report.look,
    word: lookWord(report.look),
    facts: [report.place, ...(report.supports ? [m.home_too({ count: report.supports })] : [])],
  }));

const newsOf = (now: Now) =>
  now.news.flatMap(({ id, at, kind, report, petition, supports }) => {
    const it = report ?? petition;
    if (!it) return [];
    const makes = supports && supports > 1 ? `. ${m.home_makes({ count: sayNumber(supports) })}` : '';
    return {
      id,
      at,
      text: m.home_news({ kind, title: it.title }) + makes,
      href: localizeHref(`/${report ? 'reports' : 'petitions'}/${it.id}`),
      lang: it.lang,
    };
  });

/** @param place what stands in the heading: the town, or the ward */
export function frontOf(now: Now, place: string, ward: Ward | null) {
  const { ours, small: share = '', ...took } = tookPart(now, ward);
  const slug = ward?.slug ?? null;
  return {
    title: m.home_title({ place }),
    description: m.home_description({ town: place }),
    day: sayDate(new Date(), 'day'),
    lead: leadOf(now, slug),
    quiet: m.home_quiet(),
    verbs: verbsOf(now, slug),
    verbsLabel: m.home_verbs(),
    people: now.tookPart.people,
    ours,
    took: { ...took, share },
    facts: [waitFact(now), putRightFact(now), fixedFact(now)],
    factsTitle: m.home_facts(),
    close: {
      title: ward ? m.home_close() : m.home_close_town(),
      all: now.open.all ? { href: mapOf(slug), text: m.home_see_all({ count: now.open.all }) } : null,
      items: closeOf(now),
      empty: {
        title: m.home_close_empty(),
        line: m.home_close_empty_line(),
        href: localizeHref('/reports/new'),
        text: m.home_verb_report(),
      },
    },
    asked: askedOf(now.petitions, ward),
    news: { title: m.home_just_now(), items: newsOf(now), empty: m.home_news_empty() },
    topics: [ward ? `ward:${ward.id}:reports` : 'reports', 'petitions'],
  };
}
export type FrontWords = ReturnType<typeof frontOf>;
