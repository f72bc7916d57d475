/**
 * Answers that are the same for everybody may be kept for a second and shown while the next is fetched: a crowd that
 * opens the same map costs one answer a second. Whoever has a cookie asks each time, and hears "the same" in a line.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sharedFor } from './shared.ts';

/** Marks an answer that holds nothing of one visitor. */
export function shareable(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header(
    'cache-control',
    request.headers.cookie ? 'private, no-cache' : 'public, max-age=1, stale-while-revalidate=10',
  );
}

const KEPT_BYTES = 64 * 1024 * 1024;
/** a letter of an answer: itself, and once a page has read it the objects made of it and what is drawn from them */
const LETTER_BYTES = 10;

type Kept = { text: string; answer?: unknown };

/**
 * Answers of one endpoint that stand until what they were made from changes. Then all go at once: nobody asks for an
 * old one again, and with it would stay whatever was drawn from it.
 */
export function keptAnswers(most = KEPT_BYTES) {
  const answers = new LRUCache<string, Kept>({
    maxSize: most,
    sizeCalculation: ({ text }, url) => LETTER_BYTES * text.length + 2 * url.length + 200,
  });
  let standing = '';
  return {
    /** @param madeFrom what answers are made from now, in a word */
    find: (madeFrom: string, url: string): Kept | undefined =>
      madeFrom === standing ? answers.get(url) : undefined,
    keep(madeFrom: string, url: string, kept: Kept): void {
      if (madeFrom !== standing) answers.clear();
      standing = madeFrom;
      answers.set(url, kept);
    },
  };
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const one of Object.values(value)) freeze(one);
  return Object.freeze(value);
}

const VIEW_MS = 1_000;
const MOST_VIEWS = 2_000;

/**
 * Kept answers for the pages of this process, which need no request to themselves to read them. Only of endpoints
 * whose answer is the same for everybody: `serve` puts them in.
 */
export function keptForPages() {
  let heard = 0;
  const endpoints = new Map<string, (url: string) => Promise<Kept | undefined>>();
  const views = sharedFor<unknown>(VIEW_MS, MOST_VIEWS);
  return {
    /** Something happened: what a page read before it may be old. */
    hear: () => void (heard += 1),
    /**
     * @param path of the endpoint, as the endpoint itself says it
     * @param find the kept answer to an address, if it still stands
     */
    offer: (path: string, find: (url: string) => Promise<Kept | undefined>) => void endpoints.set(path, find),
    /** @returns the answer, one object for all who ask while it stands and therefore frozen; undefined: ask */
    async read(path: string, url: string): Promise<unknown> {
      const kept = await endpoints.get(path)?.(url);
      return kept && (kept.answer ??= freeze(JSON.parse(kept.text)));
    },
    /**
     * One reading of a public view for all pages that ask for it within a second, or until anything happens.
     * @param key everything that the view depends on
     */
    view: <T>(key: string, read: () => Promise<T>): Promise<T> =>
      views(`${heard} ${key}`, read) as Promise<T>,
  };
}
export type KeptForPages = ReturnType<typeof keptForPages>;

/** Names a shareable answer by its content. @returns whether the browser has this very one already */
export function hasAlready(request: FastifyRequest, reply: FastifyReply, text: string): boolean {
  if (!reply.hasHeader('cache-control')) return false;
  const tag = `W/"${createHash('sha1').update(text).digest('base64url')}"`;
  void reply.header('etag', tag);
  return (request.headers['if-none-match'] ?? '').split(/, */).includes(tag);
}
