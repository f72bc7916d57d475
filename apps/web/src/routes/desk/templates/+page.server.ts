import { redirect } from '@sveltejs/kit';
import { BLANKS } from '@folkmoot/core/reports/desk';
import { STAFF_COMMANDS } from '@folkmoot/core/reports/rules';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { atDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const organisation = event.url.searchParams.get('organisation') ?? undefined;
  const list = await atDesk(event, 'listReportTemplates', { query: { organisation } });
  const asked = event.url.searchParams.get('edit');
  return {
    list,
    commands: STAFF_COMMANDS,
    blanks: BLANKS,
    editing: list.items.find((one) => one.id === asked) ?? null,
  };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const outcome = await api(event).send('saveReportTemplate', { body: formObject(form) as never });
    if (!outcome.ok) return refusedAt(event, 'save', outcome, form);
    redirect(303, localizeHref('/desk/templates'));
  },
  end: async (event) => {
    const form = await event.request.formData();
    const template = String(form.get('template') ?? '');
    const outcome = await api(event).send('endReportTemplate', { params: { template } });
    if (!outcome.ok) return refusedAt(event, 'end', outcome, form);
    redirect(303, localizeHref('/desk/templates'));
  },
};
