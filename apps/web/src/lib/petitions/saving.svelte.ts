/** How a page of making a petition saves what it asked: the draft is kept, and the next question follows. */
import { petitionEndpoints } from '@folkmoot/core/petitions/endpoints';
import { enhance, type Refusal } from '@folkmoot/ui/enhance';
import { goto } from '$app/navigation';
import { fieldWords, type MyPetition, nextAskPath, refusedWords } from './asking.ts';

/**
 * Call it while a component is set up.
 * @param petition the draft
 * @param trouble what the page's action gave back
 * @param body what is sent, where it is not the form's fields as they stand
 */
export const savingDraft = (
  petition: number,
  trouble: Refusal | null,
  body?: (fields: FormData) => unknown,
) =>
  enhance<MyPetition>({
    endpoint: petitionEndpoints.savePetition,
    params: { petition },
    trouble,
    ...(body && { body }),
    refused: refusedWords,
    invalid: fieldWords,
    done: (saved) => goto(nextAskPath(saved), { invalidateAll: true }),
  });
