/** The forms of one petition at the desk, for the door without JavaScript. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { type Page, refusedAt, sendForm } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';

type Event = RequestEvent<{ petition: string }>;
type Body = Record<string, unknown>;

/** To the queue it came from, saying what was done; with what can be taken back. */
function onward(event: Page, to: string, done: string, undo: number | null = null): never {
  const query = new URLSearchParams();
  const tab = event.url.searchParams.get('tab');
  if (tab) query.set('tab', tab);
  query.set('done', done);
  if (undo !== null) query.set('undo', String(undo));
  redirect(303, localizeHref(`${to}?${query}`));
}
const numberOf = (event: Event): number => Number(event.params.petition);

/** Without a script no sentence stands in the box yet: the code's own is what is meant. */
async function worded(event: Event, body: Body): Promise<Body> {
  if (body['command'] !== 'reject' || String(body['reason'] ?? '').trim()) return body;
  const codes = await api(event).get('listPetitionRejectionCodes', {});
  const about = codes.find((one) => one.code === body['code'])?.about;
  if (!about) return body;
  const [own, other] = body['lang'] === 'cy' ? [about.cy, about.en] : [about.en, about.cy];
  return { ...body, reason: own ?? about.en, otherReason: other ?? '' };
}

async function decide(event: Event) {
  const petition = numberOf(event);
  const form = await event.request.formData();
  const body = await worded(event, formObject(form));
  const at = body['code'] === 'duplicate' && 'original' in body ? 'merge' : String(body['command']);
  const outcome = await api(event).send('decidePetition', { params: { petition }, body: body as never });
  if (!outcome.ok) return refusedAt(event, at, outcome, form);
  const undoable = body['command'] === 'return' || body['command'] === 'reject';
  return onward(event, '/desk/petitions', at, undoable ? petition : null);
}

async function undo(event: Event) {
  const petition = numberOf(event);
  const { form, outcome } = await sendForm(event, 'undoPetitionDecision', { petition });
  if (!outcome.ok) return refusedAt(event, 'undo', outcome, form);
  return onward(event, `/desk/petitions/${petition}`, 'undone');
}

async function take(event: Event) {
  const petition = numberOf(event);
  const { form, outcome } = await sendForm(event, 'openPetitionAtDesk', { petition });
  if (!outcome.ok) return refusedAt(event, 'take', outcome, form);
  return onward(event, `/desk/petitions/${petition}`, 'taken');
}

async function appeal(event: Event) {
  const { form, outcome } = await sendForm(event, 'decidePetitionAppeal', { petition: numberOf(event) });
  if (!outcome.ok) return refusedAt(event, 'appeal', outcome, form);
  return onward(event, '/desk/petitions', 'appeal');
}

async function answer(event: Event) {
  const petition = numberOf(event);
  const { form, outcome } = await sendForm(event, 'answerPetition', { petition });
  const kind = String(form.get('kind') ?? '');
  if (!outcome.ok) return refusedAt(event, kind, outcome, form);
  return onward(event, `/desk/petitions/${petition}`, kind);
}

async function stop(event: Event) {
  const petition = numberOf(event);
  const { form, outcome } = await sendForm(event, 'stopPetition', { petition });
  if (!outcome.ok) return refusedAt(event, 'stop', outcome, form);
  return onward(event, `/desk/petitions/${petition}`, 'stop');
}

export const petitionActions = { decide, undo, take, appeal, answer, stop };
