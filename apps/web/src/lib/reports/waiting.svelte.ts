/**
 * A report that was told without a signal: kept on the phone, photos too, and sent by itself when the signal is
 * back. The server's draft stays the one that counts; this only holds what it has not heard yet.
 */
import { reportEndpoints } from '@folkmoot/core/reports/endpoints';
import { getLocale } from '@folkmoot/words';
import type { Draft } from './draft.ts';
import { sendPhoto } from './sending.ts';

type Waiting = { changes: Record<string, unknown>; photos: Blob[]; send: boolean };
const STORE = 'waiting';
const KEY = 'report';

/** What the page says of it. */
export const waiting = $state({ kept: false });

function inStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((give, fail) => {
    const opening = indexedDB.open('folkmoot', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const request = ask(db.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => give(request.result);
      request.onerror = () => fail(request.error);
      request.transaction!.oncomplete = () => db.close();
    };
  });
}
const read = async (): Promise<Waiting | null> =>
  ((await inStore('readonly', (store) => store.get(KEY))) as Waiting | undefined) ?? null;

/** One after the other: what is kept while the rest is being sent must not be thrown away with it. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Keeps more of it. @returns false where the browser keeps nothing, as in a private window */
export const keepWaiting = (more: Partial<Waiting>): Promise<boolean> =>
  inTurn(async () => {
    try {
      const before = (await read()) ?? { changes: {}, photos: [], send: false };
      const after: Waiting = {
        changes: { ...before.changes, ...more.changes },
        photos: [...before.photos, ...(more.photos ?? [])],
        send: before.send || (more.send ?? false),
      };
      await inStore('readwrite', (store) => store.put(after, KEY));
      waiting.kept = true;
      return true;
    } catch {
      return false;
    }
  });

/** For `before` of a form: without a signal its fields stay on the phone, and the form is not sent. */
export const orKeep =
  (body: (form: FormData) => Record<string, unknown>, send = false) =>
  async (form: FormData): Promise<boolean> =>
    navigator.onLine || !(await keepWaiting({ changes: body(form), send }));

async function call<T>({ method, path }: { method: string; path: string }, body: unknown): Promise<T | null> {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status >= 500) throw new Error('not reached');
  return answer.ok ? ((await answer.json()) as T) : null;
}

/** All at once; where one field is not right, the others go by themselves, so that one mistake loses nothing else. */
async function tell(changes: Waiting['changes']): Promise<Draft | null> {
  if (Object.keys(changes).length === 0) return null;
  const whole = await call<Draft>(reportEndpoints.saveReportDraft, changes);
  if (whole) return whole;
  let last: Draft | null = null;
  for (const [name, value] of Object.entries(changes))
    last = (await call<Draft>(reportEndpoints.saveReportDraft, { [name]: value })) ?? last;
  return last;
}

async function sendIt(): Promise<Draft | 'sent' | null> {
  const it = navigator.onLine ? await read() : null;
  if (!it) return null;
  waiting.kept = true;
  const { lon, lat, place, ...changes } = it.changes;
  let draft = await call<Draft>(
    reportEndpoints.startReportDraft,
    lon === undefined ? {} : { lon, lat, place },
  );
  for (const photo of it.photos) {
    const said = await sendPhoto(photo);
    if (!said.ok && said.code === 'no_signal') return null;
  }
  draft = (await tell(changes)) ?? draft;
  const sent = it.send && (await call(reportEndpoints.sendReportDraft, { lang: getLocale() })) !== null;
  await inStore('readwrite', (store) => store.delete(KEY));
  waiting.kept = false;
  return sent ? 'sent' : draft;
}

/**
 * Sends what waits. Stops where the signal goes again, and begins anew with the next one.
 * @returns the draft after it, `sent` when the report itself went out, null when nothing waited or nothing went
 */
export const sendWaiting = (): Promise<Draft | 'sent' | null> => inTurn(sendIt).catch(() => null);
