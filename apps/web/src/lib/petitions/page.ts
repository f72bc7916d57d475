/**
 * What the page of a petition says, put together on the server in one language: what happened, step by step; what is
 * to be known of its state; the days and the wards. The page need not fetch the words of every step and state.
 */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import type { IconName } from '@folkmoot/ui/icons';
import { localizeHref, m, sayDate, sayNumber } from '@folkmoot/words';
import { say, sayReason } from '#lib/say.ts';
import { supportersWords } from './looks.ts';
import { promiseOf, type StepLink } from './steps.ts';

export type Petition = CallAnswer<Contracts['readPetition']>;
export type PetitionIntegrity = CallAnswer<Contracts['readPetitionIntegrity']>;

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

const signs = { response: 'answer', evidence: 'person', debate: 'people' } as const;

/** What each number brings about, and whether it was done. */
export function doesOf(petition: Petition) {
  const done = ({ threshold }: Rung) =>
    petition.steps.find((step) => answers[threshold].includes(step.kind))?.at ?? null;
  const { speakingMinutes } = petition;
  const rungs = petition.thresholds.map((rung) => {
    const at = done(rung);
    const { threshold, reachedAt } = rung;
    const speaks = threshold === 'debate' && speakingMinutes > 0;
    return {
      at: sayNumber(rung.at),
      icon: reachedAt ? ('check' as const) : signs[threshold],
      what: [
        m.petition_does_what({ threshold }),
        speaks ? m.petition_does_speak({ count: speakingMinutes }) : '',
      ]
        .filter(Boolean)
        .join(' '),
      stands: at
        ? m.petition_does_done({ date: sayDate(at) })
        : reachedAt
          ? [m.petition_does_reached({ date: sayDate(reachedAt) }), ...promiseOf(petition, threshold)].join(
              ' ',
            )
          : null,
    };
  });
  return { title: m.petition_does(), rungs };
}

/** Whom to tell, and how. */
export function touchOf({ id, openedAt }: Petition) {
  const at = (rest: string) => localizeHref(`/petitions/${id}/${rest}`);
  const links: Array<StepLink & { icon: IconName }> = [
    ...(openedAt
      ? [
          { href: at('follow'), text: m.notifications_follow_title(), icon: 'bell' as const },
          { href: at('poster'), text: m.petition_touch_print(), icon: 'print' as const },
          { href: at('share'), text: m.petition_touch_embed(), icon: 'plus' as const },
          { href: at('integrity'), text: m.petition_believe(), icon: 'info' as const },
        ]
      : []),
    {
      href: localizeHref(`/flag?topic=petition:${id}`),
      text: m.petition_touch_flag(),
      icon: 'flag' as const,
    },
  ];
  return {
    title: m.petition_touch(),
    share: m.petition_touch_share(),
    copied: m.petition_touch_copied(),
    links,
  };
}

export type Notice = {
  kind: 'plain' | 'care';
  icon: IconName;
  /** begins the first line */
  strong: string | null;
  /** ours, or somebody's own words in the language they are in */
  lines: Array<string | { text: string; lang: string }>;
  links: StepLink[];
};

/** What stands where a moderator hid words. */
export const HIDDEN = '…';
const because = (reason: string | null): string[] => (reason ? [m.petition_notice_reason({ reason })] : []);

function refusedNotice({ rejection, title }: Petition): Notice[] {
  if (!rejection) return [];
  const { name, original } = rejection;
  const { text, lang } = sayReason(rejection);
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
        ...(lang ? [{ text, lang }] : because(text)),
        ...(title === HIDDEN ? [m.petition_notice_rejected_hidden()] : []),
      ],
      links: [
        ...(original ? [instead] : []),
        { href: localizeHref('/decisions/petitions'), text: m.petition_notice_rejected_log() },
      ],
    },
  ];
}

function stateNotice(petition: Petition): Notice[] {
  const { state, thresholds, endedReason, closedAt } = petition;
  const missed = thresholds.some(({ reachedAt }) => reachedAt === null);
  const lines: Partial<Record<Petition['state'], [string, IconName]>> = {
    draft: [m.petition_notice_draft(), 'info'],
    gathering_supporters: [m.petition_notice_gathering(), 'people'],
    in_moderation: [m.petition_notice_moderation(), 'clock'],
    returned: [m.petition_notice_returned(), 'undo'],
    closed: [missed ? m.petition_notice_closed_missed() : m.petition_notice_closed(), 'calendar'],
    withdrawn: [closedAt ? m.petition_notice_withdrawn() : m.petition_notice_unpublished(), 'info'],
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

/** a number for which each language has its usual words */
const MANY = 1_000;
const mores = {
  response: m.petitions_row_more_response,
  evidence: m.petitions_row_more_evidence,
  debate: m.petitions_row_more_debate,
} as const;

/** Sentences that hold a number of their own: said here, since each is long in the language that counts in six ways. */
export function countsOf(petition: Petition) {
  const { state, signatures, lately, supporters } = petition;
  const next = petition.thresholds.find(({ at, reachedAt }) => !reachedAt && at > signatures) ?? null;
  return {
    counting:
      state === 'open' && signatures > 0
        ? m.petition_step_counting({ count: signatures }).replace(sayNumber(signatures), '#')
        : null,
    /** the next number, and what so many more bring about */
    next: next && {
      at: next.at,
      text: mores[next.threshold]({ count: MANY }).replace(sayNumber(MANY), '#'),
    },
    allReached: m.petition_all_reached(),
    lately: lately ? m.petition_lately({ count: lately }) : null,
    justNow: m.petition_just_now(),
    believe: m.petition_why_believe(),
    happened: m.petition_next(),
    now: m.petition_step_now(),
    supporters: supporters && supportersWords(supporters),
  };
}

/** What people say of the answer, protected. */
export function ratingOf({ yes, no }: PetitionIntegrity['rating']) {
  const shown = (count: number | 'c') => (count === 'c' ? m.petition_rate_few() : sayNumber(count));
  return {
    title: m.petition_rate(),
    line:
      yes === 0 && no === 0
        ? m.petition_rate_nobody()
        : m.petition_rate_result({ yes: shown(yes), no: shown(no) }),
    signIn: m.petition_rate_sign_in(),
  };
}

/** Its title, or what stands there where its words are not shown. */
export function headingOf({ title, rejection }: Petition): { text: string; wordless: boolean } {
  if (title !== HIDDEN) return { text: title, wordless: false };
  return { text: rejection ? m.petition_rejected_title() : m.petition_hidden_title(), wordless: true };
}
