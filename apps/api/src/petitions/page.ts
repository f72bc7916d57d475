/** What the page of a petition needs beside the petition: the last hour, what is paused, what is promised to signers. */
import type { PetitionPage } from '@folkmoot/core/petitions/contract';
import { owing } from '@folkmoot/core/petitions/rules';
import { daysFor, type Scheme } from '@folkmoot/core/petitions/scheme';
import { pausedUntil } from '@folkmoot/core/places/pauses';
import { PAUSE_KINDS } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import { signatures } from '@folkmoot/db/schema/signatures';
import { and, eq, gt, isNotNull, lte } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { readPauses } from '../places/index.ts';
import { owedBy } from './clocks.ts';
import { countsOf, factsOf, type Petition, schemeOf } from './facts.ts';
import { readFull } from './store.ts';

const HOUR = 3_600_000;
/** counting an hour of a petition that everybody signs takes a while: done this often */
const LATELY_MS = 10_000;

/** What everybody may hold the council to: what was reached and is not done, with its day. */
async function promisedOf(
  db: Queryable,
  petition: Petition,
  scheme: Scheme,
  steps: PetitionPage['steps'],
  today: string,
): Promise<PetitionPage['promised']> {
  const { reached } = factsOf(petition, await countsOf(db, petition.id), scheme);
  const promised = [];
  for (const threshold of owing(
    { ...petition, reached },
    steps.map((step) => step.kind),
  )) {
    const by = await owedBy(db, petition.organisationId, reached[threshold]!, daysFor(scheme, threshold));
    promised.push({ threshold, by, late: by < today });
  }
  return promised;
}

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
    const scheme = await schemeOf(db, petition);
    const { speakingMinutes, keepDays } = scheme;
    const pauses = await readPauses(db);
    const today = clock().toISOString().slice(0, 10);
    const full = await readFull(db, petition);
    const open = petition.state === 'open';
    return {
      ...full,
      lately: open ? await lately(String(petition.id), () => countLately(petition.id)) : null,
      paused: PAUSE_KINDS.flatMap((what) => {
        const until = pausedUntil(pauses, petition.organisationId, what, today);
        return until ? [{ what, until }] : [];
      }),
      speakingMinutes,
      promised: await promisedOf(db, petition, scheme, full.steps, today),
      keepDays,
    };
  };
}
