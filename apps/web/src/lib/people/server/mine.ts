/** Pages of one person: who is not signed in is sent to sign in and comes back; staff give their code first. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { ContractName, Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer, CallInput } from '@folkmoot/core/kit/contract';
import { deLocalizeHref, localizeHref } from '@folkmoot/words';
import { error } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import type { Failed } from '../trouble.ts';

type Page = Pick<RequestEvent, 'platform' | 'cookies' | 'request' | 'getClientAddress' | 'url'>;

const doors: Record<string, string> = {
  sign_in: '/sign-in',
  second_factor: '/sign-in/code',
  second_factor_again: '/sign-in/code',
};

/** Where a refusal leads that is only a matter of signing in. */
function doorFor(event: Page, code: string): string | null {
  const door = doors[code];
  if (!door) return null;
  const back = deLocalizeHref(event.url.pathname);
  return localizeHref(`${door}?to=${encodeURIComponent(back)}`);
}

/** For loads. */
export async function mine<N extends ContractName>(
  event: Page,
  name: N,
  input: CallInput<Contracts[N]>,
): Promise<CallAnswer<Contracts[N]>> {
  const outcome = await api(event).send(name, input);
  if (outcome.ok) return outcome.answer;
  const door = doorFor(event, outcome.trouble.code);
  if (door) redirect(303, door);
  error(outcome.status === 422 ? 400 : outcome.status, outcome.trouble.code);
}

/** For actions: the answer, or the page again with what is wrong and what was typed. */
export async function act<N extends ContractName>(
  event: Page,
  name: N,
  input: CallInput<Contracts[N]>,
  typed: Record<string, string> = {},
) {
  const outcome = await api(event).send(name, input);
  if (outcome.ok) return { ok: true as const, answer: outcome.answer };
  const door = doorFor(event, outcome.trouble.code);
  if (door) redirect(303, door);
  const failed: Failed = { trouble: outcome.trouble, typed, from: name };
  return { ok: false as const, failure: fail(outcome.status, failed) };
}

/** The fields of a form as they were typed; secrets are not given back. */
export function typedOf(form: FormData): Record<string, string> {
  const fields = [...form.entries()].filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && !/^(password|current|code)$/.test(pair[0]),
  );
  return Object.fromEntries(fields);
}
