/**
 * `/files/NAME`: photos and the drawn map. A file is named by its content, so it is kept for ever by browsers and
 * carried by any cache; it is sent as exactly the type its ending says, and never as a page. The map is text and goes
 * out pressed, which is done once and kept beside it.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from './errors.ts';

const TYPES: Readonly<Record<string, string>> = {
  geojson: 'application/geo+json; charset=utf-8',
  webp: 'image/webp',
  avif: 'image/avif',
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
};
const PRESSED = new Set(['geojson', 'csv']);
const YEAR = 31_536_000;
const press = {
  // 9 of 11: the last two steps take ten times as long for a few per cent
  br: (content: Buffer) =>
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (content: Buffer) => promisify(gzip)(content, { level: 9 }),
};
type Coding = keyof typeof press;

const codingOf = (request: FastifyRequest): Coding | null => {
  const accepts = String(request.headers['accept-encoding'] ?? '');
  return /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : null;
};

/** What every answer says, whichever way the bytes go. */
function dress(reply: FastifyReply, type: string, tag: string): void {
  void reply
    .header('content-type', type)
    .header('cache-control', `public, max-age=${YEAR}, immutable`)
    .header('etag', tag)
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'cross-origin')
    // an image or a map may be shown by any page; were it opened itself, it could still do nothing
    .header('content-security-policy', "default-src 'none'; sandbox");
}

export function serveFiles(app: FastifyInstance): void {
  const { files, settings } = app.house;
  const made = new Map<string, Promise<void>>();

  /** Presses a file once; others who ask meanwhile wait for the same. */
  const pressed = async (name: string, coding: Coding): Promise<string> => {
    const kept = `${name}.${coding}`;
    if (await files.has(kept)) return kept;
    const making =
      made.get(kept) ??
      readFile(files.pathOf(name))
        .then(press[coding])
        .then((content) => files.keep(kept, content))
        .finally(() => made.delete(kept));
    made.set(kept, making);
    await making;
    return kept;
  };

  app.get<{ Params: { name: string } }>('/files/:name', async (request, reply) => {
    const { name } = request.params;
    const ending = name.split('.').at(-1) ?? '';
    const type = TYPES[ending];
    // asked first: the store throws on a name that could leave its folder
    if (!type || !/^[a-z0-9][a-z0-9_-]*\.[a-z]+$/.test(name) || !(await files.has(name))) throw notFound();
    // pictures only: a page may show those from anywhere, but fetches its map from us alone
    if (settings.filesUrl && type.startsWith('image/'))
      return reply
        .header('cache-control', 'public, max-age=3600')
        .redirect(`${settings.filesUrl}/${name.slice(0, 2)}/${name}`, 302);
    const coding = PRESSED.has(ending) ? codingOf(request) : null;
    const tag = `"${name}${coding ? `.${coding}` : ''}"`;
    dress(reply, type, tag);
    if (PRESSED.has(ending)) void reply.header('vary', 'accept-encoding');
    if ((request.headers['if-none-match'] ?? '').includes(tag)) return reply.code(304).send();
    const path = files.pathOf(coding ? await pressed(name, coding) : name);
    if (coding) void reply.header('content-encoding', coding);
    void reply.header('content-length', (await stat(path)).size);
    return reply.send(createReadStream(path));
  });
}
