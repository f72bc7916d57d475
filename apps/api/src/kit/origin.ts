/** Unsafe methods and sockets must come from our own pages: the browser says so in Origin (or Sec-Fetch-Site). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

/** In the demo localhost and 127.0.0.1 are both itself. */
export function sameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const { origin } = request.headers;
  if (!origin) return request.headers['sec-fetch-site'] === 'same-origin' || !request.headers.cookie;
  if (origin === publicUrl) return true;
  const ours = new URL(publicUrl);
  if (!URL.canParse(origin)) return false;
  const theirs = new URL(origin);
  return (
    LOOPBACK.test(ours.host) &&
    LOOPBACK.test(theirs.host) &&
    theirs.port === ours.port &&
    theirs.protocol === ours.protocol
  );
}

/** A cookie alone never writes: a page elsewhere could send it. JSON (or a form through Kit) from our origin may. */
export function guardOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method) || !request.url.startsWith('/api/')) return;
    if (request.headers.cookie && !sameOrigin(request, app.house.publicUrl()))
      throw new Refused('other_origin', 403);
  });
}
