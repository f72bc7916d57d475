/** What the pages of the petitions' desk load: one queue at the left, one petition at the right. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { orDoor, type Page } from '#lib/desk/server/desk.ts';
import { api, type Outcome } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';

const MODERATING = ['waiting', 'new', 'nearly_overdue', 'overdue', 'back', 'flagged', 'appealed'] as const;
const ANSWERING = ['answer', 'evidence', 'debate', 'scrutiny', 'published'] as const;
type Moderating = (typeof MODERATING)[number];
type Answering = (typeof ANSWERING)[number];
const among = <T extends string>(all: readonly T[], said: string | null): T | undefined =>
  all.find((one) => one === said);

export type Queue = CallAnswer<Contracts['listPetitionQueue']>;
export type Owed = CallAnswer<Contracts['listPetitionsToAnswer']>;
export type Read = CallAnswer<Contracts['readPetitionAtDesk']>;
export type ToAnswer = CallAnswer<Contracts['readPetitionToAnswer']>;
export type Item = { view: 'moderate'; it: Read } | { view: 'answer'; it: ToAnswer };

const answerOf = <T>(outcome: Outcome<T>): T | null => (outcome.ok ? outcome.answer : null);

/** Both lists, each where it is this person's work. Who has neither is sent to the door or told so. */
async function lists(event: Page, page: number) {
  const asked = event.url.searchParams.get('tab');
  const call = api(event);
  const queue = await call.send('listPetitionQueue', {
    query: { tab: among(MODERATING, asked) ?? 'waiting', page },
  });
  const owed = await call.send('listPetitionsToAnswer', {
    query: { tab: among(ANSWERING, asked) ?? 'answer', page },
  });
  if (!queue.ok && !owed.ok) orDoor(event, queue);
  return { asked, queue: answerOf(queue), owed: answerOf(owed) };
}

/** Where a person begins: what waits to be read, then what is owed. */
function tabOf(asked: string | null, queue: Queue | null, owed: Owed | null): Moderating | Answering {
  const moderating = queue && among(MODERATING, asked);
  const answering = owed && among(ANSWERING, asked);
  if (moderating ?? answering) return (moderating ?? answering)!;
  if (queue && (queue.counts.waiting > 0 || !owed)) return 'waiting';
  return 'answer';
}

async function read(event: Page, id: number, view: 'moderate' | 'answer'): Promise<Item | null> {
  const params = { petition: id };
  if (view === 'moderate') {
    const found = await api(event).send('readPetitionAtDesk', { params });
    return found.ok ? { view, it: found.answer } : null;
  }
  const found = await api(event).send('readPetitionToAnswer', { params });
  return found.ok ? { view, it: found.answer } : null;
}

/** With a tab its view; without one, what the petition needs: to be read before it is published, answered after. */
async function itemOf(event: Page, id: number, tab: string | null, both: boolean): Promise<Item | null> {
  if (among(ANSWERING, tab)) return (await read(event, id, 'answer')) ?? read(event, id, 'moderate');
  const found = await read(event, id, 'moderate');
  const needed =
    found?.view === 'moderate' &&
    (found.it.openedAt === null ||
      found.it.flags.length > 0 ||
      found.it.decisions.some((one) => one.appealOpen));
  if (found && (needed || !both || among(MODERATING, tab))) return found;
  return (await read(event, id, 'answer')) ?? found;
}

/** Paper, calls and doubtful signatures, as far as this person may; nothing of it before a petition is published. */
async function toolsOf(event: Page, item: Item | null) {
  if (!item || item.it.openedAt === null) return { sheets: false, signatures: false };
  const params = { petition: item.it.id };
  const [sheets, signatures] = await Promise.all([
    api(event).send('listPetitionSheets', { params }),
    api(event).send('listInvalidations', { params }),
  ]);
  return { sheets: sheets.ok, signatures: signatures.ok };
}

export async function loadPetitionDesk(event: Page, petition: number | null) {
  neverShared(event);
  const { searchParams } = event.url;
  const page = Number(searchParams.get('page') ?? 1) || 1;
  const { asked, queue, owed } = await lists(event, page);
  const tab = tabOf(asked, queue, owed);
  const answering = among(ANSWERING, tab) !== undefined;
  const id = petition ?? (answering ? owed : queue)?.items[0]?.id ?? null;
  const item = id === null ? null : await itemOf(event, id, asked ?? (petition ? null : tab), owed !== null);
  const find = searchParams.get('find')?.trim() ?? '';
  const call = api(event);
  return {
    bursts: answerOf(await call.send('listPetitionBursts', {}))?.items ?? [],
    tools: await toolsOf(event, item),
    queue,
    owed,
    tab,
    answering,
    page,
    picked: petition !== null,
    item,
    gone: petition !== null && item === null,
    codes: item?.view === 'moderate' ? await call.get('listPetitionRejectionCodes', {}) : [],
    find,
    found:
      find.length > 2 && item
        ? await call.get('listSimilarPetitions', { query: { q: find.slice(0, 200), not: item.it.id } })
        : null,
    done: searchParams.get('done'),
    undo: searchParams.get('undo'),
  };
}
