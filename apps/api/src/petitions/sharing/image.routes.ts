/**
 * `/petitions/7/image.png`: the picture that goes with a link. Drawn on demand, one at a time, at most every five
 * minutes for a petition and a language; hidden words and a changed state show at once.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import sharp from 'sharp';
import { notFound, Refused } from '../../kit/errors.ts';
import { sharedFor } from '../../kit/shared.ts';
import { crestIn } from '../../places/index.ts';
import { drawPicture } from './picture.ts';
import { type Asked, langOf, numberOf } from './asked.ts';
import type { Shown } from './view.ts';

export const KEPT_SECONDS = 300;
/** some 40 kB each */
const KEPT_PICTURES = 400;
/** a picture takes a tenth of a second: who comes when so many wait is told to come again */
const MOST_WAITING = 12;
const COLOURS = 64;

type Picture = { png: Buffer; tag: string };

/** One piece of work at a time; refuses when too many wait, so that nobody can make the machine draw all day. */
export function oneAtATime(most: number) {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= most) throw new Refused('busy', 503, 5);
    waiting += 1;
    const mine = last.then(work, work);
    last = mine;
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  };
}

/** What must show at once when it changes; the count may wait. */
const keyOf = (shown: Shown, lang: Lang, dress: object): string =>
  JSON.stringify([shown.id, lang, shown.title, shown.state, dress]);

export function mountImage(app: FastifyInstance, shownAt: (id: number) => Promise<Shown | null>): void {
  const { house } = app;
  const kept = sharedFor<Picture>(KEPT_SECONDS * 1_000, KEPT_PICTURES);
  const inTurn = oneAtATime(MOST_WAITING);

  async function draw(shown: Shown, lang: Lang): Promise<Picture> {
    const { name, hue, chroma, crest } = house.place();
    const address = `${new URL(house.publicUrl()).host}${petitionPath(shown.id)}`;
    const dress = { town: inLang(name, lang).text, address, hue, chroma, crest };
    return kept(keyOf(shown, lang, dress), () =>
      inTurn(async () => {
        const svg = drawPicture(shown, { ...dress, crest: await crestIn(house) }, lang);
        const png = await sharp(Buffer.from(svg))
          .png({ palette: true, colours: COLOURS, effort: 4 })
          .toBuffer();
        return { png, tag: `"${createHash('sha1').update(png).digest('base64url')}"` };
      }),
    );
  }

  for (const at of [
    '/petitions/:petition(^\\d+)/image.png',
    '/:lang(^cy$)/petitions/:petition(^\\d+)/image.png',
  ])
    app.get<Asked>(at, async (request, reply) => {
      const shown = await shownAt(numberOf(request));
      if (!shown) throw notFound();
      const { png, tag } = await draw(shown, langOf(request));
      void reply
        .header('cache-control', `public, max-age=${KEPT_SECONDS}, stale-while-revalidate=${KEPT_SECONDS}`)
        .header('etag', tag)
        .header('access-control-allow-origin', '*');
      if ((request.headers['if-none-match'] ?? '').split(/, */).includes(tag)) return reply.code(304).send();
      return reply.type('image/png').send(png);
    });
}
