/** What happened to a petition, step by step, in words: made on the server, in one language. */
import type { TimelineStep } from '@folkmoot/ui/Timeline.svelte';
import { getLocale, localizeHref, m, sayDate, sayList, sayNumber } from '@folkmoot/words';
import { sayReason } from '#lib/say.ts';
import type { Petition } from './page.ts';

type Told = Petition['steps'][number];
export type StepLink = { href: string; text: string };
/** `said`: the rest of somebody's own words, in their language; `lines` are ours. */
export type Step = TimelineStep & { said: string[]; lines: string[]; links: StepLink[] };

/** longer ones have a page of their own */
const SHORT = 280;
const own = (lang: string): string | undefined => (lang === getLocale() ? undefined : lang);
const words = (it: unknown): string | null => (typeof it === 'string' && it !== '' ? it : null);
const count = (it: unknown): number | null => (typeof it === 'number' ? it : null);

/** 754 → 12:34 */
const clockTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Where in the video it begins: a media fragment; the one big video site has a word of its own. */
export function videoAt(video: string, from: number | null): string {
  if (!from) return video;
  const url = new URL(video);
  if (/(^|\.)(youtube\.com|youtu\.be)$/.test(url.hostname)) url.searchParams.set('t', `${from}s`);
  else url.hash = `t=${from}`;
  return url.href;
}

function linksOf(petition: Petition, { id, data, details }: Told): StepLink[] {
  const from = count(data['videoFrom']);
  const video = words(data['video']);
  const links = [
    [words(data['agenda']), m.petition_step_agenda()],
    [
      video && videoAt(video, from),
      from ? m.petition_step_video_from({ time: clockTime(from) }) : m.petition_step_video(),
    ],
    [words(data['transcript']), m.petition_step_transcript()],
    [
      details && details.length > SHORT ? localizeHref(`/petitions/${petition.id}/answers/${id}`) : null,
      m.petition_step_whole(),
    ],
  ] as const;
  return links.flatMap(([href, text]) => (href && /^(https?:|\/)/.test(href) ? [{ href, text }] : []));
}

/** What is known of a meeting, a line each. */
export function linesOf({ data, happensOn, kind }: Told): string[] {
  const meeting = words(data['meeting']);
  const decision = words(data['decision']);
  const [inFavour, against] = [count(data['votesFor']), count(data['votesAgainst'])];
  const abstained = count(data['abstained']);
  const votes =
    inFavour !== null && against !== null
      ? m.petition_step_votes({ for: sayNumber(inFavour), against: sayNumber(against) })
      : null;
  const not = abstained ? m.petition_step_abstained({ count: abstained }) : null;
  const takes = words(data['takes'])?.split(',');
  const steps = takes && sayList(takes.map((step) => m.petitions_council_step({ step }).toLocaleLowerCase()));
  return [
    steps ? m.petition_step_takes({ steps }) : null,
    happensOn && kind !== 'debate_scheduled' ? m.petition_step_on({ date: sayDate(happensOn) }) : null,
    meeting && m.petition_step_meeting({ meeting }),
    decision && m.petition_step_decision({ decision }),
    [votes, not].filter(Boolean).join(', ') || null,
  ].filter((line) => line !== null);
}

const looks: Record<Told['kind'], Pick<Step, 'group' | 'icon'>> = {
  response: { group: 'done' },
  evidence: { group: 'done' },
  debate_scheduled: { group: 'dated' },
  debated: { group: 'done' },
  not_debated: { group: 'closed' },
  update: { icon: 'answer' },
  scrutiny: { icon: 'search' },
  scrutiny_outcome: { group: 'done' },
};

function told(petition: Petition, step: Told): Step {
  const long = (step.details?.length ?? 0) > SHORT;
  const quoted = step.kind === 'scrutiny' ? `“${step.summary}”` : step.summary;
  return {
    ...looks[step.kind],
    title:
      step.kind === 'debate_scheduled' && step.happensOn
        ? m.petition_step_will({ date: sayDate(step.happensOn, 'day') })
        : m.petition_step_kind({ kind: step.kind }),
    when: `${sayDate(step.at)} · ${step.by}`,
    text: quoted,
    lang: own(step.lang),
    said: step.details && !long ? step.details.split(/\n+/) : [],
    lines: linesOf(step),
    links: linksOf(petition, step),
  };
}

type Dated = Step & { moment: string };
const plain = (title: string, moment: string, more: Partial<Step> = {}): Dated => ({
  title,
  moment,
  when: sayDate(moment),
  said: [],
  lines: [],
  links: [],
  ...more,
});

function endOf(petition: Petition): Dated[] {
  const { state, closedAt, closesAt, endedReason, lang } = petition;
  const at = closedAt ?? closesAt;
  if (!at) return [];
  const reason = endedReason ? { text: endedReason, lang: own(lang) } : {};
  if (state === 'closed') return [plain(m.petition_step_closed(), at, { group: 'closed' })];
  if (state === 'withdrawn') return [plain(m.petition_step_withdrawn(), at, { group: 'closed', ...reason })];
  if (state === 'stopped') return [plain(m.petition_step_stopped(), at, { group: 'closed', ...reason })];
  return [];
}

/** By when the council promised what this number brings about; empty where it has done it, or nothing is owed. */
export const promiseOf = ({ promised }: Petition, threshold: string): string[] =>
  promised.flatMap(({ by, late, ...one }) => {
    if (one.threshold !== threshold) return [];
    const date = sayDate(by);
    return late ? m.petition_does_late({ date }) : m.petition_does_promised({ date });
  });

/** What happened, the newest first. */
export function stepsOf(petition: Petition): Step[] {
  const { by, openedAt, rejection, steps, thresholds } = petition;
  const wrote = by
    ? openedAt
      ? m.petition_step_wrote({ name: by })
      : m.petition_step_wrote_alone({ name: by })
    : m.petition_step_wrote_nobody();
  const all: Dated[] = [
    ...steps.map((step) => ({ ...told(petition, step), moment: step.at })),
    ...thresholds.flatMap(({ threshold, at, reachedAt }) =>
      reachedAt
        ? [
            plain(m.petition_step_reached({ threshold, at: sayNumber(at) }), reachedAt, {
              icon: 'people',
              lines: promiseOf(petition, threshold),
            }),
          ]
        : [],
    ),
    ...endOf(petition),
    ...(rejection
      ? [
          plain(m.petition_step_rejected(), petition.updatedAt, {
            group: 'closed',
            ...sayReason(rejection),
          }),
        ]
      : []),
    ...(openedAt ? [plain(m.petition_step_opened(), openedAt)] : []),
    plain(wrote, petition.createdAt),
  ];
  return all
    .sort((a, b) => (a.moment < b.moment ? 1 : a.moment > b.moment ? -1 : 0))
    .map(({ moment: _, ...step }) => step);
}
