/** The frame that other sites show: one petition, its number, and the way to sign. Plain markup, no framework. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { goalPosts, nextGoal } from '@folkmoot/core/petitions/goals';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import { m, sayDate, sayNumber } from '@folkmoot/words';
import { crowdOf, FIGURE, figure } from './crowd.ts';
import { hasCount, saidOf, type Shown } from './view.ts';

export type FrameAbout = { town: string; lang: Lang; theme: 'light' | 'dark' | null };

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPED[sign]!);
const under = (lang: Lang, path: string): string => (lang === 'cy' ? `/cy${path}` : path);

function page(title: string, body: string, { lang, theme }: FrameAbout): string {
  return `<!doctype html><html lang="${lang}"${theme ? ` data-theme="${theme}"` : ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="${theme ?? 'light dark'}"><title>${escape(title)}</title><link rel="stylesheet" href="/embed/frame.css"><script type="module" src="/embed/frame.js"></script></head><body>${body}</body></html>`;
}

/** A link out of the frame: the page opens beside the site that shows it. */
const out = (href: string, words: string, { lang }: FrameAbout, of = ''): string =>
  `<a${of} href="${escape(href)}" target="_blank" rel="noopener">${words}<span class="vh"> (${m.petitionshare_frame_new_tab({}, { locale: lang })})</span></a>`;

function people(shown: Shown): string {
  const { figures, on } = crowdOf(shown.signatures, goalPosts(shown));
  const wide = figures * FIGURE.wide;
  const each = Array.from(
    { length: figures },
    (_, i) => `<g class="figure${i < on ? ' on' : ''}">${figure(i)}</g>`,
  ).join('');
  return `<svg class="crowd" viewBox="0 0 ${wide} 25" aria-hidden="true">${each}<path class="ground" stroke-width=".8" d="M0 24.4h${wide}"/></svg>`;
}

function counted(shown: Shown, about: FrameAbout): string {
  const { lang } = about;
  const next = nextGoal(shown);
  const { signed, then } = saidOf(shown, lang);
  // the number in the sentence moves with the count, so it gets a place of its own
  const more = next && sayNumber(next.at - shown.signatures, { locale: lang });
  const sentence = more ? escape(then).replace(more, () => `<b data-more>${more}</b>`) : escape(then);
  const { per } = crowdOf(shown.signatures, goalPosts(shown));
  const scale =
    per > 1 ? `<p class="by">${escape(m.ui_one_figure({ count: per }, { locale: lang }))}</p>` : '';
  return `<p><b class="count" data-count>${sayNumber(shown.signatures, { locale: lang })}</b>${escape(signed)} ${sentence}</p><div>${people(shown)}${scale}</div>`;
}

/** @returns the whole page of the frame */
export function frameOf(shown: Shown, about: FrameAbout): string {
  const { lang, town } = about;
  const locale = { locale: lang };
  const open = shown.state === 'open';
  const title = shown.title ?? m.petitionshare_petition({}, locale);
  const own = shown.title !== null && shown.lang !== lang ? ` lang="${shown.lang}"` : '';
  const path = under(lang, petitionPath(shown.id));
  const { per } = crowdOf(shown.signatures, goalPosts(shown));
  const next = nextGoal(shown);
  const until =
    open && shown.closesAt
      ? `${escape(m.petitionshare_frame_until({ day: sayDate(shown.closesAt, 'plain', locale) }, locale))} · `
      : '';
  const main = `<main data-petition="${shown.id}" data-per="${per}"${next ? ` data-next="${next.at}"` : ''}${open ? ' data-live="1"' : ''}><h1${own}>${escape(title)}</h1>${
    hasCount(shown) ? counted(shown, about) : `<p>${escape(saidOf(shown, lang).then)}</p>`
  }${
    open
      ? out(`${path}#sign`, m.petitionshare_frame_sign({}, locale), about, ' class="sign"')
      : out(path, m.petitionshare_frame_read({}, locale), about, ' class="sign"')
  }<p class="by">${until}${out(under(lang, '/'), escape(m.petitionshare_folkmoot({ town }, locale)), about)}</p></main>`;
  return page(title, main, about);
}

/** What stands in the frame when there is no such petition, or nobody may see it any more. */
export function emptyFrame(about: FrameAbout): string {
  const locale = { locale: about.lang };
  const says = m.petitionshare_frame_gone({}, locale);
  return page(
    says,
    `<main><h1>${escape(says)}</h1><p class="by">${out(under(about.lang, '/'), escape(m.petitionshare_frame_to_town({ town: about.town }, locale)), about)}</p></main>`,
    about,
  );
}
