/** The browser's own door for reading: the same endpoints as on the server, and old questions can be called off. */
import type { CallAnswer, CallInput } from '@folkmoot/core/kit/contract';
import type { ContractName, Contracts } from '@folkmoot/core/contracts';

type Query = Record<string, string | number | undefined>;

/**
 * @param endpoint of the domain's `endpoints.ts`; only those without parameters in the path
 * @throws when the network or the server fails, or `signal` says stop
 */
export async function ask<N extends ContractName>(
  endpoint: { method: 'GET'; path: string },
  query: CallInput<Contracts[N]> extends { query: infer Q } ? Q : Query,
  signal?: AbortSignal,
): Promise<CallAnswer<Contracts[N]>> {
  const given = Object.entries(query as Query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  // asked because something happened: a second-old answer from the browser's own shelf would hide it
  const response = await fetch(`/api/v1${endpoint.path}?${search}`, {
    signal: signal ?? null,
    cache: 'no-cache',
  });
  if (!response.ok) throw new Error(`${endpoint.path} answered ${response.status}`);
  return (await response.json()) as CallAnswer<Contracts[N]>;
}
