/** How long and how many: the numbers that hold for reports, of the whole place and where an organisation has its own. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, id, words } from '../kit/shapes.ts';
import { reportNumbersEndpoints as at } from './numbers.endpoints.ts';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
/** How far each may be set: nobody can be left without a chance, and no clock runs for ever. */
export const reportNumbers = z.object({
  editMinutes: whole(0, 1_440),
  reopenDays: whole(1, 730),
  reopenSupport: whole(1, 50),
  askAfterDays: whole(7, 365),
  askAfterExpectedDays: whole(0, 90),
});
const organisation = z.object({ id, name: words });

export const reportNumbersContracts = {
  readReportNumbers: contract({
    endpoint: at.readReportNumbers,
    access: 'public',
    summary: 'The numbers that hold for reports, and which organisations have their own',
    answer: z.object({
      place: reportNumbers,
      own: z.array(organisation.extend({ numbers: reportNumbers })).max(100),
    }),
    refusals: [],
  }),
  listReportNumbers: contract({
    endpoint: at.listReportNumbers,
    access: 'staff',
    summary: 'The numbers that I may set',
    answer: z.object({
      place: reportNumbers,
      /** whether I may set those of the whole place */
      wholePlace: z.boolean(),
      organisations: z.array(organisation.extend({ own: z.boolean(), numbers: reportNumbers })).max(100),
    }),
    refusals: ['not_allowed'],
  }),
  saveReportNumbers: contract({
    endpoint: at.saveReportNumbers,
    access: 'staff',
    summary: 'Set the numbers of the whole place, or those of one organisation',
    body: reportNumbers.extend({
      /** none: for every organisation that has none of its own */
      organisation: z.preprocess((v) => (v === '' ? undefined : v), id.optional()),
    }),
    answer: done,
    refusals: ['not_allowed'],
  }),
  dropReportNumbers: contract({
    endpoint: at.dropReportNumbers,
    access: 'staff',
    summary: 'Let the numbers of the whole place hold for an organisation again',
    params: z.object({ organisation: id }),
    answer: done,
    refusals: ['not_allowed'],
  }),
} as const;
