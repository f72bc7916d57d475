/** The mails of reports: short, one button, in the person's language with the other one below. */
import { m, sayDayTime } from '@folkmoot/words';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Queryable } from '@folkmoot/db/client';
import type { House } from '../kit/house.ts';
import { letter, queueMail } from '../notifications/index.ts';

type Confirm = { to: string; contactId: string; lang: Lang; title: string; place: string; token: string };

/** "Is this from you?": without the press of the button nobody sees the report. */
export async function confirmReportMail(tx: Queryable, house: House, it: Confirm): Promise<void> {
  const other: Lang = it.lang === 'cy' ? 'en' : 'cy';
  const url = (lang: Lang) => `${house.publicUrl()}${lang === 'cy' ? '/cy' : ''}/confirm/${it.token}`;
  const what = { title: it.title, place: it.place };
  const now = house.clock();
  const until = sayDayTime(new Date(now.getTime() + 48 * 3_600_000), now, { locale: it.lang });
  const { html, text } = letter({
    lang: it.lang,
    town: 'Anybridge',
    title: m.mail_confirm_report_title({}, { locale: it.lang }),
    lines: [m.mail_confirm_report_line(what, { locale: it.lang })],
    button: { words: m.mail_confirm_report_button({}, { locale: it.lang }), url: url(it.lang) },
    after: [m.mail_works_once({ until }, { locale: it.lang }), m.mail_not_you({}, { locale: it.lang })],
    other: {
      lang: other,
      title: m.mail_confirm_report_title({}, { locale: other }),
      lines: [m.mail_confirm_report_line(what, { locale: other })],
      link: { words: m.mail_confirm_report_button({}, { locale: other }), url: url(other) },
    },
    foot: [m.mail_foot({}, { locale: it.lang })],
  });
  const host = new URL(house.publicUrl()).hostname;
  const subject = m.mail_confirm_report_subject(what, { locale: it.lang });
  await queueMail(
    tx,
    {
      to: it.to,
      contactId: it.contactId,
      kind: 'confirm_report',
      lang: it.lang,
      priority: 'confirm',
      subject,
      html,
      text,
    },
    host,
    house.clock(),
  );
}
