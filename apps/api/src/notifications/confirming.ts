/** "Is this from you?": without the press of the button nobody is written to again. */
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Queryable } from '@folkmoot/db/client';
import { m, sayDayTime } from '@folkmoot/words';
import { otherLang, type Post, urlIn, write } from './post.ts';

/** the button works for two days; after that what waited for it is forgotten */
export const CONFIRM_MINUTES = 48 * 60;

/** What was asked for: a thing by its title, or a part of the place in each language. */
export type Confirms = { follow: string } | { where: Record<Lang, string> };

const lineOf = (it: Confirms, lang: Lang): string =>
  'follow' in it
    ? m.mail_confirm_follow_line({ title: it.follow }, { locale: lang })
    : m.mail_confirm_alert_line({ where: it.where[lang] }, { locale: lang });

export async function confirmMail(
  tx: Queryable,
  post: Post,
  who: { to: string; contactId: string; lang: Lang },
  it: Confirms,
  token: string,
): Promise<void> {
  const { lang } = who;
  const locale = { locale: lang };
  const other = otherLang(lang);
  const now = post.clock();
  const until = sayDayTime(new Date(now.getTime() + CONFIRM_MINUTES * 60_000), now, locale);
  const path = `/confirm/${token}`;
  await write(
    tx,
    post,
    { ...who, person: null },
    { kind: 'confirm_alert', priority: 'confirm' },
    {
      subject:
        'follow' in it
          ? m.mail_confirm_follow_subject({ title: it.follow }, locale)
          : m.mail_confirm_alert_subject({ where: it.where[lang] }, locale),
      title: m.mail_confirm_alert_title({}, locale),
      lines: [lineOf(it, lang)],
      button: { words: m.mail_confirm_alert_button({}, locale), url: urlIn(post, lang, path) },
      after: [m.mail_works_once({ until }, locale), m.mail_not_you({}, locale)],
      other: {
        lang: other,
        title: m.mail_confirm_alert_title({}, { locale: other }),
        lines: [lineOf(it, other)],
        link: { words: m.mail_confirm_alert_button({}, { locale: other }), url: urlIn(post, other, path) },
      },
    },
  );
}
