/** "What happens to a report" in words: read from the council's rows and from the table that decides. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { groupOf, LOOK_OF, REPORT_STATES, type ReportState } from '@folkmoot/core/reports/plain';
import { reportMachine } from '@folkmoot/core/reports/rules';
import { localizeHref, m } from '@folkmoot/words';
import { drawn, type DrawnMachine, shared } from '#lib/server/machines.ts';
import { stateWord } from '../states.ts';

type Numbers = CallAnswer<Contracts['readReportNumbers']>;
type Category = CallAnswer<Contracts['listReportCategories']>[number];

const idOf = (state: ReportState): string => `report_${state}`;

/** The table in three parts: before it is seen, while it is open, and when it has ended. */
export function drawnReport(): DrawnMachine[] {
  const whole = drawn('report', '', reportMachine, {
    state: (state) => stateWord(state as ReportState),
    about: (state) => m.reports_help_about({ state }),
    command: (command) => m.reports_help_command({ command }),
    shape: (state) => LOOK_OF[state as ReportState],
  });
  const part = (id: string, title: string, states: readonly ReportState[]): DrawnMachine => ({
    id,
    title,
    states: whole.states.filter((one) => states.some((state) => idOf(state) === one.id)),
  });
  const seen = REPORT_STATES.filter((state) => state !== 'unconfirmed');
  const waits = part('waits', m.reports_help_waits(), ['unconfirmed']);
  const open = part(
    'open',
    m.reports_help_open(),
    seen.filter((state) => groupOf(state) === 'open'),
  );
  const ended = part(
    'ended',
    m.reports_help_ended(),
    seen.filter((state) => groupOf(state) !== 'open'),
  );
  const ways = shared(open.states);
  // six states with the same eleven ways would be read by nobody: they are said once, under all of them
  if (ways) {
    open.states = open.states.map((one) => ({ ...one, ways: [], instead: m.reports_help_any() }));
    open.states.push({
      id: 'report_any',
      name: m.reports_help_any_name(),
      about: m.reports_help_any_about(),
      shape: null,
      ways,
    });
  }
  return [waits, open, ended];
}

const sentences = (it: Numbers['place']): string[] => [
  ...(it.editMinutes ? [m.reports_help_edit({ count: it.editMinutes })] : []),
  m.reports_help_expected(),
  m.reports_help_ask({ days: it.askAfterDays, expected: it.askAfterExpectedDays }),
  m.reports_help_reopen({ days: it.reopenDays, count: it.reopenSupport }),
];

/** What holds for the whole place, then what an organisation does otherwise. */
export const timesOf = ({ place, own }: Numbers, lang: Lang) => [
  { name: null, lines: [m.reports_help_confirm(), ...sentences(place)] },
  ...own.map(({ name, numbers }) => ({
    name: m.reports_help_own({ name: inLang(name, lang).text }),
    lines: sentences(numbers),
  })),
];

/** The days that are promised for each kind that everybody may see. */
export const promisesOf = (categories: readonly Category[], lang: Lang) =>
  categories
    .filter((one) => !one.private)
    .map(({ name, organisation, expectedDays }) => ({
      kind: inLang(name, lang).text,
      who: inLang(organisation, lang).text,
      days: expectedDays === null ? m.reports_help_no_day() : m.reports_help_days({ count: expectedDays }),
    }));

export const privateKinds = (categories: readonly Category[], lang: Lang): string[] => [
  ...new Set(categories.filter((one) => one.private).map(({ name }) => inLang(name, lang).text)),
];

export const helpWords = (town: string) => ({
  head: `${m.reports_help_title()} · ${town} Folkmoot`,
  title: m.reports_help_title(),
  lead: m.reports_help_lead(),
  crumbs: [{ href: localizeHref('/reports'), text: m.reports_page_around() }],
  start: { href: localizeHref('/reports/new'), text: m.reports_help_start() },
  all: { href: localizeHref('/reports'), text: m.reports_help_all() },
  times: m.reports_help_times(),
  seen: m.reports_help_seen(),
  seenLines: [m.reports_help_seen_name(), m.reports_help_seen_photo(), m.reports_help_seen_words()],
  privately: m.reports_help_private(),
  way: m.reports_help_way(),
  end: m.reports_help_end(),
  promises: m.reports_help_promises(),
  promisesHead: [m.reports_help_kind(), m.reports_help_who(), m.reports_help_when()],
});
