/**
 * The council's own crest: one picture, drawn anew on a clear square so that it stands in the same room as the bridge
 * that Folkmoot brings along. What is kept is a picture without anything else that the file carried.
 */
import { contracts } from '@folkmoot/core/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { fieldsOf, Invalid, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { answerFile, receiveFile, serveFile } from '../kit/one-file.ts';
import { sha256 } from '../kit/secrets.ts';
import { checkAccess, personOf, serve } from '../kit/serve.ts';
import { checkPhoto } from '../reports/index.ts';
import { mayEdit } from './admin.routes.ts';
import type { Places } from './index.ts';
import { changePlace } from './keeping.ts';

const MOST_BYTES = 12 * 1024 * 1024;
const SIDE = 512;
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

/** @throws Refused what photos are refused for */
export async function drawCrest(bytes: Buffer): Promise<Buffer> {
  await checkPhoto(bytes);
  const trimmed = await sharp(bytes, { failOn: 'error', pages: 1 })
    .autoOrient()
    .toColourspace('srgb')
    .resize({ width: SIDE, height: SIDE, fit: 'contain', background: CLEAR })
    .timeout({ seconds: 20 })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer()
    .catch(() => {
      throw new Refused('broken_photo', 415);
    });
  return trimmed;
}

/** The settings first, the old file last: should the disk fail, what is left is a file that nobody names. */
async function put(house: House, places: Places, crest: string | null, by: string): Promise<void> {
  const act = { now: house.clock(), by };
  const before = await house.db.transaction((tx) => changePlace(tx, act, (place) => ({ ...place, crest })));
  house.saved();
  await places.refresh();
  if (before.crest !== null && before.crest !== crest) await house.files.drop(before.crest);
}

async function take(house: House, places: Places, request: FastifyRequest): Promise<string> {
  const actor = await request.actor();
  await mayEdit(house, actor);
  await limit(house, 'upload', networkOf(request.ip));
  const content = await drawCrest(await receiveFile(request, MOST_BYTES));
  const crest = `crest-${sha256(content)}.png`;
  await house.files.keep(crest, content);
  await put(house, places, crest, personOf(actor));
  return crest;
}

export function mountCrest(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const { saveCrest, removeCrest } = contracts;

  serveFile(app, saveCrest, async (request, reply) => {
    checkAccess(saveCrest.access, await request.actor(), house.settings.demo);
    const query = saveCrest.query.safeParse(request.query);
    if (!query.success) throw new Invalid(fieldsOf(query.error));
    const page = `${query.data.lang === 'cy' ? '/cy' : ''}/admin/place`;
    return answerFile(request, reply, { page, part: 'crest' }, async () => ({
      crest: await take(house, places, request),
    }));
  });

  serve(app, removeCrest, async ({ actor }) => {
    await mayEdit(house, actor);
    await put(house, places, null, personOf(actor));
    return { ok: true as const };
  });
}
