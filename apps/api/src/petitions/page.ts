/** What the page of a petition needs beside the petition: the last hour, what is paused, what is promised to signers. */
import type { PetitionPage } from '@folkmoot/core/petitions/contract';
import { pausedUntil } from '@folkmoot/core/places/pauses';
import { PAUSE_KINDS } from '@folkmoot/core/places/plain';
import { signatures } from '@folkmoot/db/schema/signatures';
import { and, eq, gt, isNotNull, lte } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { readPauses } from '../places/index.ts';
import { type Petition, schemeOf } from './facts.ts';
import { readFull } from './store.ts';

const HOUR = 3_600_000;
/** counting an hour of a petition that everybody signs takes a while: done this often */
const LATELY_MS = 10_000;

export function pagesOf({ db, clock }: Pick<House, 'db' | 'clock'>) {
  const lately = sharedFor<number>(LATELY_MS);
  const countLately = (id: number): Promise<number> => {
    const now = clock();
    return db.$count(
      signatures,
      and(
        eq(signatures.petitionId, id),
        eq(signatures.state, 'confirmed'),
        isNotNull(signatures.leaf),
        gt(signatures.confirmedAt, new Date(now.getTime() - HOUR)),
        lte(signatures.confirmedAt, now),
      ),
    );
  };
  return async (petition: Petition): Promise<PetitionPage> => {
    const { speakingMinutes, keepDays } = await schemeOf(db, petition);
    const pauses = await readPauses(db);
    const today = clock().toISOString().slice(0, 10);
    const open = petition.state === 'open';
    return {
      ...(await readFull(db, petition)),
      lately: open ? await lately(String(petition.id), () => countLately(petition.id)) : null,
      paused: PAUSE_KINDS.flatMap((what) => {
        const until = pausedUntil(pauses, petition.organisationId, what, today);
        return until ? [{ what, until }] : [];
      }),
      speakingMinutes,
      keepDays,
    };
  };
}
