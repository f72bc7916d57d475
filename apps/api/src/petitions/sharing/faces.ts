/**
 * The house's two faces as outlines. A bare machine has no fonts at all, and one with fonts has others than ours: so
 * words in pictures are drawn as paths, from the very files that pages use (packages/ui/src/styles/fonts).
 */
import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';

export type Face = 'display' | 'text';
/** `paths` is SVG with its start at 0,0 on the base line; `width` is in the same units as the size asked for. */
export type Outline = { paths: string; width: number };

const FONTS = new URL('../../../../../packages/ui/src/styles/fonts/', import.meta.url);
/** Besley is set a little closer, as on pages */
const SPACING = { display: -0.012, text: 0 } as const;

function open(name: string): Font {
  const font = create(readFileSync(new URL(`${name}.woff2`, FONTS)));
  if (!('layout' in font)) throw new Error(`${name}.woff2 holds more than one font`);
  return font;
}
const opened = new Map<Face, Font[]>();
/** English and most of Europe first, then ŵ, ŷ and their kind. */
function fontsOf(face: Face): Font[] {
  const known = opened.get(face);
  if (known) return known;
  const fonts = [open(`${face}-core`), open(`${face}-ext`)];
  opened.set(face, fonts);
  return fonts;
}

/** Neighbouring letters of one font file go together, so that they are set close as their maker meant. */
function runsOf(text: string, fonts: Font[]): Array<{ font: Font; text: string }> {
  const runs: Array<{ font: Font; text: string }> = [];
  for (const letter of text.normalize('NFC')) {
    const font = fonts.find((one) => one.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
    // a letter that neither file has (an emoji) is left out, as a box would say less
    if (!font) continue;
    const last = runs.at(-1);
    if (last?.font === font) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}

/** Words as outlines. @param size in px: the height of the em */
export function outline(face: Face, text: string, size: number): Outline {
  let x = 0;
  let paths = '';
  for (const run of runsOf(text, fontsOf(face))) {
    const scale = size / run.font.unitsPerEm;
    const { glyphs, positions } = run.font.layout(run.text);
    glyphs.forEach((glyph, i) => {
      const { xAdvance, xOffset } = positions[i]!;
      const d = glyph.path.toSVG();
      if (d)
        paths += `<path transform="translate(${(x + xOffset * scale).toFixed(2)} 0) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})" d="${d}"/>`;
      x += xAdvance * scale + SPACING[face] * size;
    });
  }
  return { paths, width: x };
}

/** Breaks words into as few lines as fit, then makes the lines as even as can be, as pages do with headings. */
export function linesOf(face: Face, text: string, size: number, width: number): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const space = outline(face, ' ', size).width;
  const widths = words.map((word) => outline(face, word, size).width);
  const fill = (most: number): string[] => {
    const lines: string[] = [];
    let at = Infinity;
    words.forEach((word, i) => {
      if (at + space + widths[i]! <= most) {
        lines[lines.length - 1] += ` ${word}`;
        at += space + widths[i]!;
      } else {
        lines.push(word);
        at = widths[i]!;
      }
    });
    return lines;
  };
  const fewest = fill(width);
  let narrow = Math.max(0, ...widths);
  let wide = width;
  while (wide - narrow > 4) {
    const middle = (narrow + wide) / 2;
    if (fill(middle).length > fewest.length) narrow = middle;
    else wide = middle;
  }
  return fill(wide);
}
