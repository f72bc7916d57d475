import { STAFF_COMMANDS } from '@folkmoot/core/reports/rules';
import { formObject } from '@folkmoot/ui/form-data';
import { atDesk, choicesIn, refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

/** What needs nothing but a tick and words; a date and a duplicate are for one report at a time. */
const MANY = STAFF_COMMANDS.filter((command) => !['schedule', 'mark_duplicate'].includes(command));

export const load: PageServerLoad = async (event) => {
  const choices = choicesIn(event.url);
  const [queue, { items }] = await Promise.all([
    atDesk(event, 'listReportQueue', { query: choices as never }),
    atDesk(event, 'listReportTemplates', { query: {} }),
  ]);
  return { queue, choices, commands: MANY, templates: items.filter((one) => one.group === null) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const outcome = await api(event).send('changeReportsInBulk', { body: formObject(form) as never });
    if (!outcome.ok) return refusedAt(event, 'many', outcome, form);
    return { at: 'many', results: outcome.answer };
  },
};
