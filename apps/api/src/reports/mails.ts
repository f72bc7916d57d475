/** The mails of reports: short, one button, in the person's language with the other one below. */
import { m, sayDayTime } from '@folkmoot/words';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { Queryable } from '@folkmoot/db/client';
import type { House } from '../kit/house.ts';
import { footOf, letter, queueMail } from '../notifications/index.ts';

/** the button in these mails works for two days; after that what waited for it is forgotten */
export const CONFIRM_MINUTES = 48 * 60;

type Confirm = {
  to: string;
  contactId: string;
  lang: Lang;
  title: string;
  token: string;
};
type Sentences = { subject: string; title: string; line: string; button: string };

/** One mail with one button; without its press nothing happens. */
async function confirmMail(
  tx: Queryable,
  house: House,
  it: Confirm,
  kind: string,
  say: (locale: Lang) => Sentences,
): Promise<void> {
  const other: Lang = it.lang === 'cy' ? 'en' : 'cy';
  const url = (lang: Lang) => `${house.publicUrl()}${lang === 'cy' ? '/cy' : ''}/confirm/${it.token}`;
  const now = house.clock();
  const { lang } = it;
  const until = sayDayTime(new Date(now.getTime() + CONFIRM_MINUTES * 60_000), now, { locale: lang });
  const [own, below] = [say(lang), say(other)];
  const { html, text } = letter({
    lang,
    town: inLang(house.place().name, lang).text,
    title: own.title,
    lines: [own.line],
    button: { words: own.button, url: url(lang) },
    after: [m.mail_works_once({ until }, { locale: lang }), m.mail_not_you({}, { locale: lang })],
    other: {
      lang: other,
      title: below.title,
      lines: [below.line],
      link: { words: below.button, url: url(other) },
    },
    foot: footOf(house, lang),
  });
  const { to, contactId } = it;
  const { subject } = own;
  const host = new URL(house.publicUrl()).hostname;
  await queueMail(tx, { to, contactId, kind, lang, priority: 'confirm', subject, html, text }, host, now);
}

/** "Is this from you?": without the press of the button nobody sees the report. */
export const confirmReportMail = (
  tx: Queryable,
  house: House,
  it: Confirm & { place: string },
): Promise<void> => {
  const what = { title: it.title, place: it.place };
  return confirmMail(tx, house, it, 'confirm_report', (locale) => ({
    subject: m.mail_confirm_report_subject(what, { locale }),
    title: m.mail_confirm_report_title({}, { locale }),
    line: m.mail_confirm_report_line(what, { locale }),
    button: m.mail_confirm_report_button({}, { locale }),
  }));
};

/** The same for a word on somebody's report, or for "it is fixed", "it is not". */
export const confirmUpdateMail = (
  tx: Queryable,
  house: House,
  it: Confirm & { fixed: boolean | null },
): Promise<void> => {
  const { title } = it;
  return confirmMail(tx, house, it, 'confirm_update', (locale) => ({
    subject: m.reports_page_mail_subject({ title }, { locale }),
    title: m.reports_page_mail_title({}, { locale }),
    line:
      it.fixed === null
        ? m.reports_page_mail_comment({ title }, { locale })
        : it.fixed
          ? m.reports_page_mail_fixed({ title }, { locale })
          : m.reports_page_mail_not_fixed({ title }, { locale }),
    button: m.reports_page_mail_button({}, { locale }),
  }));
};
