/** Moderators hear of a burst once: in their inbox, and by mail. Neither says from where; the page does, to who may know. */
import type { BurstKind } from '@folkmoot/core/petitions/plain';
import type { Role } from '@folkmoot/core/people/roles';
import type { Tx } from '@folkmoot/db/client';
import { notifications } from '@folkmoot/db/schema/notifications';
import { m } from '@folkmoot/words';
import type { House } from '../kit/house.ts';
import { addressees, recordBadge } from '../notifications/index.ts';
import type { Petition } from './facts.ts';
import { holdersOf } from './holding.ts';
import { post } from './mails.ts';

const WATCH: Role[] = ['moderator', 'admin'];

export async function tellModerators(
  tx: Tx,
  house: House,
  petition: Pick<Petition, 'id' | 'title' | 'organisationId'>,
  it: { event: number; kind: BurstKind; most: number },
): Promise<void> {
  const persons = await holdersOf(tx, petition.organisationId, WATCH);
  if (persons.length === 0) return;
  const now = house.clock();
  await tx
    .insert(notifications)
    .values(
      persons.map((personId) => ({
        personId,
        eventId: it.event,
        kind: 'petition_burst',
        topic: `petition:${petition.id}`,
        data: { petition: petition.id },
        at: now,
        digestedAt: now,
      })),
    )
    .onConflictDoNothing();
  for (const person of persons) await recordBadge(tx, house, person);
  const { title } = petition;
  const words = { title, kind: it.kind, count: it.most };
  for (const who of (await addressees(tx, persons)).values())
    await post(
      tx,
      house,
      { to: who.to, lang: who.lang, personId: who.person, contactId: who.contactId },
      {
        kind: 'petition_burst',
        priority: 'answer',
        path: `/desk/petitions/${petition.id}/signatures`,
        say: (locale) => ({
          subject: m.petitionrules_mail_burst_subject({ title }, { locale }),
          title: m.petitionrules_mail_burst_title({ kind: it.kind }, { locale }),
          lines: [m.petitionrules_mail_burst_line(words, { locale })],
          button: m.petitionrules_mail_burst_button({}, { locale }),
        }),
      },
    );
}
