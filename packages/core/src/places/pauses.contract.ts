/** Pauses, as administrators set them. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { day, id, optionalText, text, words } from '../kit/shapes.ts';
import { pauseEndpoints as at } from './pauses.endpoints.ts';
import { PAUSE_KINDS } from './plain.ts';

const what = z.enum(PAUSE_KINDS);
const organisation = z.object({ id, name: words });

export const pauseContracts = {
  listPauses: contract({
    endpoint: at.listPauses,
    access: 'staff',
    summary: 'Pauses of the organisations I look after, those to come first',
    answer: z.object({
      organisations: z.array(organisation).max(100),
      items: z
        .array(
          z.object({
            id,
            organisation,
            what,
            from: day,
            to: day,
            reason: words,
            state: z.enum(['to_come', 'on', 'over']),
          }),
        )
        .max(200),
    }),
    refusals: ['not_allowed'],
  }),
  makePause: contract({
    endpoint: at.makePause,
    access: 'staff',
    summary: 'Pause some work of an organisation, from a first to a last day',
    body: z
      .object({
        organisation: id,
        what,
        from: day,
        to: day,
        reason: z.object({ en: text(300), cy: optionalText(300) }),
      })
      .refine((it) => it.to >= it.from, { path: ['to'], message: 'before_start' }),
    answer: z.object({ pause: id }),
    refusals: ['not_allowed', 'already_there'],
  }),
  endPause: actOn('pause', {
    endpoint: at.endPause,
    access: 'staff',
    summary: 'End a pause now; one that has not begun is dropped',
    refusals: ['not_allowed', 'not_found'],
  }),
} as const;
