/** Who asks: the session cookie, read once a request, and the visitor's draft cookie. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sessions } from '../people/index.ts';
import { randomToken, sha256 } from './secrets.ts';

const DRAFT = 'folkmoot-draft';
const DRAFT_DAYS = 30;

export function readWho(app: FastifyInstance, sessions: Sessions): void {
  const actors = new WeakMap<FastifyRequest, ReturnType<Sessions['actorOf']>>();
  app.decorateRequest('actor', function (this: FastifyRequest) {
    const known = actors.get(this) ?? sessions.actorOf(this.cookies[sessions.cookieName()]);
    actors.set(this, known);
    return known;
  });
  app.decorateRequest('visitor', function (this: FastifyRequest) {
    const raw = this.cookies[DRAFT];
    return raw ? sha256(`visitor ${raw}`) : null;
  });
}

/**
 * The visitor of this request, making the draft cookie when there is none: a random word that says nothing of the
 * person and lets them leave and come back.
 */
export function visitorOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): string {
  const known = request.visitor();
  if (known) return known;
  const raw = randomToken();
  void reply.setCookie(DRAFT, raw, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: DRAFT_DAYS * 86_400,
  });
  return sha256(`visitor ${raw}`);
}

/** "Firefox on Android": enough to know one's own device again, too little to track anybody. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const browser = /Edg/.test(agent)
    ? 'Edge'
    : /Firefox/.test(agent)
      ? 'Firefox'
      : /Chrome|Chromium/.test(agent)
        ? 'Chrome'
        : /Safari/.test(agent)
          ? 'Safari'
          : '?';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : '?';
  return `${browser} · ${system}`;
}
