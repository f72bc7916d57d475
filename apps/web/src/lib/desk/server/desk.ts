/** What the pages of the desk load and send: the same endpoints with and without JavaScript. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { ContractName, Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer, CallInput } from '@folkmoot/core/kit/contract';
import { deLocalizeHref, localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { api, type Outcome } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';

export type Page = Pick<
  RequestEvent,
  'platform' | 'cookies' | 'request' | 'getClientAddress' | 'url' | 'locals'
>;

const doors: Record<string, string> = { sign_in: '/sign-in', second_factor: '/sign-in/code' };

/** Who is not signed in is sent to sign in, and comes back here. */
function toDoor(event: Page, code: string): void {
  const door = doors[code];
  if (!door) return;
  const back = deLocalizeHref(event.url.pathname) + event.url.search.replaceAll(/[?&]\/\w+/g, '');
  redirect(303, localizeHref(`${door}?to=${encodeURIComponent(back)}`));
}

/** For loads of pages that only staff see. */
export async function atDesk<N extends ContractName>(
  event: Page,
  name: N,
  input: CallInput<Contracts[N]>,
): Promise<CallAnswer<Contracts[N]>> {
  neverShared(event);
  return orDoor(event, await api(event).send(name, input));
}

export function orDoor<T>(event: Page, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.answer;
  toDoor(event, outcome.trouble.code);
  error(outcome.status === 422 ? 400 : outcome.status, outcome.trouble.code);
}

/** A form's fields, but for Kit's own. */
export const typed = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form.entries()].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );

/** What was ticked in each of a form's lists: `parts[]`. */
const listsIn = (form: FormData): Record<string, string[]> =>
  Object.fromEntries(
    [...new Set(form.keys())]
      .filter((name) => name.endsWith('[]'))
      .map((name) => [name, form.getAll(name).map(String)]),
  );

/** For actions: what was typed comes back with what is wrong. `at` names the form on the page. */
export function refusedAt<T>(event: Page, at: string, outcome: Outcome<T>, form: FormData) {
  if (outcome.ok) throw new Error('nothing was refused');
  toDoor(event, outcome.trouble.code);
  return fail(outcome.status, { at, trouble: outcome.trouble, typed: typed(form), lists: listsIn(form) });
}

/** Sends a form to an endpoint of one report. */
export async function sendForm<N extends ContractName>(
  event: Page,
  name: N,
  params: Record<string, unknown>,
) {
  const form = await event.request.formData();
  const outcome = await api(event).send(name, { params, body: formObject(form) } as never);
  return { form, outcome };
}

/** The queue's choices as they stand in the address. */
export function choicesIn(url: URL): Record<string, string> {
  const names = ['organisation', 'view', 'ward', 'group', 'state', 'team', 'overdue', 'q', 'page'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = url.searchParams.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** The town's hour, for the greeting. */
export function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/London' }).format(
      now,
    ),
  );
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

type ReportQueue = Outcome<{ mayChange: boolean }>;

/**
 * Who only reads reports, or has none, begins where their own work is: a councillor at the petitions, a moderator
 * there or at what was flagged. Whoever asks for the reports by a tab gets them.
 */
async function toOwnDesk(event: Page, queue: ReportQueue): Promise<void> {
  const none = !queue.ok && queue.trouble.code === 'not_allowed';
  if (!none && (!queue.ok || queue.answer.mayChange || event.url.search !== '')) return;
  const counted = await api(event).send('countPetitionDesk', { query: {} });
  const reads = counted.ok && counted.answer.moderate !== null;
  if (reads) redirect(303, localizeHref('/desk/petitions'));
  if (none) redirect(303, localizeHref('/desk/moderation'));
}

/** The queue as its page shows it, and one report beside it. */
export async function loadDesk(event: Page, report: number | null) {
  const choices = choicesIn(event.url);
  neverShared(event);
  const found = await api(event).send('listReportQueue', { query: choices as never });
  if (report === null) await toOwnDesk(event, found);
  const queue = await orDoor(event, found);
  const first = queue.items[0];
  // looking at a private report is written down, so it is opened by a person and never by the page
  const id = report ?? (first && !first.private ? first.id : null);
  const outcome = id === null ? null : await api(event).send('readReportAtDesk', { params: { report: id } });
  if (report !== null && outcome && !outcome.ok) {
    toDoor(event, outcome.trouble.code);
    error(outcome.status, outcome.trouble.code);
  }
  return {
    queue,
    choices,
    picked: report !== null,
    item: outcome?.ok ? outcome.answer : null,
    part: partOfDay(new Date()),
    done: event.url.searchParams.get('done'),
    undo: event.url.searchParams.get('undo'),
  };
}
