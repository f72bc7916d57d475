/** What the pages of making a petition share on the server. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { nextAskPath } from '../asking.ts';

type Page = Pick<RequestEvent, 'platform' | 'cookies' | 'request' | 'getClientAddress' | 'params'>;
type Change = CallInput<Contracts['savePetition']>['body'];

/** Saves what one page asked and leads on; else the page again with what is wrong and what was typed. */
export async function saveAsked(event: Page, change: Record<string, unknown>, values = change) {
  const params = { petition: Number(event.params['petition']) };
  const said = await api(event).send('savePetition', { params, body: change as Change });
  if (said.ok) redirect(303, nextAskPath(said.answer));
  if (said.trouble.code === 'not_found') redirect(303, localizeHref('/petitions/new'));
  return fail(said.status, { ...said.trouble, values });
}
