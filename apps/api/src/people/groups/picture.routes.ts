/**
 * The picture or crest of a group: one file, drawn anew like every photo that somebody sends, kept under its content.
 * A form without a script is led back to the page, with the word for what was wrong.
 */
import multipart from '@fastify/multipart';
import { contracts } from '@folkmoot/core/contracts';
import { organisations } from '@folkmoot/db/schema/people';
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fieldsOf, Invalid, notFound, Refused } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { limit, networkOf } from '../../kit/limits.ts';
import { personOf, serve } from '../../kit/serve.ts';
import { storable } from '../../kit/storable.ts';
import { cleanPhoto } from '../../reports/index.ts';
import { recordRole } from '../administering.ts';
import type { Organisation } from '../organisations.ts';
import { runGroup } from './store.ts';

const MOST_BYTES = 12 * 1024 * 1024;
const WIDTH = 640;

async function received(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new Refused('no_file', 415);
  const limits = { fileSize: MOST_BYTES, files: 1, fields: 2, parts: 3, fieldSize: 1_000 };
  const file = await request.file({ limits, throwFileSizeLimit: false });
  if (!file) throw new Refused('no_file', 409);
  const content = await file.toBuffer();
  if (file.file.truncated) throw new Refused('too_large', 413);
  if (content.length === 0) throw new Refused('no_file', 409);
  return content;
}

/** Writes the new name, then drops the old file: should the disk fail, what is left is a file that nobody can name. */
async function put(house: House, it: Organisation, picture: string | null, by: string): Promise<void> {
  await house.db.transaction(async (tx) => {
    // another picture is not the one that was taken down
    const hiddenParts =
      picture === it.picture ? it.hiddenParts : it.hiddenParts.filter((part) => part !== 'photo');
    await tx.update(organisations).set({ picture, hiddenParts }).where(eq(organisations.id, it.id));
    await recordRole(tx, { type: 'organisation.edited', organisation: it.id, by }, house.clock());
  });
  house.saved();
  const still =
    it.picture !== null && (await house.db.$count(organisations, eq(organisations.picture, it.picture)));
  if (it.picture !== null && !still) await house.files.drop(it.picture);
}

async function take(house: House, request: FastifyRequest, slug: string): Promise<string> {
  const actor = await request.actor();
  const by = personOf(actor);
  const it = await runGroup(house, actor, slug);
  await limit(house, 'upload', networkOf(request.ip));
  const { hash, files } = await cleanPhoto(await received(request));
  const picture = `group-${hash}.webp`;
  const drawn = files.find((one) => one.width === WIDTH) ?? files.at(-1)!;
  await house.files.keep(picture, drawn.content);
  await put(house, it, picture, by);
  return picture;
}

/** Errors of the form itself (cut off, too many parts) become words, too. */
function problemOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  return (error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE'
    ? new Refused('too_large', 413)
    : new Refused('broken_photo', 415);
}

export function mountPicture(app: FastifyInstance): void {
  const { house } = app;
  const contract = contracts.savePicture;

  // in a room of its own: only there does the server read a multipart body
  void app.register(async (room) => {
    await room.register(multipart, { throwFileSizeLimit: false });
    room.route<{ Params: { slug: string } }>({
      method: contract.endpoint.method,
      url: `/api/v1${contract.endpoint.path}`,
      config: { contract },
      handler: async (request, reply) => {
        const params = contract.params.safeParse(storable(request.params));
        if (!params.success) throw notFound();
        const query = contract.query.safeParse(request.query);
        if (!query.success) throw new Invalid(fieldsOf(query.error));
        const { slug } = params.data;
        const json = (request.headers.accept ?? '').includes('application/json');
        const back = `${query.data.lang === 'cy' ? '/cy' : ''}/organisations/${encodeURIComponent(slug)}`;
        try {
          const picture = await take(house, request, slug);
          return json ? reply.send({ picture }) : reply.redirect(back, 303);
        } catch (error) {
          const refused = problemOf(error);
          if (refused !== error) request.log.info({ err: error }, 'picture not understood');
          if (json || refused.status === 401 || refused.status === 404) throw refused;
          return reply.redirect(`${back}?problem=${refused.code}#picture`, 303);
        }
      },
    });
  });

  serve(app, contracts.removePicture, async ({ actor, params }) => {
    const it = await runGroup(house, actor, params.slug);
    await put(house, it, null, personOf(actor));
    return { ok: true as const };
  });
}
