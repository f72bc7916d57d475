/**
 * Files come by a form of their own, so that nothing typed is lost with them. The body is streamed to disk, looked
 * at there, and thrown away; what is kept is drawn anew (photos.ts). A form without a script is sent back to its
 * page; a page with one gets the draft, or the words for what was wrong.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import { contracts } from '@folkmoot/core/contracts';
import { MOST_PHOTOS } from '@folkmoot/core/reports/plain';
import { files } from '@folkmoot/db/schema/content';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldsOf, Invalid, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { sameOrigin } from '../kit/origin.ts';
import { randomToken } from '../kit/secrets.ts';
import type { Places } from '../places/index.ts';
import {
  beginDraft,
  type DraftRow,
  findDraft,
  presentDraft,
  type Whose,
  withPhotos,
  writeDraft,
} from './drafts.ts';
import { whoseDraft } from './drafts.routes.ts';
import { cleanPhoto, type CleanPhoto, keepPhoto, PHOTO_BYTES, slotsOf } from './photos.ts';

type Received = { path: string; truncated: boolean; bytes: number };

/** Streams the parts of a form to files of their own; gives up on what is longer than a photo may be. */
async function receive(house: House, request: FastifyRequest, into: Received[]): Promise<void> {
  const room = join(house.settings.dataDir, 'incoming');
  await mkdir(room, { recursive: true });
  const limits = { fileSize: PHOTO_BYTES, files: MOST_PHOTOS, fields: 5, parts: 8, fieldSize: 1000 };
  for await (const part of request.files({ limits, throwFileSizeLimit: false })) {
    const one: Received = { path: join(room, randomToken()), truncated: false, bytes: 0 };
    into.push(one);
    await pipeline(part.file, createWriteStream(one.path));
    one.truncated = part.file.truncated;
    one.bytes = part.file.bytesRead;
  }
}

async function look(one: Received): Promise<CleanPhoto> {
  if (one.truncated) throw new Refused('too_large', 413);
  return cleanPhoto(await readFile(one.path));
}

/** Keeps the clean photos and writes them into the draft, or keeps nothing at all. */
async function addToDraft(house: House, whose: Whose, clean: CleanPhoto[]): Promise<DraftRow> {
  const now = house.clock();
  const more = clean.map(({ hash, at }) => ({ hash, ...at }));
  const seen = await findDraft(house.db, whose);
  if (seen) withPhotos(seen, more);
  for (const photo of clean) await keepPhoto(house, photo);
  return house.db.transaction(async (tx) => {
    const row = await beginDraft(tx, whose, now);
    const photos = withPhotos(row, more);
    for (const { hash, width, height, files: kept } of clean)
      await tx
        .insert(files)
        .values({
          hash,
          type: 'image/webp',
          width,
          height,
          bytes: kept.at(-1)!.content.length,
          sizes: kept.map((file) => file.width),
          createdAt: now,
        })
        .onConflictDoNothing();
    return writeDraft(tx, row, { photos }, now);
  });
}

/** A form of another site could send a file with the visitor's cookie: the browser must say that it is ours. */
function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin ? !sameOrigin(request, publicUrl) : site !== 'same-origin')
    throw new Refused('other_origin', 403);
}

/** Errors of the form itself (cut off, too many parts) become words, too. */
function problemOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code === 'FST_FILES_LIMIT') return new Refused('too_many_photos', 409);
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Refused('too_large', 413);
  return new Refused('broken_photo', 415);
}

const wantsJson = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('application/json');

type Back = { from: 'photos' | 'place'; lang: 'en' | 'cy' };
function sendBack(reply: FastifyReply, { from, lang }: Back, problem: string | null) {
  const path = `${lang === 'cy' ? '/cy' : ''}/reports/new${from === 'photos' ? '/photos' : ''}`;
  return reply.redirect(problem ? `${path}?problem=${problem}` : path, 303);
}

async function takeUpload(
  house: House,
  request: FastifyRequest,
  whose: Whose,
  inSlot: ReturnType<typeof slotsOf>,
): Promise<DraftRow> {
  if (!request.isMultipart()) throw new Refused('no_file', 415);
  const received: Received[] = [];
  try {
    await receive(house, request, received).catch((error: unknown) => {
      request.log.info({ err: error }, 'upload not understood');
      throw problemOf(error);
    });
    const given = received.filter((one) => one.bytes > 0);
    if (given.length === 0) throw new Refused('no_file', 409);
    return await inSlot(async () => {
      const clean: CleanPhoto[] = [];
      for (const one of given) clean.push(await look(one));
      return addToDraft(house, whose, clean);
    });
  } finally {
    await Promise.all(received.map((one) => rm(one.path, { force: true })));
  }
}

async function answerUpload(
  house: House,
  places: Places,
  inSlot: ReturnType<typeof slotsOf>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  checkOrigin(request, house.publicUrl());
  const query = contracts.uploadPhoto.query.safeParse(request.query);
  if (!query.success) throw new Invalid(fieldsOf(query.error));
  const actor = await request.actor();
  await limit(house, 'upload', networkOf(request.ip));
  const whose = whoseDraft(house, request, reply, actor, true);
  const json = wantsJson(request);
  try {
    const row = await takeUpload(house, request, whose, inSlot);
    if (!json) return sendBack(reply, query.data, null);
    return reply.code(201).send(await presentDraft(house, places, row, actor));
  } catch (error) {
    // a database that is away is no fault of the photo
    if (!(error instanceof Refused) || json) throw error;
    return sendBack(reply, query.data, error.code);
  }
}

/** In a room of its own: nowhere else does the server read a multipart body. */
export function mountUploads(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const inSlot = slotsOf(2, 30);
  const contract = contracts.uploadPhoto;
  void app.register(async (room) => {
    await room.register(multipart, { throwFileSizeLimit: false });
    room.route({
      method: contract.endpoint.method,
      url: `/api/v1${contract.endpoint.path}`,
      config: { contract },
      handler: (request, reply) => answerUpload(house, places, inSlot, request, reply),
    });
  });
}
