/**
 * Three kinds of error: *invalid* (the contract refuses: 422 with the fields), *refused* (a rule says no: 409, 403
 * or 404 with a code of that endpoint's own list) and *broken* (a bug: 500, logged, a constant public text).
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodError } from 'zod';

/** What a field may have wrong with it; the pages have a sentence for each. */
export type FieldProblem = string;
export type Fields = Record<string, FieldProblem>;

export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  /** seconds until it may be tried again */
  readonly retryAfter: number | null;
  /** in public words, where somebody gave one */
  readonly reason: string | null;
  constructor(
    code: string,
    status = 409,
    retryAfter: number | null = status === 503 ? 2 : null,
    reason: string | null = null,
  ) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.reason = reason;
  }
}
export class Invalid extends Error {
  readonly fields: Fields;
  constructor(fields: Fields) {
    super('invalid');
    this.fields = fields;
  }
}

/** A thing one may not know of is not there. */
export const notFound = () => new Refused('not_found', 404);

function problemOf(issue: ZodError['issues'][number]): FieldProblem {
  switch (issue.code) {
    case 'invalid_type':
      return 'required';
    case 'too_small':
      return issue.origin === 'string' ? (issue.minimum === 1 ? 'required' : 'too_short') : 'too_small';
    case 'too_big':
      return issue.origin === 'string' ? 'too_long' : 'too_big';
    case 'invalid_format':
      return issue.format === 'email' ? 'not_an_email' : 'not_understood';
    case 'invalid_value':
      return 'not_an_option';
    case 'custom':
      return issue.message || 'not_understood';
    default:
      return 'not_understood';
  }
}

/** `{ 'answers.depth': 'required' }`: the first problem of each field. */
export function fieldsOf(error: ZodError): Fields {
  const fields: Fields = {};
  for (const issue of error.issues) fields[issue.path.map(String).join('.') || 'body'] ??= problemOf(issue);
  return fields;
}

function answerError(error: FastifyError | Refused | Invalid, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Refused) {
    if (error.retryAfter !== null) void reply.header('retry-after', String(error.retryAfter));
    return reply.code(error.status).send({ code: error.code, ...(error.reason && { reason: error.reason }) });
  }
  if (error instanceof Invalid) return reply.code(422).send({ code: 'invalid', fields: error.fields });
  const status = 'statusCode' in error && error.statusCode ? error.statusCode : 500;
  if (status === 429) return reply.code(429).send({ code: 'too_many' });
  if (status === 413) return reply.code(413).send({ code: 'too_large' });
  if (status === 503) return reply.code(503).header('retry-after', '2').send({ code: 'busy' });
  if (status >= 400 && status < 500)
    return reply.code(status === 415 ? 415 : 400).send({ code: 'not_understood' });
  request.log.error({ err: error }, 'broken');
  return reply.code(500).send({ code: 'broken', request: request.id });
}

/** An address that cannot be read at all (`/reports/%`) never reaches a route; it is answered in the same words. */
export const answerBadAddress = (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void =>
  void reply.code(400).send({ code: 'not_understood' });

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'not_found' }));
}
