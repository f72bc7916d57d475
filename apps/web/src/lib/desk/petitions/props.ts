/** What the parts of the petitions' desk hand on to each other. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import type { PetitionBrief } from '@folkmoot/core/petitions/contract';
import type { Read, ToAnswer } from './server/load.ts';

type OfPage = {
  /** What the page's action gave back, for whichever form. */
  form: Record<string, unknown> | null;
  /** What the address says besides: where the queue stands. */
  query: string;
};

/** Of a petition that somebody reads before others may. */
export type ReadingProps = OfPage & {
  item: Read;
  codes: CallAnswer<Contracts['listPetitionRejectionCodes']>;
  /** Petitions found by the words in `find`, without a script. */
  found: PetitionBrief[] | null;
  find: string;
  tab: string;
  ondecide: (at: string) => unknown;
};

/** Of a petition that the council owes something. */
export type AnsweringProps = OfPage & { item: ToAnswer; ondone: (kind: string) => unknown };
