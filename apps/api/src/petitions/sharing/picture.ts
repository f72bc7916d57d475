/** The picture that goes with a link: 1200 × 630, the size that messengers and networks ask for. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { goalPosts } from '@folkmoot/core/petitions/goals';
import { m, sayNumber } from '@folkmoot/words';
import { BRIDGE, hexOf, SHIELD } from '../../places/index.ts';
import { crowdOf, FIGURE, figure } from './crowd.ts';
import { type Face, linesOf, outline } from './faces.ts';
import { hasCount, saidOf, type Shown } from './view.ts';

export const PICTURE = { width: 1200, height: 630 } as const;
/** `crest`: the council's own as a data address; null: the drawn bridge */
export type Dress = { town: string; address: string; hue: number; chroma: number; crest: string | null };

const EDGE = 64;
const INSIDE = PICTURE.width - 2 * EDGE;
/** the day's colours of tokens.css, as hex: those who draw SVG know no oklch */
const INK = '#0d2526';
const QUIET = '#3e5354';
const GROUND = '#fafbf8';
const OFF = '#c5d3ca';
const FILL_LIGHTNESS = 0.405;
const BASE_LINE = 552;
/** where the title may stand */
const TITLE = { top: 122, high: 226, lead: 1.06 } as const;

const put = (paths: string, x: number, y: number, colour: string): string =>
  `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill="${colour}">${paths}</g>`;
const write = (face: Face, text: string, size: number, x: number, y: number, colour = INK): string =>
  put(outline(face, text, size).paths, x, y, colour);
const writeEnd = (face: Face, text: string, size: number, right: number, y: number, colour = INK): string => {
  const { paths, width } = outline(face, text, size);
  return put(paths, right - width, y, colour);
};

/** The largest size at which the whole title has its room. */
function titled(title: string): string {
  const size =
    [92, 84, 76, 70, 64, 58].find(
      (one) => linesOf('display', title, one, INSIDE).length * one * TITLE.lead <= TITLE.high,
    ) ?? 52;
  return linesOf('display', title, size, INSIDE)
    .slice(0, 4)
    .map((line, i) => write('display', line, size, EDGE, TITLE.top + size * (0.78 + i * TITLE.lead)))
    .join('');
}

function counted(shown: Shown, accent: string, lang: Lang): string {
  const { signed, then } = saidOf(shown, lang);
  const number = outline('display', sayNumber(shown.signatures, { locale: lang }), 72);
  const beside = EDGE + number.width + 22;
  const posts = goalPosts(shown);
  const { per, figures, on } = crowdOf(shown.signatures, posts);
  const unit = Math.min(INSIDE / (figures * FIGURE.wide), 3.4);
  const width = figures * FIGURE.wide * unit;
  const people = Array.from(
    { length: figures },
    (_, i) => `<g stroke="${i < on ? accent : OFF}">${figure(i)}</g>`,
  ).join('');
  const marks = posts
    .map((post) => {
      const x = EDGE + (width * Math.min(post, figures * per)) / (figures * per);
      const label = sayNumber(post, { locale: lang });
      const room = x - EDGE > outline('text', label, 24).width + 12;
      return `<path stroke="${INK}" stroke-width="3" d="M${x.toFixed(1)} ${BASE_LINE - 112}V${BASE_LINE}"/>${
        room
          ? writeEnd('text', label, 24, x - 9, BASE_LINE - 93)
          : write('text', label, 24, x + 9, BASE_LINE - 93)
      }`;
    })
    .join('');
  return `${put(number.paths, EDGE, 420, accent)}${write('text', signed, 30, beside, 389)}${write('text', then, 30, beside, 423)}
<g fill="none" stroke-linecap="round" transform="translate(${EDGE} ${BASE_LINE - 1.5 - FIGURE.high * unit}) scale(${unit.toFixed(4)})">${people}</g>
<path stroke="${INK}" stroke-width="3" d="M${EDGE} ${BASE_LINE}h${width.toFixed(1)}"/>${marks}
${per > 1 ? write('text', m.ui_one_figure({ count: per }, { locale: lang }), 24, EDGE, 598, QUIET) : ''}`;
}

const crestOf = ({ crest }: Dress, accent: string): string =>
  crest
    ? `<image width="48" height="48" href="${crest}"/>`
    : `<path fill="${accent}" d="${SHIELD}"/><path fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round" stroke-width="2.6" d="${BRIDGE}"/>`;

/** A petition as SVG; every word in it is an outline, so it looks the same on every machine. */
export function drawPicture(shown: Shown, dress: Dress, lang: Lang): string {
  const accent = hexOf(FILL_LIGHTNESS, dress.chroma, dress.hue);
  const title = shown.title ?? m.petitionshare_petition({}, { locale: lang });
  const name = m.petitionshare_folkmoot({ town: dress.town }, { locale: lang });
  const below = hasCount(shown)
    ? counted(shown, accent, lang)
    : write('text', saidOf(shown, lang).then, 34, EDGE, 540, QUIET);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE.width}" height="${PICTURE.height}" viewBox="0 0 ${PICTURE.width} ${PICTURE.height}">
<path fill="${GROUND}" d="M0 0h${PICTURE.width}v${PICTURE.height}H0z"/>
<g transform="translate(${EDGE - 4} 44) scale(1.15)">${crestOf(dress, accent)}</g>
${write('display', name, 32, EDGE + 66, 84)}
${titled(title)}
${below}
${writeEnd('text', dress.address, 24, PICTURE.width - EDGE, 598, QUIET)}</svg>`;
}
