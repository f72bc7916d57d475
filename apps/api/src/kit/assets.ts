/** Scripts, styles and fonts of the built site, held in memory with the pressed copies that the build made. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
/** the whole client is some hundred kilobytes; anything far beyond is left to the disk */
const LARGEST = 2 * 1024 * 1024;

type Form = { headers: string[]; body: Buffer };
type Asset = { etag: string; plain: Form; gzip: Form | null; br: Form | null };

const pressed = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null);

function readAsset(path: string, url: string, type: string): Asset {
  const plain = readFileSync(path);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  const form = (body: Buffer | null, encoding?: string): Form | null =>
    body && {
      body,
      headers: [
        ...['content-type', type, 'content-length', String(body.length), 'etag', etag],
        'cache-control',
        // the build names these files by their content
        url.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...['vary', 'accept-encoding', 'x-content-type-options', 'nosniff'],
        ...['cross-origin-resource-policy', 'cross-origin'],
        ...(encoding ? ['content-encoding', encoding] : []),
      ],
    };
  return {
    etag,
    plain: form(plain) as Form,
    gzip: form(pressed(`${path}.gz`), 'gzip'),
    br: form(pressed(`${path}.br`), 'br'),
  };
}

export type Assets = { answer: (request: IncomingMessage, response: ServerResponse) => boolean };

/** @param dir the `client` folder of the build */
export function assetsIn(dir: string): Assets {
  const known = new Map<string, Asset>();
  if (existsSync(dir))
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const type = TYPES[extname(entry.name)];
      const url = path.slice(dir.replace(/\/$/, '').length);
      if (entry.isFile() && type && readFileSync(path).length <= LARGEST)
        known.set(url, readAsset(path, url, type));
    }
  return {
    answer(request, response) {
      const asset = known.get(request.url ?? '');
      if (!asset || request.method !== 'GET') return false;
      if (request.headers['if-none-match'] === asset.etag) {
        response.writeHead(304, ['etag', asset.etag]);
        response.end();
        return true;
      }
      const accepts = request.headers['accept-encoding'] ?? '';
      const form =
        (/\bbr\b/.test(accepts) && asset.br) || (/\bgzip\b/.test(accepts) && asset.gzip) || asset.plain;
      response.writeHead(200, form.headers);
      response.end(form.body);
      return true;
    },
  };
}
