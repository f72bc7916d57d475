/** What of petitions can be flagged: the words themselves. Hidden so, the whole text is, until it is shown again. */
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitions } from '@folkmoot/db/schema/petitions';
import { eq } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import type { Moderatable, Thing } from '../moderation/index.ts';
import { findPetition, lockPetition, recordPetition, subjectOf } from './facts.ts';

async function read(db: Queryable, id: string, part: string): Promise<Thing | null> {
  const petition =
    part === 'text' && /^[1-9][0-9]{0,15}$/.test(id) ? await findPetition(db, Number(id)) : null;
  if (!petition || !subjectOf(petition).published) return null;
  const { title, why, details, lang, createdAt, personId, creatorName, organisationId } = petition;
  const hidden = petition.hiddenAt !== null;
  return {
    kind: 'petition',
    title,
    text: [`${title}.`, why, details].filter(Boolean).join(' '),
    photo: null,
    lang,
    to: `/petitions/${petition.id}`,
    at: createdAt,
    hidden,
    author: personId,
    authorName: petition.hiddenParts.includes('name') ? null : creatorName,
    organisation: organisationId,
    area: null,
    category: null,
    private: false,
    visible: !hidden && petition.removedAt === null,
  };
}

async function hide(house: House, tx: Tx, id: string, hidden: boolean): Promise<void> {
  const petition = await lockPetition(tx, Number(id));
  // taken away for good, it is not shown again by taking a flag's decision back
  if (!petition || petition.removedAt) return;
  const now = house.clock();
  await tx
    .update(petitions)
    .set({ hiddenAt: hidden ? now : null, hiddenParts: [], hiddenReason: null, updatedAt: now })
    .where(eq(petitions.id, petition.id));
  await recordPetition(tx, house, petition, hidden ? 'petition.hidden' : 'petition.shown', {});
}

export const petitionThings = (house: House): Moderatable => ({
  read,
  hide: (tx, id, _part, hidden) => hide(house, tx, id, hidden),
});
