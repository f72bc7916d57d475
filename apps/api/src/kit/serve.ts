/** How a contract becomes a route: who may call, is it well said, then the handler. Every endpoint passes here. */
import type { Actor } from '@folkmoot/core/kit/policy';
import type { CallGives, CallReceived, Contract } from '@folkmoot/core/kit/contract';
import { STAFF_ROLES } from '@folkmoot/core/people/roles';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { hasAlready, keptAnswers, shareable } from './caching.ts';
import { type Fields, fieldsOf, Invalid, Refused } from './errors.ts';
import { storable } from './storable.ts';

export type Call<C extends Contract> = CallReceived<C> & {
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
};
export type Handler<C extends Contract> = (call: Call<C>) => Promise<CallGives<C>>;

/** An actor who is certainly signed in: what a handler behind `access: 'person'` may rely on. */
export const personOf = (actor: Actor): string => {
  if (!actor.person) throw new Refused('sign_in', 401);
  return actor.person;
};

/** Before the thing itself is looked at: 401 for who must sign in, 403 for who holds no role or no second factor. */
export function checkAccess(access: Contract['access'], actor: Actor, demo: boolean): void {
  if (access === 'demo' && !demo) throw new Refused('not_found', 404);
  if (access === 'public' || access === 'demo') return;
  if (!actor.person) throw new Refused('sign_in', 401);
  if (access === 'person') return;
  if (!actor.grants.some((grant) => STAFF_ROLES.includes(grant.role))) throw new Refused('not_allowed', 403);
  if (!actor.strong) throw new Refused('second_factor', 403);
}

const parts = ['params', 'query', 'body'] as const;

function validate(contract: Contract, request: FastifyRequest): Record<(typeof parts)[number], unknown> {
  const given = { params: request.params, query: request.query, body: request.body ?? {} };
  const read: Record<(typeof parts)[number], unknown> = { params: {}, query: {}, body: undefined };
  const wrong: Fields = {};
  for (const part of parts) {
    const shape: z.ZodType | undefined = contract[part];
    if (!shape) continue;
    const parsed = shape.safeParse(storable(given[part]));
    if (parsed.success) read[part] = parsed.data;
    // a path that is not even well formed names nothing
    else if (part === 'params') throw new Refused('not_found', 404);
    else Object.assign(wrong, fieldsOf(parsed.error));
  }
  if (Object.keys(wrong).length) throw new Invalid(wrong);
  return read;
}

/**
 * For answers that are the same for everybody: says what they are made from, in a word that changes whenever that
 * does. While it stays, so does each answer, and the handler is not asked again.
 */
export type Shared = () => Promise<string>;

/** Mounts one endpoint under `/api/v1`. What it gives is cut to the contract's answer: nothing else can leak. */
export function serve<C extends Contract>(
  app: FastifyInstance,
  contract: C,
  handler: Handler<C>,
  shared?: Shared,
): void {
  const { method, path } = contract.endpoint;
  const kept = keptAnswers();
  if (shared && method === 'GET' && contract.access === 'public')
    app.house.kept.offer(path, async (url) => kept.find(await shared(), url));
  app.route({
    method,
    url: `/api/v1${path}`,
    config: { contract },
    handler: async (request, reply) => {
      const actor = await request.actor();
      checkAccess(contract.access, actor, app.house.settings.demo);
      const madeFrom = await shared?.();
      let text = madeFrom === undefined ? undefined : kept.find(madeFrom, request.url)?.text;
      if (!text) {
        const read = validate(contract, request);
        const gives = await handler({ ...(read as CallReceived<C>), actor, request, reply });
        if (reply.sent) return reply;
        text = JSON.stringify(contract.answer.parse(gives));
        if (madeFrom !== undefined) kept.keep(madeFrom, request.url, { text });
      }
      if (shared) shareable(request, reply);
      if (hasAlready(request, reply, text)) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(text);
    },
  });
}
