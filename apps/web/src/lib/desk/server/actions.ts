/** The forms of one report at the desk, for the door without JavaScript. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { ContractName } from '@folkmoot/core/contracts';
import { localizeHref } from '@folkmoot/words';
import { type Page, refusedAt, sendForm } from './desk.ts';

type Event = RequestEvent<{ report: string }>;

/** Back to the same report with the queue's choices, saying what was done. */
function backTo(event: Page, report: number, done: string, undo = false): never {
  const query = new URLSearchParams(
    [...event.url.searchParams].filter(([name]) => !name.startsWith('/') && !['done', 'undo'].includes(name)),
  );
  query.set('done', done);
  if (undo) query.set('undo', '1');
  redirect(303, localizeHref(`/desk/reports/${report}?${query}`));
}

const sending =
  (name: ContractName, at: string, done: string, undo = false) =>
  async (event: Event) => {
    const report = Number(event.params.report);
    const { form, outcome } = await sendForm(event, name, { report });
    if (!outcome.ok) return refusedAt(event, at, outcome, form);
    return backTo(event, report, done, undo);
  };

/** A report that went to another organisation is not there any more: back to the queue. */
async function move(event: Event) {
  const report = Number(event.params.report);
  const { form, outcome } = await sendForm(event, 'moveReport', { report });
  if (!outcome.ok) return refusedAt(event, 'move', outcome, form);
  const { away } = outcome.answer as { away: boolean };
  if (away) redirect(303, localizeHref(`/desk?done=away&undo=${report}`));
  return backTo(event, report, 'moved', true);
}

/** Contact details are shown in the answer to the form and stand in no address. */
async function reporter(event: Event) {
  const { form, outcome } = await sendForm(event, 'readReporter', { report: Number(event.params.report) });
  if (!outcome.ok) return refusedAt(event, 'reporter', outcome, form);
  return {
    at: 'reporter',
    reporter: outcome.answer as {
      name: string | null;
      contacts: Array<{ kind: string; value: string; verified: boolean }>;
    },
  };
}

export const itemActions = {
  state: sending('changeReportState', 'state', 'state', true),
  undo: sending('undoReportChange', 'undo', 'undone'),
  answer: sending('answerReport', 'answer', 'answered'),
  ask: sending('askReporter', 'ask', 'asked'),
  assign: sending('assignReport', 'assign', 'assigned', true),
  priority: sending('setReportPriority', 'priority', 'priority', true),
  askOfficer: sending('askOfficer', 'askOfficer', 'councillor_asked'),
  answerCouncillor: sending('answerCouncillor', 'answerCouncillor', 'councillor_answered'),
  note: sending('noteOnReport', 'note', 'noted'),
  move,
  reporter,
};
