/** What a mail about a report says: what happened in one sentence, the words that were said, one button. */
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { NotificationKind } from '@folkmoot/core/notifications/plain';
import type { ReportState } from '@folkmoot/core/reports/plain';
import { m, sayDate } from '@folkmoot/words';
import { type Addressee, otherLang, type Post, type Said, urlIn } from './post.ts';
import type { Told } from './report-news.ts';

/** What a private report says of itself in a subject that others may see over a shoulder. */
export const titleOf = ({ report }: Pick<Told, 'report'>, lang: Lang): string =>
  report.private ? m.mail_your_report({ number: report.id }, { locale: lang }) : report.title;

/** One figure is one person up to 25; then a figure stands for more, and the line says for how many. */
export function standing(people: number, lang: Lang): Said['people'] {
  if (people < 2) return undefined;
  const each = Math.ceil(people / 25);
  const line = m.mail_report_people({ count: people }, { locale: lang });
  const one = each > 1 ? ` ${m.mail_one_figure({ count: each }, { locale: lang })}` : '';
  return { figures: Math.floor(people / each), line: line + one };
}

export const stateWords = (state: ReportState, lang: Lang): string =>
  m.mail_state({ state }, { locale: lang });

/** What happened, in one sentence of a language; the state may have moved on since the event. */
export function sentenceOf(kind: NotificationKind, told: Told, state: ReportState, lang: Lang): string {
  const locale = { locale: lang };
  const organisation = inLang(told.organisation, lang).text;
  switch (kind) {
    case 'report_comment':
      return m.mail_report_comment_line({ name: told.writer ?? m.mail_a_neighbour({}, locale) }, locale);
    case 'report_answer':
    case 'report_question':
      return m.mail_report_answer_line({ organisation }, locale);
    case 'councillor_question':
      return m.mail_councillor_question_line({ name: told.asked?.by ?? '' }, locale);
    case 'councillor_answer':
      return m.mail_councillor_answer_line({ organisation }, locale);
    case 'report_asked':
      return m.mail_report_asked_line({ date: sayDate(told.report.createdAt, 'plain', locale) }, locale);
    default:
      return m.mail_state_line({ state, organisation }, locale);
  }
}

function headline(kind: NotificationKind, told: Told, state: ReportState, lang: Lang): string {
  const locale = { locale: lang };
  switch (kind) {
    case 'report_comment':
      return m.mail_report_comment_title({}, locale);
    case 'report_answer':
    case 'report_question':
      return m.mail_report_answer_title({ organisation: inLang(told.organisation, lang).text }, locale);
    case 'councillor_question':
      return m.mail_councillor_question_title({ name: told.asked?.by ?? '' }, locale);
    case 'councillor_answer':
      return m.mail_councillor_answer_title({}, locale);
    case 'report_asked':
      return m.mail_report_asked_title({}, locale);
    default:
      return stateWords(state, lang);
  }
}

/** What is between councillors and officers is read and answered at the desk. */
export const isWork = (kind: NotificationKind): boolean =>
  kind === 'councillor_question' || kind === 'councillor_answer';
export const pathOf = (kind: NotificationKind, report: number): string =>
  isWork(kind) ? `/desk/reports/${report}` : `/reports/${report}`;

function quoteOf(told: Told, kind: NotificationKind, lang: Lang): Said['quote'] {
  const organisation = inLang(told.organisation, lang).text;
  const { asked, update } = told;
  if (kind === 'councillor_question' && asked) return { words: asked.text, by: asked.by, lang: asked.lang };
  if (kind === 'councillor_answer' && asked?.answer)
    return { words: asked.answer, by: organisation, lang: asked.answerLang ?? asked.lang };
  const by = update?.organisationId
    ? organisation
    : (told.writer ?? m.mail_a_neighbour({}, { locale: lang }));
  return update?.text ? { words: update.text, by, lang: update.lang } : undefined;
}

const asks = (kind: NotificationKind): boolean => kind === 'report_fixed' || kind === 'report_asked';

/**
 * @param state the state that the event led to
 * @param token of the button "was it fixed?", where the mail asks it
 */
export function reportMail(
  post: Post,
  who: Pick<Addressee, 'lang'>,
  kind: NotificationKind,
  told: Told,
  state: ReportState,
  token: string | null,
): Said {
  const { lang } = who;
  const locale = { locale: lang };
  const { report } = told;
  const other = otherLang(lang);
  const path = asks(kind) && token ? `/confirm/${token}` : pathOf(kind, report.id);
  const words = (to: Lang) =>
    asks(kind) ? m.mail_report_fixed_button({}, { locale: to }) : m.mail_report_button({}, { locale: to });
  const where = (to: Lang) =>
    m.mail_report_where({ title: titleOf(told, to), place: report.place }, { locale: to });
  const title = headline(kind, told, state, lang);
  return {
    subject: `${title}${title.endsWith('?') ? '' : ':'} ${titleOf(told, lang)}`,
    title,
    intro: sentenceOf(kind, told, state, lang),
    lines: [where(lang), sentenceOf(kind, told, state, lang)],
    quote: quoteOf(told, kind, lang),
    button: { words: words(lang), url: urlIn(post, lang, path) },
    people: report.private ? undefined : standing(told.supports + 1, lang),
    after: asks(kind) ? [m.mail_report_fixed_ask({}, locale)] : [],
    other: {
      lang: other,
      title: headline(kind, told, state, other),
      lines: [`${where(other)} ${sentenceOf(kind, told, state, other)}`],
      link: { words: words(other), url: urlIn(post, other, path) },
    },
    why: isWork(kind) ? m.mail_why_desk({}, locale) : m.mail_why_follow({}, locale),
  };
}
