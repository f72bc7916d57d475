/*
 * Folkmoot: shows a petition on any page, with its number up to date.
 *
 *   <div data-folkmoot-petition="7"><a href="https://…/petitions/7">Sign the petition</a></div>
 *   <script src="https://…/embed/petition.js" async></script>
 *
 * data-lang="en|cy" (else the page's own language), data-theme="light|dark" (else as the visitor likes it).
 * Works under a strict policy: allow our address in script-src and frame-src, nothing else. Sets no cookies, stores
 * nothing, writes no markup and no style attribute. What stands in the div stays until the frame has spoken, so a
 * page that forbids frames keeps its link.
 */
(() => {
  const own = document.currentScript ?? document.querySelector('script[src*="/embed/petition.js"]');
  const home = new URL(own.src).origin;
  const frames = [];

  function show(place) {
    const number = place.dataset.folkmootPetition;
    if (!/^[1-9]\d{0,15}$/.test(number) || place.dataset.folkmootShown) return;
    place.dataset.folkmootShown = '';
    const lang = place.dataset.lang ?? place.closest('[lang]')?.lang ?? '';
    const welsh = /^cy\b/i.test(lang);
    const theme = /^(light|dark)$/.test(place.dataset.theme ?? '') ? `?theme=${place.dataset.theme}` : '';
    const frame = document.createElement('iframe');
    frame.src = `${home}${welsh ? '/cy' : ''}/petitions/${number}/embed${theme}`;
    frame.title = welsh ? 'Deiseb' : 'Petition';
    frame.referrerPolicy = 'no-referrer';
    frame.width = '100%';
    frame.height = '1';
    frame.setAttribute('frameborder', '0');
    frames.push({ frame, before: [...place.childNodes] });
    place.append(frame);
  }

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== home || typeof data?.folkmoot !== 'object') return;
    const it = frames.find(({ frame }) => frame.contentWindow === source);
    if (!it) return;
    const { height, title } = data.folkmoot;
    if (height > 0 && height < 4000) it.frame.height = String(Math.ceil(height));
    if (typeof title === 'string') it.frame.title = title.slice(0, 200);
    for (const node of it.before.splice(0)) node.remove();
  });

  const begin = () => document.querySelectorAll('[data-folkmoot-petition]').forEach(show);
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
  else begin();
})();
