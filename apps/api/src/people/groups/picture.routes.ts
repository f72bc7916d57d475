/**
 * The picture or crest of a group: one file, drawn anew like every photo that somebody sends, kept under its content.
 * A form without a script is led back to the page, with the word for what was wrong.
 */
import { contracts } from '@folkmoot/core/contracts';
import { organisations } from '@folkmoot/db/schema/people';
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fieldsOf, Invalid, notFound } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { limit, networkOf } from '../../kit/limits.ts';
import { answerFile, receiveFile, serveFile } from '../../kit/one-file.ts';
import { personOf, serve } from '../../kit/serve.ts';
import { storable } from '../../kit/storable.ts';
import { cleanPhoto } from '../../reports/index.ts';
import { recordRole } from '../administering.ts';
import type { Organisation } from '../organisations.ts';
import { runGroup } from './store.ts';

const MOST_BYTES = 12 * 1024 * 1024;
const WIDTH = 640;

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
  const { hash, files } = await cleanPhoto(await receiveFile(request, MOST_BYTES));
  const picture = `group-${hash}.webp`;
  const drawn = files.find((one) => one.width === WIDTH) ?? files.at(-1)!;
  await house.files.keep(picture, drawn.content);
  await put(house, it, picture, by);
  return picture;
}

export function mountPicture(app: FastifyInstance): void {
  const { house } = app;
  const { savePicture } = contracts;

  serveFile(app, savePicture, async (request, reply) => {
    const params = savePicture.params.safeParse(storable(request.params));
    if (!params.success) throw notFound();
    const query = savePicture.query.safeParse(request.query);
    if (!query.success) throw new Invalid(fieldsOf(query.error));
    const { slug } = params.data;
    const page = `${query.data.lang === 'cy' ? '/cy' : ''}/organisations/${encodeURIComponent(slug)}`;
    return answerFile(request, reply, { page, part: 'picture' }, async () => ({
      picture: await take(house, request, slug),
    }));
  });

  serve(app, contracts.removePicture, async ({ actor, params }) => {
    const it = await runGroup(house, actor, params.slug);
    await put(house, it, null, personOf(actor));
    return { ok: true as const };
  });
}
