/**
 * A number is reached. Who must do what it brings about hears it at once, with the day by which the council promised
 * it; who signed hears it by the mailing of the milestone. Both once, since a threshold is reached once.
 */
import type { Threshold } from '@folkmoot/core/petitions/plain';
import { daysFor, type Scheme, thresholdsOf } from '@folkmoot/core/petitions/scheme';
import type { Role } from '@folkmoot/core/people/roles';
import type { Tx } from '@folkmoot/db/client';
import { notifications } from '@folkmoot/db/schema/notifications';
import { m, sayDate, sayNumber } from '@folkmoot/words';
import type { House } from '../kit/house.ts';
import { addressees, recordBadge } from '../notifications/index.ts';
import { owedBy } from './clocks.ts';
import type { Petition } from './facts.ts';
import { holdersOf } from './holding.ts';
import { post } from './mails.ts';
import { announce, reachedMilestone } from './milestones.ts';

/** A debate is the councillors' own; what is written and said before it is their officers' work. */
const OWES: Record<Threshold, Role[]> = {
  response: ['officer', 'admin'],
  evidence: ['officer', 'admin'],
  debate: ['officer', 'councillor', 'admin'],
};

export type Crossed = { threshold: Threshold; event: number };
type At = { house: House; petition: Petition; scheme: Scheme };

/** The bell of all who owe it, and a mail to those who want each at once; the others read it in the evening's. */
async function tellOwing(tx: Tx, { house, petition, scheme }: At, it: Crossed): Promise<void> {
  const { threshold, event: eventId } = it;
  const { id, title, organisationId } = petition;
  const reached = await addressees(tx, await holdersOf(tx, organisationId, OWES[threshold]));
  if (reached.size === 0) return;
  const now = house.clock();
  await tx
    .insert(notifications)
    .values(
      [...reached.values()].map(({ person: personId, digest }) => ({
        personId,
        eventId,
        kind: 'petition_reached',
        topic: `petition:${id}`,
        data: { petition: id },
        at: now,
        digestedAt: digest === 'daily' ? null : now,
      })),
    )
    .onConflictDoNothing();
  for (const person of reached.keys()) await recordBadge(tx, house, person);
  const by = await owedBy(tx, organisationId, now, daysFor(scheme, threshold));
  const at = thresholdsOf(scheme)[threshold];
  for (const who of [...reached.values()].filter(({ digest }) => digest === 'now'))
    await post(
      tx,
      house,
      { to: who.to, lang: who.lang, personId: who.person, contactId: who.contactId },
      {
        kind: 'petition_owed',
        priority: 'answer',
        path: `/desk/petitions/${id}`,
        say: (locale) => ({
          subject: m.petitiondesk_mail_owed_subject({ title }, { locale }),
          title: m.petitiondesk_mail_owed_title({ threshold }, { locale }),
          lines: [
            m.petitiondesk_mail_owed_line(
              { title, at: sayNumber(at, { locale }), by: sayDate(by, 'long', { locale }) },
              { locale },
            ),
          ],
          button: m.petitiondesk_mail_owed_button({}, { locale }),
        }),
      },
    );
}

/** Tells of thresholds that were crossed just now, in the transaction that crossed them. @param crossed in rising order */
export async function tellReached(tx: Tx, at: At, crossed: readonly Crossed[]): Promise<void> {
  for (const one of crossed) {
    await tellOwing(tx, at, one);
    await announce(tx, at.house, at.petition.id, reachedMilestone(one.threshold));
  }
}
