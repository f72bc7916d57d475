/**
 * A form that is one file: streamed to the API by itself, so that no other field can be lost with it. Read in a room of
 * its own, since nowhere else does the server take a multipart body.
 */
import multipart from '@fastify/multipart';
import type { Contract } from '@folkmoot/core/kit/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from './errors.ts';

/** What a form says of itself that cannot be read (cut off, without its boundary, too many parts), in words. */
function problemOf(error: unknown, request: FastifyRequest): Refused {
  if (error instanceof Refused) return error;
  request.log.info({ err: error }, 'file not understood');
  return (error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE'
    ? new Refused('too_large', 413)
    : new Refused('broken_photo', 415);
}

async function readFile(request: FastifyRequest, mostBytes: number): Promise<Buffer> {
  const limits = { fileSize: mostBytes, files: 1, fields: 2, parts: 3, fieldSize: 1_000 };
  const file = await request.file({ limits, throwFileSizeLimit: false });
  if (!file) throw new Refused('no_file', 409);
  const content = await file.toBuffer();
  if (file.file.truncated) throw new Refused('too_large', 413);
  if (content.length === 0) throw new Refused('no_file', 409);
  return content;
}

/** @throws Refused no_file, too_large, broken_photo where the form itself cannot be read */
export async function receiveFile(request: FastifyRequest, mostBytes: number): Promise<Buffer> {
  if (!request.isMultipart()) throw new Refused('no_file', 415);
  try {
    return await readFile(request, mostBytes);
  } catch (error) {
    throw problemOf(error, request);
  }
}

export const wantsJson = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('application/json');

/**
 * Answers a script with JSON; leads a form without one back to its page, with the word for what was wrong.
 * @param back the page, and the part of it that holds the form
 */
export async function answerFile(
  request: FastifyRequest,
  reply: FastifyReply,
  back: { page: string; part: string },
  take: () => Promise<object>,
): Promise<FastifyReply> {
  const json = wantsJson(request);
  try {
    const answer = await take();
    return json ? reply.send(answer) : reply.redirect(back.page, 303);
  } catch (error) {
    // a disk that is full or a database that is away is no fault of the file
    if (!(error instanceof Refused) || json || [401, 403, 404].includes(error.status)) throw error;
    return reply.redirect(`${back.page}?problem=${error.code}#${back.part}`, 303);
  }
}

/** Mounts an endpoint whose body is one file. */
export function serveFile(
  app: FastifyInstance,
  contract: Contract,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  void app.register(async (room) => {
    await room.register(multipart, { throwFileSizeLimit: false });
    const { method, path } = contract.endpoint;
    room.route({ method, url: `/api/v1${path}`, config: { contract }, handler });
  });
}
