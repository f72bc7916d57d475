/**
 * `/petitions/7/embed` and `/embed/…`: what other sites may show of us. Nothing here sets a cookie or reads one, so
 * that nobody can be followed from site to site. These pages alone may stand in anybody's frame; all they can do is
 * read a public number and open a page of ours.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inLang } from '@folkmoot/core/kit/plain';
import { notFound } from '../../kit/errors.ts';
import { type Asked, langOf, numberOf } from './asked.ts';
import { emptyFrame, type FrameAbout, frameOf } from './frame.ts';
import type { Shown } from './view.ts';

const HOUR = 3_600;
const WEEK = 604_800;
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

const own = (name: string): Buffer => readFileSync(new URL(`assets/${name}`, import.meta.url));
const font = (name: string): Buffer =>
  readFileSync(new URL(`../../../../../packages/ui/src/styles/fonts/${name}`, import.meta.url));
type Asset = { body: Buffer; type: string; seconds: number };
const SCRIPT = 'text/javascript; charset=utf-8';

const readAssets = (): Record<string, Asset> => ({
  'petition.js': { body: own('petition.js'), type: SCRIPT, seconds: HOUR },
  'frame.js': { body: own('frame.js'), type: SCRIPT, seconds: HOUR },
  ...Object.fromEntries(
    ['display-core', 'display-ext', 'text-core', 'text-ext'].map((name) => [
      `${name}.woff2`,
      { body: font(`${name}.woff2`), type: 'font/woff2', seconds: WEEK },
    ]),
  ),
});

function give(request: FastifyRequest, reply: FastifyReply, { body, type, seconds }: Asset): FastifyReply {
  const tag = `"${createHash('sha1').update(body).digest('base64url')}"`;
  void reply
    .header('cache-control', `public, max-age=${seconds}, stale-while-revalidate=${WEEK}`)
    .header('etag', tag)
    // a page may load the script with `crossorigin` and check it by `integrity`
    .header('access-control-allow-origin', '*');
  return (request.headers['if-none-match'] ?? '').split(/, */).includes(tag)
    ? reply.code(304).send()
    : reply.type(type).send(body);
}

export function mountFrame(app: FastifyInstance, shownAt: (id: number) => Promise<Shown | null>): void {
  const { house } = app;
  const assets = readAssets();
  const css = own('frame.css').toString();

  for (const at of ['/petitions/:petition(^\\d+)/embed', '/:lang(^cy$)/petitions/:petition(^\\d+)/embed'])
    app.get<Asked>(at, async (request, reply) => {
      const lang = langOf(request);
      const { theme } = request.query;
      const about: FrameAbout = {
        lang,
        town: inLang(house.place().name, lang).text,
        theme: theme === 'light' || theme === 'dark' ? theme : null,
      };
      const shown = await shownAt(numberOf(request));
      void reply
        .removeHeader('x-frame-options')
        .header('content-security-policy', POLICY)
        .header('cache-control', 'public, max-age=10, stale-while-revalidate=60')
        .type('text/html; charset=utf-8');
      return shown ? frameOf(shown, about) : reply.code(404).send(emptyFrame(about));
    });

  app.get<{ Params: { name: string } }>('/embed/:name', async (request, reply) => {
    const { name } = request.params;
    const { hue, chroma } = house.place();
    // the town's colour cannot stand in a style attribute under the frame's policy
    const asset =
      name === 'frame.css'
        ? {
            body: Buffer.from(`:root{--hue:${hue};--chroma:${chroma}}\n${css}`),
            type: 'text/css; charset=utf-8',
            seconds: HOUR,
          }
        : Object.hasOwn(assets, name) && assets[name];
    if (!asset) throw notFound();
    return give(request, reply, asset);
  });

  const verify = { body: own('verify.mjs'), type: SCRIPT, seconds: HOUR };
  app.get('/open-data/verify.mjs', async (request, reply) => give(request, reply, verify));
}
