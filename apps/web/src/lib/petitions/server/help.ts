/** "How petitions work" in words: everything in it is read from the council's rows and from the rules themselves. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { PersonalColumn } from '@folkmoot/core/kit/personal';
import { petitionsPersonal } from '@folkmoot/core/petitions/personal';
import { localizeHref, m, sayDate, sayNumber } from '@folkmoot/words';

type SchemeRow = CallAnswer<Contracts['listPetitionSchemes']>[number];
type Scheme = SchemeRow['scheme'];
type Code = CallAnswer<Contracts['listPetitionRejectionCodes']>[number];

const numbersOf = (it: Scheme, debate: number) => [
  ...(it.supporters
    ? [{ icon: 'people' as const, text: m.petitions_help_supporters({ count: it.supporters }) }]
    : []),
  {
    icon: 'answer' as const,
    text: m.petitions_help_response({ shown: sayNumber(it.response), days: it.answerDays }),
  },
  {
    icon: 'say' as const,
    text: m.petitions_help_evidence({ shown: sayNumber(it.evidence), days: it.evidenceDays }),
  },
  {
    icon: 'folkmoot' as const,
    text: m.petitions_help_debate({
      shown: sayNumber(debate),
      days: it.debateDays,
      minutes: it.speakingMinutes,
    }),
  },
];

const timesOf = (it: Scheme): string[] => [
  m.petitions_help_time_acknowledge({ days: it.acknowledgeDays }),
  m.petitions_help_time_moderate({ days: it.moderateDays }),
  m.petitions_help_time_days({ days: it.days }),
  ...(it.repeatMonths ? [m.petitions_help_time_repeat({ months: it.repeatMonths })] : []),
  m.petitions_help_time_pause(),
];

/** What one council has promised. */
export function promiseOf({ organisation, scheme, version, at, debateNeeds }: SchemeRow, lang: Lang) {
  const excluded = inLang(scheme.excluded, lang);
  return {
    name: inLang(organisation.name, lang).text,
    posts: [scheme.response, scheme.evidence, debateNeeds],
    numbers: numbersOf(scheme, debateNeeds),
    times: timesOf(scheme),
    version: m.petitions_help_version({ version, date: sayDate(at) }),
    steps: scheme.steps.map((step) => m.petitions_council_step({ step })),
    excluded: { text: excluded.text, lang: excluded.lang },
    bases: scheme.bases.map((basis) => m.petitions_help_basis({ basis })),
    age:
      scheme.minimumAge === null
        ? m.petitions_help_who_any_age()
        : m.petitions_help_who_age({ age: scheme.minimumAge }),
    keepDays: scheme.keepDays,
  };
}

export const refusalsOf = (codes: readonly Code[], lang: Lang) =>
  codes.map(({ code, name, about, hidesText }) => ({
    code,
    name: inLang(name, lang).text,
    about: inLang(about, lang).text,
    hidden: hidesText ? m.petitions_help_not_hidden() : null,
  }));

function howLong(kept: PersonalColumn['kept'], keepDays: number): string {
  if (kept === 'permanent') return m.petitions_help_keep_good();
  if (kept === 'with_account') return m.petitions_help_keep_closed({ count: keepDays });
  const days = m.petitions_help_keep_days({ count: kept.days });
  return kept.unless ? m.petitions_help_keep_unconfirmed({ days }) : days;
}

/** What is kept of people, from the table that export, erasure and the nightly job go by. */
export function keptOf(lang: Lang, keepDays: number) {
  return petitionsPersonal.holds.flatMap(({ column, why, kept }) => {
    const what = m.petitions_help_data({ column: column.replace('.', '_') });
    return what === '?' ? [] : { what, why: why[lang], long: howLong(kept, keepDays) };
  });
}

export const helpWords = (town: string) => ({
  head: `${m.petitions_help_title()} · ${town} Folkmoot`,
  title: m.petitions_help_title(),
  lead: m.petitions_help_lead(),
  start: { href: localizeHref('/petitions/new'), text: m.petitions_help_start() },
  all: { href: localizeHref('/petitions'), text: m.petitions_help_all() },
  numbers: m.petitions_help_numbers(),
  latched: m.petitions_help_latched(),
  time: m.petitions_help_time(),
  may: m.petitions_help_may(),
  not: m.petitions_help_not(),
  notCodes: m.petitions_help_not_codes(),
  who: m.petitions_help_who(),
  whoOne: m.petitions_help_who_one(),
  whoOnce: m.petitions_help_who_once(),
  way: m.petitions_help_way(),
  wayLine: m.petitions_help_way_line(),
  end: m.petitions_help_end(),
  count: m.petitions_help_count(),
  counting: [
    m.petitions_help_count_exact(),
    m.petitions_help_count_false(),
    m.petitions_help_count_receipt(),
  ],
  keep: m.petitions_help_keep(),
  keepLine: m.petitions_help_keep_line(),
  keepHead: [m.petitions_help_keep_what(), m.petitions_help_keep_why(), m.petitions_help_keep_long()],
  rights: { href: localizeHref('/about/privacy'), text: m.petitions_help_rights() },
  crumbs: [{ href: localizeHref('/petitions'), text: m.petitions_title() }],
});
