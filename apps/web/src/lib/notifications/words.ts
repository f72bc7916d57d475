/** What went wrong, and what was new, in words. */
import type { InboxNote } from '@folkmoot/core/notifications/contract';
import { LOOK_OF } from '@folkmoot/core/reports/plain';
import { m } from '@folkmoot/words';
import { stateWord } from '#lib/reports/looks.ts';
import { say } from '#lib/say.ts';

export const refusedWords = (code: string): string | undefined =>
  code === '' || code === 'broken' ? undefined : m.notifications_refused({ code });
export const fieldWords = (field: string, problem: string): string =>
  m.notifications_field({ own: `${field}:${problem}` });

export const noteTitle = (note: InboxNote): string =>
  note.title ??
  (note.to.startsWith('/petitions/')
    ? m.notifications_petition_number({ number: note.number })
    : m.notifications_report_number({ number: note.number }));
export const noteLine = (note: InboxNote): string =>
  m.notifications_note({
    kind: note.kind,
    state: note.state ? stateWord(note.state) : '',
    organisation: say(note.organisation),
  });
const petitionLooks = {
  petition_open: 'new',
  petition_reached: 'check',
  petition_answer: 'done',
  petition_ended: 'closed',
} as const;
/** The shape that stands beside a note; only a change of state has one. */
export const noteLook = (note: InboxNote) =>
  note.kind === 'report_fixed'
    ? 'done'
    : note.state
      ? LOOK_OF[note.state]
      : petitionLooks[note.kind as keyof typeof petitionLooks];
export const noteSpeaker = ({ says, organisation }: InboxNote): string =>
  says?.council
    ? m.notifications_says_council({ organisation: say(organisation) })
    : says?.by
      ? m.notifications_says_name({ name: says.by })
      : m.notifications_says_neighbour();
