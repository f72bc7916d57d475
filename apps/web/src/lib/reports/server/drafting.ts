/** What the pages of making a report share on the server: the draft of this visitor, and saving one page of it. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { getLocale, localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { type Draft, nextPath } from '../draft.ts';

type Page = Pick<RequestEvent, 'platform' | 'cookies' | 'request' | 'getClientAddress'>;
type Change = CallInput<Contracts['saveReportDraft']>['body'];

/** The draft, or the first page where there is none. */
export async function draftOrStart(parent: () => Promise<{ draft: Draft | null }>): Promise<Draft> {
  const { draft } = await parent();
  if (!draft) redirect(303, localizeHref('/reports/new'));
  return draft;
}

/** Saves what one page asked and leads on; else the page again with what is wrong and what was typed. */
export async function savePage(event: Page, change: Record<string, unknown>) {
  const said = await api(event).send('saveReportDraft', { body: change as Change });
  if (said.ok) redirect(303, nextPath(said.answer));
  if (said.trouble.code === 'no_draft') redirect(303, localizeHref('/reports/new'));
  return fail(said.status, { ...said.trouble, values: change });
}

/** A still map around a point; null where the place has no drawn one. */
export async function stillMap(
  event: Page,
  at: { lon: number; lat: number },
  size: { width: number; height: number; zoom: number },
): Promise<string | null> {
  const drawn = await api(event).send('drawCrop', { query: { ...at, ...size, lang: getLocale() } });
  return drawn.ok ? drawn.answer.svg : null;
}
