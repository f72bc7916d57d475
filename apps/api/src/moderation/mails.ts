/** What the author is told: what became of their words, by which rule, why, and how to ask for another look. */
import { UNDO_MINUTES } from '@folkmoot/core/moderation/rules';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import type { Tx } from '@folkmoot/db/client';
import { mails } from '@folkmoot/db/schema/notifications';
import { m } from '@folkmoot/words';
import { and, eq } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { letter, queueMail } from '../notifications/index.ts';
import { mailboxOf } from './store.ts';

type Told = {
  kind: 'hidden' | 'shown' | 'appeal_upheld' | 'appeal_refused';
  decision: string;
  event: number;
  author: string;
  /** `report`, `petition`, `group`: the first word of its topic */
  thing: string;
  title: string;
  rule: number | null;
  reason: string;
};

/** A mail that may still be taken back waits as long as the decision may. @returns whether there is an address */
export async function tellAuthor(tx: Tx, house: House, it: Told): Promise<boolean> {
  const box = await mailboxOf(tx, it.author);
  if (!box) return false;
  const { lang } = box;
  const other: Lang = lang === 'cy' ? 'en' : 'cy';
  const url = (to: Lang) => `${house.publicUrl()}${to === 'cy' ? '/cy' : ''}/decisions/${it.decision}`;
  const { title } = it;
  const say = (locale: Lang) => ({
    title: m.moderation_mail_title({ kind: it.kind }, { locale }),
    line: m.moderation_mail_line({ kind: it.kind, title, thing: it.thing }, { locale }),
    rule: it.rule ? [m.moderation_mail_rule({ rule: String(it.rule) }, { locale })] : [],
    button: m.moderation_mail_button({ kind: it.kind }, { locale }),
  });
  const [own, below] = [say(lang), say(other)];
  const { html, text } = letter({
    lang,
    town: inLang(house.place().name, lang).text,
    title: own.title,
    lines: [own.line, ...own.rule, `“${it.reason}”`],
    button: { words: own.button, url: url(lang) },
    other: {
      lang: other,
      title: below.title,
      lines: [below.line],
      link: { words: below.button, url: url(other) },
    },
    foot: [m.mail_foot({}, { locale: lang })],
  });
  const leaves = new Date(house.clock().getTime() + UNDO_MINUTES * 60_000);
  await queueMail(
    tx,
    {
      to: box.value,
      contactId: box.id,
      personId: it.author,
      eventId: it.event,
      kind: `moderation_${it.kind}`,
      lang,
      priority: 'answer',
      subject: own.title,
      html,
      text,
    },
    new URL(house.publicUrl()).hostname,
    leaves,
  );
  return true;
}

/** The decision was taken back in time: its mail never leaves. */
export const stopMail = (tx: Tx, event: number) =>
  tx
    .update(mails)
    .set({ state: 'stopped' })
    .where(and(eq(mails.eventId, event), eq(mails.state, 'queued')));
