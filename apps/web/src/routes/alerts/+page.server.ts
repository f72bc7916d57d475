import { fail } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { PETITIONS_GROUP } from '@folkmoot/core/notifications/plain';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { say } from '#lib/say.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

const NAMES = ['ward', 'lon', 'lat', 'name', 'q', 'radius', 'group', 'done'] as const;

/** Where it shall listen, as the address says it: a ward, a place, or words that are still to be found. */
export const load: PageServerLoad = async (event) => {
  cacheable(event, { query: NAMES, topics: [] });
  const asked = Object.fromEntries(NAMES.map((name) => [name, event.url.searchParams.get(name) ?? '']));
  const {
    ward: slug = '',
    lon = '',
    lat = '',
    name = '',
    q = '',
    radius = '',
    group = '',
    done = '',
  } = asked;
  const ask = api(event);
  const [wards, categories] = await Promise.all([
    ask.get('listWards', { query: {} }),
    ask.get('listReportCategories', { query: {} }),
  ]);
  const groups = [...new Set(categories.filter((one) => !one.private).map((one) => one.group))];
  const ward = wards.find((one) => one.slug === slug) ?? null;
  const found = q ? await ask.get('findPlaces', { query: { q, lang: event.locals.lang } }) : null;
  const choices = (found?.items ?? []).map((one) => ({
    label: one.label,
    detail: one.detail ? say(one.detail) : '',
    href: localizeHref(
      `/alerts?${new URLSearchParams({ lon: String(one.lon), lat: String(one.lat), name: one.label, ...(group && { group }) })}`,
    ),
  }));
  const only = choices.length === 1 && found?.items[0];
  const point = only
    ? { lon: String(only.lon), lat: String(only.lat), name: only.label }
    : lon && lat && Number.isFinite(Number(lon)) && Number.isFinite(Number(lat))
      ? { lon, lat, name: name.slice(0, 80) || `${lat}, ${lon}` }
      : null;
  return {
    wards: wards.map((one) => ({ slug: one.slug, name: one.name })),
    groups,
    ward: ward && { slug: ward.slug, name: ward.name },
    point: ward ? null : point,
    find: q ? { q, choices: only ? [] : choices, outside: found?.outside ?? false } : null,
    radius: radius || '500',
    group: group === PETITIONS_GROUP || groups.includes(group) ? group : '',
    done: done !== '',
  };
};

type NewAlert = CallInput<Contracts['makeAlert']>['body'];

export const actions: Actions = {
  default: async (event) => {
    const fields = Object.fromEntries(
      [...(await event.request.formData())].map(([name, value]) => [name, String(value)]),
    );
    const { email, ...rest } = fields;
    const body = { ...rest, ...(email && { email }) } as unknown as NewAlert;
    const done = await api(event).send('makeAlert', { body });
    if (!done.ok) return fail(done.status, { trouble: done.trouble, typed: fields });
    return { answer: done.answer };
  },
};
