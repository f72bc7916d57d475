/** What a picture and a frame say of a petition: the same for everybody, asked at most once a second. */
import type { PetitionFull } from '@folkmoot/core/petitions/contract';
import { nextGoal } from '@folkmoot/core/petitions/goals';
import type { Lang } from '@folkmoot/core/kit/plain';
import { m, sayNumber } from '@folkmoot/words';
import type { House } from '../../kit/house.ts';
import { sharedFor } from '../../kit/shared.ts';
import { publicPetition } from '../reading.routes.ts';
import { HIDDEN, readFull } from '../store.ts';

export type Shown = Pick<PetitionFull, 'id' | 'lang' | 'state' | 'signatures' | 'thresholds' | 'closesAt'> & {
  /** null where moderators hid it */
  title: string | null;
};

/** @returns `(petition) => Shown | null`; null for what not everybody may see */
export function shownOf(house: House): (id: number) => Promise<Shown | null> {
  const shared = sharedFor<Shown | null>();
  return (id) =>
    shared(String(id), async () => {
      const petition = await publicPetition(house, id);
      if (!petition) return null;
      const { title, lang, state, signatures, thresholds, closesAt } = await readFull(house.db, petition);
      return { id, title: title === HIDDEN ? null : title, lang, state, signatures, thresholds, closesAt };
    });
}

/** Was it ever open to names? What was never published has no count. */
export const hasCount = ({ state }: Pick<Shown, 'state'>): boolean => state !== 'rejected';

/** "of us have signed." and what a few more would do, or how it stands. */
export function saidOf(shown: Shown, locale: Lang): { signed: string; then: string } {
  const next = nextGoal(shown);
  const then = next
    ? m.petitionshare_next(
        { more: sayNumber(next.at - shown.signatures, { locale }), threshold: next.threshold },
        { locale },
      )
    : shown.state === 'open'
      ? m.petitionshare_all_reached({}, { locale })
      : m.petitionshare_stands({ state: shown.state }, { locale });
  return { signed: m.petitionshare_signed({ count: shown.signatures }, { locale }), then };
}
