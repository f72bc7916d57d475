/**
 * The look of a mail: one column, one button, real words beside it, the other language below. Tables and inline
 * styles, because mail programs know nothing else; dark mode by the mail program's own choice.
 */
import type { Lang } from '@folkmoot/core/kit/plain';

export type Letter = {
  lang: Lang;
  town: string;
  title: string;
  lines: string[];
  button?: { words: string; url: string };
  /** below the button, such as until when it works */
  after?: string[];
  /** the same in the other language, short */
  other?: { lang: Lang; title: string; lines: string[]; link?: { words: string; url: string } };
  foot: string[];
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
/** `**word**` is the only markup a sentence of ours has. */
const rich = (text: string): string => escape(text).replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
const plain = (text: string): string => text.replace(/\*\*(.+?)\*\*/g, '$1');

const P = 'margin:0 0 16px;font:18px/1.55 Verdana,Arial,sans-serif';
const H = "margin:0 0 16px;font:600 30px/1.15 'Bookman Old Style',Georgia,serif";
const SMALL = 'margin:0 0 10px;font:16px/1.5 Verdana,Arial,sans-serif;color:#3e5354';
const INK = 'color:#0d2526';
const LINK = 'color:#7a244b';

/** @returns the mail as HTML and as plain text, both complete */
export function letter(it: Letter): { html: string; text: string } {
  const p = (lines: string[], style: string) =>
    lines.map((line) => `<p style="${style}">${rich(line)}</p>`).join('');
  const button = it.button
    ? `<p style="margin:0 0 24px"><a href="${escape(it.button.url)}" style="display:inline-block;padding:16px 30px;border-radius:7px;background:#7a244b;color:#ffffff;font:700 19px/1.2 Verdana,Arial,sans-serif;text-decoration:none">${escape(it.button.words)}</a></p>
<p style="${SMALL}"><a href="${escape(it.button.url)}" style="${LINK}">${escape(it.button.url)}</a></p>`
    : '';
  const other = it.other
    ? `<hr style="border:0;border-top:1px solid #c5d3ca;margin:28px 0"><div lang="${it.other.lang}"><h2 style="${H};font-size:22px">${escape(it.other.title)}</h2>${p(it.other.lines, P)}${it.other.link ? `<p style="${P}"><a href="${escape(it.other.link.url)}" style="${LINK}">${escape(it.other.link.words)}</a></p>` : ''}</div>`
    : '';
  const html = `<!doctype html><html lang="${it.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escape(it.title)}</title></head><body style="margin:0;padding:24px 16px;background:#fafbf8;${INK}"><div role="article" style="max-width:612px;margin:0 auto"><p style="margin:0 0 28px;font:600 22px/1.2 'Bookman Old Style',Georgia,serif">${escape(it.town)} <span style="font:400 16px Verdana,Arial,sans-serif;color:#3e5354">Folkmoot</span></p><h1 style="${H}">${escape(it.title)}</h1>${p(it.lines, P)}${button}${p(it.after ?? [], P)}${other}<hr style="border:0;border-top:1px solid #c5d3ca;margin:28px 0">${p(it.foot, SMALL)}</div></body></html>`;
  const text = [
    it.title,
    ...it.lines.map(plain),
    ...(it.button ? [`${it.button.words}: ${it.button.url}`] : []),
    ...(it.after ?? []).map(plain),
    ...(it.other
      ? [
          '---',
          it.other.title,
          ...it.other.lines.map(plain),
          ...(it.other.link ? [`${it.other.link.words}: ${it.other.link.url}`] : []),
        ]
      : []),
    '---',
    ...it.foot.map(plain),
  ].join('\n\n');
  return { html, text };
}
