/** What the page of a report says: where it stands in one sentence, and what has happened in steps. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { groupOf, LOOK_OF, type ReportState } from '@folkmoot/core/reports/plain';
import type { TimelineStep } from '@folkmoot/ui/Timeline.svelte';
import { getLocale, m, sayDated } from '@folkmoot/words';
import { say } from '#lib/say.ts';

export type Report = CallAnswer<Contracts['readReport']>;
type Entry = Report['timeline'][number];
/** `part` is what may be pointed at as wrong: `update:40`. */
export type Step = TimelineStep & { photos: Entry['photos']; part: string | null };

type Now = { who: string; date: string };
const now: Partial<Record<ReportState, (it: Now) => string>> = {
  unconfirmed: m.reports_page_now_unconfirmed,
  fixed_by_council: m.reports_page_now_fixed_by_council,
  fixed_by_resident: m.reports_page_now_fixed_by_resident,
  duplicate: m.reports_page_now_duplicate,
  not_responsible: m.reports_page_now_not_responsible,
  internal_referral: m.reports_page_now_internal_referral,
  unable_to_fix: m.reports_page_now_unable_to_fix,
  no_further_action: m.reports_page_now_no_further_action,
  cancelled_by_reporter: m.reports_page_now_cancelled_by_reporter,
};
const openBy: Record<string, (it: Now) => string> = {
  new: m.reports_page_now_new_by,
  check: m.reports_page_now_check_by,
  dated: m.reports_page_now_dated_by,
  fix: m.reports_page_now_fix_by,
};
const open: Record<string, (it: Now) => string> = {
  new: m.reports_page_now_new,
  check: m.reports_page_now_check,
  dated: m.reports_page_now_dated,
  fix: m.reports_page_now_fix,
};

/** "The crew should finish by Friday 17 October." */
export function nowWords(report: Report, state: ReportState): string {
  const date = report.expectedOn ? sayDated(report.expectedOn, new Date()) : '';
  const it = { who: say(report.organisation.name), date };
  const own = now[state];
  if (own) return own(it);
  if (report.overdue) return m.reports_page_now_late(it);
  const look = LOOK_OF[state];
  return (date ? openBy[look] : open[look])?.(it) ?? '';
}

const moves: Partial<Record<ReportState, (it: { who: string }) => string>> = {
  new: m.reports_page_step_reopened,
  for_triage: m.reports_page_step_for_triage,
  investigating: m.reports_page_step_investigating,
  planned: m.reports_page_step_planned,
  action_scheduled: m.reports_page_step_action_scheduled,
  in_progress: m.reports_page_step_in_progress,
  fixed_by_council: m.reports_page_step_fixed_by_council,
  fixed_by_resident: m.reports_page_step_fixed_by_resident,
  duplicate: m.reports_page_step_duplicate,
  not_responsible: m.reports_page_step_not_responsible,
  unable_to_fix: m.reports_page_step_unable_to_fix,
  internal_referral: m.reports_page_step_internal_referral,
  no_further_action: m.reports_page_step_no_further_action,
  cancelled_by_reporter: m.reports_page_step_cancelled_by_reporter,
};

function titleOf(entry: Entry, first: boolean): string {
  const { name, organisation } = entry.by;
  const who = name ?? (organisation ? say(organisation) : m.reports_page_someone());
  if (first && entry.kind === 'state' && entry.stateTo === 'new')
    return name ? m.reports_page_told({ name }) : m.reports_page_told_someone();
  if (entry.kind === 'verdict')
    return entry.fixed
      ? m.reports_page_says_fixed({ name: who })
      : m.reports_page_says_not_fixed({ name: who });
  if (entry.kind === 'question') return m.reports_page_asks({ name: who });
  if (entry.stateTo) return moves[entry.stateTo]?.({ who }) ?? m.reports_page_says({ name: who });
  return m.reports_page_says({ name: who });
}

/** Newest first; while it is open the last step is still to come: the people who told us say whether it is fixed. */
export function stepsOf(report: Report, state: ReportState): Step[] {
  const last = report.timeline.length - 1;
  const steps = report.timeline.map((entry, i): Step => {
    const look = entry.stateTo ? { group: LOOK_OF[entry.stateTo] } : {};
    const sign = entry.kind === 'verdict' ? 'check' : entry.by.organisation ? 'answer' : 'say';
    return {
      title: titleOf(entry, i === last),
      ...('group' in look ? look : { icon: sign }),
      at: entry.at,
      text: entry.text ?? undefined,
      lang: entry.lang === getLocale() ? undefined : entry.lang,
      photos: entry.photos,
      part: entry.text && !report.private ? `update:${entry.id}` : null,
    };
  });
  if (groupOf(state) !== 'open') return steps;
  return [
    ...steps,
    {
      title: m.reports_page_then_ask(),
      group: 'done',
      text: m.reports_page_then_ask_text(),
      todo: true,
      photos: [],
      part: null,
    },
  ];
}
