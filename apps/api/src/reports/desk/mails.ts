/** The mail that the desk itself sends: a question to whoever made a report. */
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { Queryable } from '@folkmoot/db/client';
import { m } from '@folkmoot/words';
import type { House } from '../../kit/house.ts';
import { letter, queueMail } from '../../notifications/index.ts';

type Ask = {
  to: string;
  contactId: string;
  personId: string | null;
  lang: Lang;
  report: number;
  title: string;
  question: string;
};

export async function askMail(tx: Queryable, house: House, it: Ask): Promise<void> {
  const other: Lang = it.lang === 'cy' ? 'en' : 'cy';
  const url = (lang: Lang) => `${house.publicUrl()}${lang === 'cy' ? '/cy' : ''}/reports/${it.report}#answer`;
  const say = (locale: Lang) => ({
    title: m.desk_mail_ask_title({}, { locale }),
    line: m.desk_mail_ask_line({ title: it.title }, { locale }),
    button: m.desk_mail_ask_button({}, { locale }),
  });
  const [own, below] = [say(it.lang), say(other)];
  const { html, text } = letter({
    lang: it.lang,
    town: inLang(house.place().name, it.lang).text,
    title: own.title,
    lines: [own.line, `“${it.question}”`],
    button: { words: own.button, url: url(it.lang) },
    other: {
      lang: other,
      title: below.title,
      lines: [below.line],
      link: { words: below.button, url: url(other) },
    },
    foot: [m.mail_foot({}, { locale: it.lang })],
  });
  const { to, contactId, personId, lang } = it;
  const subject = m.desk_mail_ask_subject({ title: it.title }, { locale: lang });
  await queueMail(
    tx,
    { to, contactId, personId, kind: 'ask_reporter', lang, priority: 'answer', subject, html, text },
    new URL(house.publicUrl()).hostname,
    house.clock(),
  );
}
