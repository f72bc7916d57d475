/**
 * The photo or PDF of a paper sheet. It shows names, addresses and signatures, so it lies under a name that
 * `/files` never serves, and who looks at it is written down. A photo is drawn anew; a PDF is kept as it came and
 * is only ever given out to be saved, never shown as a page of ours.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { petitionSheets } from '@folkmoot/db/schema/signatures';
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldsOf, Invalid, notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { receiveFile, serveFile, wantsJson } from '../kit/one-file.ts';
import { reveal } from '../kit/reveal.ts';
import { sha256 } from '../kit/secrets.ts';
import { checkAccess } from '../kit/serve.ts';
import { cleanPhoto } from '../reports/index.ts';
import { findPetition, type Petition } from './facts.ts';
import { scanFile, sheetsAs } from './sheets.ts';

const SCAN_BYTES = 12 * 1024 * 1024;

async function mayHandle(house: House, actor: Actor, id: number): Promise<Petition> {
  const petition = await findPetition(house.db, id);
  if (!petition || !(await sheetsAs(house.db, actor, petition))) throw notFound();
  return petition;
}

/** The widest drawing of a photo, or the PDF as it is. @throws Refused not_a_scan, and what photos are refused for */
async function cleanScan(bytes: Buffer): Promise<{ scan: string; content: Buffer }> {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-')
    return { scan: `${sha256(bytes)}.pdf`, content: bytes };
  const photo = await cleanPhoto(bytes).catch((error: unknown) => {
    throw error instanceof Refused && error.code === 'not_a_photo' ? new Refused('not_a_scan', 415) : error;
  });
  return { scan: `${photo.hash}.webp`, content: photo.files.at(-1)!.content };
}

async function keep(house: House, request: FastifyRequest, petition: number): Promise<string> {
  await mayHandle(house, await request.actor(), petition);
  await limit(house, 'upload', networkOf(request.ip));
  const { scan, content } = await cleanScan(await receiveFile(request, SCAN_BYTES));
  await house.files.keep(scanFile(scan), content);
  return scan;
}

async function answerScan(house: House, request: FastifyRequest, reply: FastifyReply) {
  const { params: paramsShape, query: queryShape } = contracts.keepSheetScan;
  checkAccess('person', await request.actor(), house.settings.demo);
  const params = paramsShape.safeParse(request.params);
  const query = queryShape.safeParse(request.query);
  if (!params.success) throw notFound();
  if (!query.success) throw new Invalid(fieldsOf(query.error));
  const { petition } = params.data;
  const { from, lang } = query.data;
  const path = `${lang === 'cy' ? '/cy' : ''}${from === 'desk' ? '/desk' : ''}/petitions/${petition}/sheets`;
  const json = wantsJson(request);
  try {
    const scan = await keep(house, request, petition);
    return json ? await reply.code(201).send({ scan }) : await reply.redirect(`${path}?scan=${scan}`, 303);
  } catch (error) {
    if (!(error instanceof Refused) || json || error.status === 404) throw error;
    return reply.redirect(`${path}?problem=${error.code}`, 303);
  }
}

async function giveScan(house: House, request: FastifyRequest, reply: FastifyReply) {
  const actor = await request.actor();
  checkAccess('person', actor, house.settings.demo);
  const params = contracts.readSheetScan.params.safeParse(request.params);
  const [sheet] = params.success
    ? await house.db.select().from(petitionSheets).where(eq(petitionSheets.id, params.data.sheet))
    : [];
  if (!sheet?.scan) throw notFound();
  const petition = await mayHandle(house, actor, sheet.petitionId);
  const name = scanFile(sheet.scan);
  if (!(await house.files.has(name))) throw notFound();
  await reveal(request, { what: 'list', why: 'handling', person: null, topic: `petition:${petition.id}` });
  const path = house.files.pathOf(name);
  const pdf = name.endsWith('.pdf');
  void reply
    .header('content-type', pdf ? 'application/pdf' : 'image/webp')
    .header('content-length', (await stat(path)).size)
    .header(
      'content-disposition',
      `${pdf ? 'attachment' : 'inline'}; filename="sheet.${pdf ? 'pdf' : 'webp'}"`,
    )
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox");
  return reply.send(createReadStream(path));
}

/** In a room of its own, as the photos of reports: nowhere else does the server read a multipart body. */
export function mountScans(app: FastifyInstance): void {
  const { house } = app;
  const { keepSheetScan, readSheetScan } = contracts;
  serveFile(app, keepSheetScan, (request, reply) => answerScan(house, request, reply));
  app.route({
    method: readSheetScan.endpoint.method,
    url: `/api/v1${readSheetScan.endpoint.path}`,
    config: { contract: readSheetScan },
    handler: (request, reply) => giveScan(house, request, reply),
  });
}
