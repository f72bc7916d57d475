/** One page of a report in the making, sent by script. */
import { reportEndpoints } from '@folkmoot/core/reports/endpoints';
import { enhance, type Enhanced, type Refusal } from '@folkmoot/ui/enhance';
import { formObject } from '@folkmoot/ui/form-data';
import { goto } from '$app/navigation';
import { type Draft, nextPath } from './draft.ts';
import { fieldWords } from './found.ts';
import { orKeep } from './waiting.svelte.ts';

/**
 * Saves what the page asks and leads on to the next; without a signal it is kept on the phone.
 * @param returned what the page's action found, where the page came back
 * @param body what the fields say, where that is more than they hold
 */
export const savingForm = (
  returned: Refusal | null | undefined,
  body: (fields: FormData) => Record<string, unknown> = formObject,
): Enhanced =>
  enhance<Draft>({
    endpoint: reportEndpoints.saveReportDraft,
    before: orKeep(body),
    trouble: returned ?? null,
    body,
    invalid: fieldWords,
    done: (draft) => goto(nextPath(draft), { invalidateAll: true }),
  });
