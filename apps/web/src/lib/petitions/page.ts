/**
 * What the page of a petition says, put together on the server in one language: what happened, step by step; what is
 * to be known of its state; the days and the wards. The page need not fetch the words of every step and state.
 */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import type { IconName } from '@folkmoot/ui/icons';
import type { TimelineStep } from '@folkmoot/ui/Timeline.svelte';
import { getLocale, localizeHref, m, sayDate, sayNumber } from '@folkmoot/words';
import { say } from '#lib/say.ts';

export type Petition = CallAnswer<Contracts['readPetition']>;
export type PetitionIntegrity = CallAnswer<Contracts['readPetitionIntegrity']>;
type Told = Petition['steps'][number];
export type StepLink = { href: string; text: string };
export type Step = TimelineStep & { lines: string[]; links: StepLink[] };

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
  return [
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
    lines: [...(step.details && !long ? step.details.split(/\n+/) : []), ...linesOf(step)],
    links: linksOf(petition, step),
  };
}

type Dated = Step & { moment: string };
const plain = (title: string, moment: string, more: Partial<Step> = {}): Dated => ({
  title,
  moment,
  when: sayDate(moment),
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
        ? [plain(m.petition_step_reached({ threshold, at: sayNumber(at) }), reachedAt, { icon: 'people' })]
        : [],
    ),
    ...endOf(petition),
    ...(rejection
      ? [
          plain(m.petition_step_rejected(), petition.updatedAt, {
            group: 'closed',
            text: rejection.reason,
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

/** A threshold that was reached with signatures that turned out to be false: both numbers, and when. */
export function latchOf({ thresholds, signatures }: Petition): string | null {
  const below = thresholds.filter(({ reachedAt, at }) => reachedAt && signatures < at).at(0);
  if (!below?.reachedAt) return null;
  return m.petition_latch({
    at: sayNumber(below.at),
    date: sayDate(below.reachedAt),
    now: sayNumber(signatures),
  });
}

/** Whose it is and how long it lasts: "Started by Carys Bowen · open until 3 March 2027". */
export function bylineOf(petition: Petition): string[] {
  const { by, organisation, state, closesAt, closedAt, wards } = petition;
  const ended = closedAt ?? closesAt;
  return [
    by ? m.petition_by({ name: by }) : m.petition_by_nobody(),
    m.petition_to_whom({ who: say(organisation.name) }),
    wards.length ? m.petition_for_wards({ wards: wards.map((ward) => say(ward.name)).join(', ') }) : null,
    state === 'open' && closesAt ? m.petition_open_until({ date: sayDate(closesAt) }) : null,
    state === 'closed' && ended ? m.petition_closed_on({ date: sayDate(ended) }) : null,
  ].filter((part) => part !== null);
}

/** What a pause means for this petition just now. */
function pausesOf({ paused, state, response }: Petition): string[] {
  return paused.flatMap(({ what, until }) => {
    const date = sayDate(until);
    if (what === 'collecting' && state === 'open') return [m.petition_paused_collecting({ date })];
    if (what === 'responding' && response === 'awaiting') return [m.petition_paused_responding({ date })];
    if (what === 'publishing' && state === 'in_moderation') return [m.petition_paused_publishing({ date })];
    return [];
  });
}

type Rung = Petition['thresholds'][number];
const answers = { response: ['response'], evidence: ['evidence'], debate: ['debated', 'not_debated'] };

/** What each number brings about, and whether it was done. */
export function rungsOf(petition: Petition) {
  const done = ({ threshold }: Rung) =>
    petition.steps.find((step) => answers[threshold].includes(step.kind))?.at ?? null;
  return petition.thresholds.map((rung) => {
    const at = done(rung);
    return {
      threshold: rung.threshold,
      at: sayNumber(rung.at),
      reached: rung.reachedAt !== null,
      what: m.petition_does_what({ threshold: rung.threshold }),
      more:
        rung.threshold === 'debate' && petition.speakingMinutes > 0
          ? m.petition_does_speak({ count: petition.speakingMinutes })
          : null,
      stands: at
        ? m.petition_does_done({ date: sayDate(at) })
        : rung.reachedAt
          ? m.petition_does_reached({ date: sayDate(rung.reachedAt) })
          : null,
    };
  });
}

export type Notice = {
  kind: 'plain' | 'care';
  icon: IconName;
  /** begins the first line */
  strong: string | null;
  lines: string[];
  links: StepLink[];
};

/** What stands where a moderator hid words. */
export const HIDDEN = '…';
const because = (reason: string | null): string[] => (reason ? [m.petition_notice_reason({ reason })] : []);

function refusedNotice({ rejection, title }: Petition): Notice[] {
  if (!rejection) return [];
  const { name, reason, original } = rejection;
  const instead = {
    href: localizeHref(`/petitions/${original}`),
    text: m.petition_notice_rejected_instead(),
  };
  return [
    {
      kind: 'care',
      icon: 'hide',
      strong: m.petition_notice_rejected(),
      lines: [
        `${say(name)}.`,
        ...because(reason),
        ...(title === HIDDEN ? [m.petition_notice_rejected_hidden()] : []),
      ],
      links: [
        ...(original ? [instead] : []),
        { href: localizeHref('/decisions'), text: m.petition_notice_rejected_log() },
      ],
    },
  ];
}

function stateNotice(petition: Petition): Notice[] {
  const { state, thresholds, endedReason } = petition;
  const missed = thresholds.some(({ reachedAt }) => reachedAt === null);
  const lines: Partial<Record<Petition['state'], [string, IconName]>> = {
    draft: [m.petition_notice_draft(), 'info'],
    gathering_supporters: [m.petition_notice_gathering(), 'people'],
    in_moderation: [m.petition_notice_moderation(), 'clock'],
    returned: [m.petition_notice_returned(), 'undo'],
    closed: [missed ? m.petition_notice_closed_missed() : m.petition_notice_closed(), 'calendar'],
    withdrawn: [m.petition_notice_withdrawn(), 'info'],
    stopped: [m.petition_notice_stopped(), 'info'],
  };
  const found = lines[state];
  if (!found) return [];
  return [
    { kind: 'plain', icon: found[1], strong: null, lines: [found[0], ...because(endedReason)], links: [] },
  ];
}

/** What is to be known of its state before one reads on. */
export function noticesOf(petition: Petition): Notice[] {
  const { title, rejection, hiddenReason } = petition;
  const whole = title === HIDDEN && !rejection;
  const hidden: Notice[] =
    whole || hiddenReason
      ? [
          {
            kind: 'care',
            icon: 'hide',
            strong: null,
            lines: [
              whole ? m.petition_notice_hidden() : m.petition_notice_part_hidden(),
              ...because(hiddenReason),
            ],
            links: [],
          },
        ]
      : [];
  const paused = pausesOf(petition).map((line): Notice => ({
    kind: 'care',
    icon: 'clock',
    strong: null,
    lines: [line],
    links: [],
  }));
  return [...refusedNotice(petition), ...stateNotice(petition), ...hidden, ...paused];
}

/** Sentences that hold a number of their own: said here, since each is long in the language that counts in six ways. */
export function countsOf(petition: Petition) {
  const { state, signatures, lately, supporters } = petition;
  return {
    counting:
      state === 'open' && signatures > 0
        ? m.petition_step_counting({ count: signatures }).replace(sayNumber(signatures), '#')
        : null,
    lately: lately ? m.petition_lately({ count: lately }) : null,
    supporters: supporters
      ? `${m.petition_supporters({ count: supporters.have, need: supporters.need })} ${m.petition_supporters_then({ need: supporters.need })}`
      : null,
  };
}

/** What people say of the answer, protected. */
export function ratingOf({ yes, no }: PetitionIntegrity['rating']): string {
  const shown = (count: number | 'c') => (count === 'c' ? m.petition_rate_few() : sayNumber(count));
  return yes === 0 && no === 0
    ? m.petition_rate_nobody()
    : m.petition_rate_result({ yes: shown(yes), no: shown(no) });
}

/** Its title, or what stands there where its words are not shown. */
export function headingOf({ title, rejection }: Petition): { text: string; wordless: boolean } {
  if (title !== HIDDEN) return { text: title, wordless: false };
  return { text: rejection ? m.petition_rejected_title() : m.petition_hidden_title(), wordless: true };
}
