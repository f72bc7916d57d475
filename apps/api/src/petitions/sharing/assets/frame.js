/* The frame's own script: tells the page round it how high it is, and keeps the number up to date. */
const box = document.querySelector('main');
const { petition, next, per } = box.dataset;
const EVERY = 10_000;
const LONGEST = 300_000;

const say = () =>
  parent.postMessage(
    { folkmoot: { height: document.documentElement.offsetHeight, title: document.title } },
    '*',
  );
new ResizeObserver(say).observe(document.documentElement);
addEventListener('load', say);

const write = (selector, value) => {
  const place = box.querySelector(selector);
  if (place) place.textContent = new Intl.NumberFormat('en-GB').format(value);
};
function show(count) {
  // a number that does something was reached: the words change, too
  if (next && count >= Number(next)) return location.reload();
  write('[data-count]', count);
  if (next) write('[data-more]', Number(next) - count);
  const on = count > 0 ? Math.max(1, Math.floor(count / Number(per))) : 0;
  box.querySelectorAll('.figure').forEach((figure, i) => figure.classList.toggle('on', i < on));
}

let wait = EVERY;
async function look() {
  // nobody looks: nobody asks
  if (!document.hidden) {
    try {
      const answer = await fetch(`/petitions/${petition}/count.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      show((await answer.json()).signature_count);
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, LONGEST);
    }
  }
  later();
}
// spread, so that ten thousand frames do not ask in the same moment
const later = () => setTimeout(look, wait * (0.75 + Math.random() / 2));
if (box.dataset.live) later();
