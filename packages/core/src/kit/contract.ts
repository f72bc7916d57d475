import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where an endpoint lives. `path` is relative to `/api/v1`, parameters written `:name`. */
export type Endpoint = { readonly method: Method; readonly path: string };

/**
 * Who may call an endpoint at all, before the thing itself is looked at:
 * `public` anyone; `person` somebody signed in (else 401); `staff` somebody with a role in an organisation
 * and a second factor (else 401, 403); `demo` only where the demo town runs (else 404).
 */
export type Access = 'public' | 'person' | 'staff' | 'demo';

/** What an endpoint takes, gives and may refuse. `refusals` are this endpoint's own words for "a rule says no". */
export type Contract = {
  readonly endpoint: Endpoint;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly refusals: readonly string[];
  /**
   * The ability behind it that shows somebody's private details, as `domain.ability` of a `policy.ts` line marked
   * with `looking`: an answer that went out without a row in the access log is a bug, and the server breaks it.
   */
  readonly looks?: string;
};

/** Keeps the literal types of a contract so that API, web and tests share them. */
export const contract = <const C extends Contract>(it: C): C => it;

type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type OnlyGiven<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };

/** What a caller sends. */
export type CallInput<C extends Contract> = OnlyGiven<{
  params: Input<C['params']>;
  query: Input<C['query']>;
  body: Input<C['body']>;
}>;

/** What a handler receives, after validation. */
export type CallReceived<C extends Contract> = {
  params: Output<C['params']>;
  query: Output<C['query']>;
  body: Output<C['body']>;
};

/** What a handler gives and a caller receives (dates already as ISO strings). */
export type CallAnswer<C extends Contract> = z.output<C['answer']>;
export type CallGives<C extends Contract> = z.input<C['answer']>;
export type CallRefusal<C extends Contract> = C['refusals'][number];
