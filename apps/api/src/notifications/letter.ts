/**
 * The look of a mail: one column, one button, real words beside it, the other language below. Inline styles, because
 * mail programs know nothing else; the one style block is for the dark mode of those that read it.
 */
import type { Lang } from '@folkmoot/core/kit/plain';

type Link = { words: string; url: string };
/** One thing of several, in a digest or an alert. */
export type LetterItem = { title: string; line: string; url: string; quote?: string | undefined };

export type Letter = {
  lang: Lang;
  town: string;
  /** what a mail program shows beside the subject; the first line where it is not given */
  intro?: string;
  title: string;
  lines: string[];
  /** somebody's own words, and whose they are */
  quote?: { words: string; by: string; lang: Lang } | undefined;
  items?: LetterItem[];
  button?: Link;
  /** people standing on a line: how many figures, and the sentence that says how many people that is */
  people?: { figures: number; line: string } | undefined;
  /** below the button, such as until when it works */
  after?: string[];
  /** the same in the other language, short */
  other?: { lang: Lang; title: string; lines: string[]; link?: Link };
  foot: string[];
  /** how to get no more of these */
  stop?: Link | undefined;
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
/** `**word**` is the only markup a sentence of ours has. */
const rich = (text: string): string => escape(text).replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
const plain = (text: string): string => text.replace(/\*\*(.+?)\*\*/g, '$1');
const broken = (text: string): string => escape(text).replace(/\r?\n/g, '<br>');

const DISPLAY = "font-family:Clarendon,'Bookman Old Style',Georgia,serif;font-weight:bold";
const TEXT = "'Atkinson Hyperlegible Next','Atkinson Hyperlegible',Verdana,Arial,sans-serif";
const QUIET = 'font-size:16px;color:#3e5354';
const LINK = 'color:#7a244b;overflow-wrap:anywhere';
const RULE = 'border-top:1px solid #c5d3ca';
const NIGHT = `@media (prefers-color-scheme:dark){.m-body{background:#0d181a!important;color:#ecf0e9!important}.m-quiet{color:#b2beb8!important}.m-link{color:#eab3c8!important}.m-rule{border-color:#3b4b4d!important}.m-btn{background:#8d3a60!important}}`;
/** more than this would break the line on a phone */
const MOST_FIGURES = 25;

const paragraphs = (lines: string[], gap: number): string =>
  lines.map((line) => `<p style="margin:0 0 ${gap}px">${rich(line)}</p>`).join('');
const link = ({ words, url }: Link, style = LINK): string =>
  `<a class="m-link" href="${escape(url)}" style="${style}">${rich(words)}</a>`;

const quoted = ({ words, by, lang }: NonNullable<Letter['quote']>): string =>
  `<blockquote lang="${lang}" class="m-rule" style="margin:0 0 22px;padding:14px 0 2px;border-top:2px solid #0d2526;${DISPLAY};font-size:21px;line-height:1.35">“${broken(words)}”<p class="m-quiet" style="margin:8px 0 0;font-family:${TEXT};font-weight:normal;${QUIET}">${escape(by)}</p></blockquote>`;

const listed = (items: LetterItem[]): string =>
  items
    .map(
      (item) =>
        `<div class="m-rule" style="${RULE};padding:14px 0"><p style="margin:0"><a class="m-link" href="${escape(item.url)}" style="${LINK};font-weight:bold">${escape(item.title)}</a></p><p class="m-quiet" style="margin:4px 0 0;${QUIET}">${rich(item.line)}</p>${item.quote ? `<p style="margin:6px 0 0">“${broken(item.quote)}”</p>` : ''}</div>`,
    )
    .join('') + '<div style="height:22px"></div>';

const pressed = ({ words, url }: Link): string =>
  `<p style="margin:0 0 22px"><a class="m-btn" href="${escape(url)}" style="display:inline-block;background:#7a244b;color:#ffffff;padding:15px 30px;border-radius:7px;font-weight:bold;text-decoration:none;font-size:20px;line-height:1.2">${escape(words)}</a></p>
<p class="m-quiet" style="margin:0 0 28px;${QUIET}">${link({ words: url, url })}</p>`;

const crowd = ({ figures, line }: NonNullable<Letter['people']>): string =>
  `<p aria-hidden="true" class="m-link" style="margin:0;font-family:Verdana,Arial,sans-serif;font-weight:bold;font-size:22px;line-height:1;letter-spacing:3px;color:#7a244b">${'i'.repeat(Math.max(1, Math.min(MOST_FIGURES, figures)))}</p><p class="m-rule" style="margin:0 0 28px;padding-top:10px;border-top:2px solid #0d2526">${rich(line)}</p>`;

const inOther = ({ lang, title, lines, link: to }: NonNullable<Letter['other']>): string =>
  `<div lang="${lang}" class="m-rule" style="${RULE};padding-top:22px;margin-top:28px"><h2 style="margin:0 0 8px;${DISPLAY};font-size:22px;line-height:1.2">${escape(title)}</h2>${paragraphs(lines, 12)}${to ? `<p style="margin:0">${link(to)}</p>` : ''}</div>`;

function asHtml(it: Letter): string {
  const intro = it.intro ?? it.lines[0] ?? '';
  const foot = it.foot.map((line) => `<p class="m-quiet" style="margin:0 0 8px;${QUIET}">${rich(line)}</p>`);
  return `<!doctype html><html lang="${it.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(it.title)}</title><style>${NIGHT}</style></head>
<body class="m-body" style="margin:0;padding:0;background:#fafbf8;color:#0d2526;font-family:${TEXT};font-size:18px;line-height:1.55;-webkit-text-size-adjust:100%"><div style="display:none;max-height:0;overflow:hidden">${escape(plain(intro))}</div>
<main style="max-width:34em;margin:0 auto;padding:28px 20px 40px"><p style="margin:0 0 28px;${DISPLAY};font-size:22px;line-height:1.2">${escape(it.town)} <span class="m-quiet" style="font-family:Verdana,Arial,sans-serif;font-weight:normal;${QUIET}">Folkmoot</span></p>
<h1 style="margin:0 0 16px;${DISPLAY};font-size:32px;line-height:1.14">${escape(it.title)}</h1>
${paragraphs(it.lines, 18)}${it.quote ? quoted(it.quote) : ''}${it.items ? listed(it.items) : ''}${it.button ? pressed(it.button) : ''}${it.people ? crowd(it.people) : ''}${paragraphs(it.after ?? [], 12)}${it.other ? inOther(it.other) : ''}
<div style="height:28px"></div>${foot.join('')}${it.stop ? `<p class="m-quiet" style="margin:0;${QUIET}">${link(it.stop)}</p>` : ''}</main></body></html>`;
}

function asText(it: Letter): string {
  const to = ({ words, url }: Link) => `${plain(words)}:\n${url}`;
  const item = ({ title, line, url, quote }: LetterItem) =>
    [`* ${title}`, plain(line), ...(quote ? [`“${quote}”`] : []), url].join('\n  ');
  return [
    it.title,
    ...it.lines.map(plain),
    ...(it.quote ? [`“${it.quote.words}”\n${it.quote.by}`] : []),
    ...(it.items ?? []).map(item),
    ...(it.button ? [to(it.button)] : []),
    ...(it.people ? [plain(it.people.line)] : []),
    ...(it.after ?? []).map(plain),
    ...(it.other
      ? ['---', it.other.title, ...it.other.lines.map(plain), ...(it.other.link ? [to(it.other.link)] : [])]
      : []),
    '---',
    ...it.foot.map(plain),
    ...(it.stop ? [to(it.stop)] : []),
  ].join('\n\n');
}

/** @returns the mail as HTML and as plain text, both complete */
export const letter = (it: Letter): { html: string; text: string } => ({
  html: asHtml(it),
  text: asText(it),
});
