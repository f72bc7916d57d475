/** Contracts of one shape that many domains have. */
import { z } from 'zod';
import type { Access, Endpoint } from './contract.ts';
import { done, id } from './shapes.ts';

type Act<N extends string, A extends Access, R extends readonly string[]> = {
  readonly endpoint: Endpoint;
  readonly access: A;
  readonly summary: string;
  readonly params: z.ZodObject<Record<N, typeof id>>;
  readonly answer: typeof done;
  readonly refusals: R;
};

/**
 * To do something to one thing that its id in the path names (`/alerts/:alert`), with nothing more to say: the answer
 * is that it is done. @param name of the id in the path
 */
export const actOn = <N extends string, A extends Access, const R extends readonly string[]>(
  name: N,
  it: Omit<Act<N, A, R>, 'params' | 'answer'>,
): Act<N, A, R> => ({
  ...it,
  params: z.object({ [name]: id } as Record<N, typeof id>),
  answer: done,
});
