/** The page of paper sheets, for officers at their desk and for organisers whose scheme lets them. */
import { fail } from '@sveltejs/kit';
import { neverShared } from '#lib/server/cache.ts';
import { act, mine } from '#lib/people/server/mine.ts';
import { sheetBody, sheetRows } from '../rules/sheet.ts';

type Event = Parameters<typeof mine>[0] &
  Parameters<typeof neverShared>[0] & { params: { petition: string } };

export async function loadSheets(event: Event) {
  neverShared(event);
  const petition = Number(event.params.petition);
  const scan = event.url.searchParams.get('scan') ?? '';
  return {
    it: await mine(event, 'listPetitionSheets', { params: { petition } }),
    scan: /^[0-9a-f]{64}\.(webp|pdf)$/.test(scan) ? scan : '',
    problem: event.url.searchParams.get('problem'),
  };
}

export async function enterSheet(event: Event) {
  const form = await event.request.formData();
  const params = { petition: Number(event.params.petition) };
  const done = await act(event, 'enterPetitionSheet', { params, body: sheetBody(form) });
  const rows = sheetRows(form);
  if (done.ok) return { entered: done.answer, rows };
  return fail(done.failure.status, { ...done.failure.data, rows });
}
