import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { id, lat, listOf, lon, optionalText, page, words } from '../kit/shapes.ts';
import { reportEndpoints as at } from './endpoints.ts';
import { reportMakingContracts } from './making.contract.ts';
import { REPORT_SORTS } from './plain.ts';
import { mark, params, question, reportBrief, reportFilters, reportFull } from './shapes.ts';
import { reportSpeakingContracts } from './speaking.contract.ts';

export { reportBrief, reportFilters, reportFull } from './shapes.ts';
export type { ReportBrief, ReportFilters, ReportFull, ReportMark } from './shapes.ts';

const reportReadingContracts = {
  listReports: contract({
    endpoint: at.listReports,
    access: 'public',
    summary: 'Reports, newest change first',
    query: reportFilters.extend({
      q: optionalText(120),
      sort: z.enum(REPORT_SORTS).default('updated'),
      page,
    }),
    answer: listOf(reportBrief).extend({
      counts: z.object({ open: z.number(), fixed: z.number(), closed: z.number() }),
    }),
    refusals: [],
  }),
  listReportMarks: contract({
    endpoint: at.listReportMarks,
    access: 'public',
    summary: 'At most about 100 marks for a map view: single reports and clusters',
    query: reportFilters.extend({ zoom: z.coerce.number().int().min(5).max(20).default(14) }),
    answer: z.object({ marks: z.array(mark).max(130), total: z.number() }),
    refusals: [],
  }),
  listMyReports: contract({
    endpoint: at.listMyReports,
    access: 'person',
    summary: 'What I reported myself, the newest first, also what only I and the staff may see',
    query: z.object({ page }),
    answer: listOf(reportBrief),
    refusals: [],
  }),
  readReport: contract({
    endpoint: at.readReport,
    access: 'public',
    summary: 'One report with its timeline',
    params,
    answer: reportFull,
    refusals: ['not_found'],
  }),
  listReportCategories: contract({
    endpoint: at.listReportCategories,
    access: 'public',
    summary: 'What can be reported here, and who will get it',
    query: z.object({ lon: lon.optional(), lat: lat.optional() }),
    answer: z
      .array(
        z.object({
          id,
          code: z.string(),
          group: z.string(),
          name: words,
          hint: words.nullable(),
          organisation: words,
          private: z.boolean(),
          expectedDays: z.number().nullable(),
          questions: z.array(question),
        }),
      )
      .max(200),
    refusals: [],
  }),
} as const;

export const reportContracts = {
  ...reportReadingContracts,
  ...reportMakingContracts,
  ...reportSpeakingContracts,
} as const;
