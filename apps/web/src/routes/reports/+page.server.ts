import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { m } from '@folkmoot/words';
import { say } from '#lib/say.ts';
import { type Around, type Box, choicesIn, filtersOf, hrefOf, readAround } from '#lib/reports/around.ts';
import type { Picture } from '#lib/reports/picture.ts';
import Fields from '#lib/reports/server/Fields.svelte';
import ShapesKey from '#lib/reports/server/ShapesKey.svelte';
import { stillBox, stillMap, stillPicture } from '#lib/reports/server/still.ts';
import { api, ofPlace } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import { htmlOf, part } from '#lib/server/parts.ts';
import type { PageServerLoad } from './$types';

/** the first look: streets can be read, and a quarter of a small town is seen */
const FIRST_ZOOM = 15;
/** what the address may say; the rest of it changes nothing */
const NAMES = 'state age sort group ward was q bbox near view show page find'.split(' ');
/** one found street or postcode */
const FOUND_ZOOM = 16.5;
const MOST_CHOICES = 8;

type Api = ReturnType<typeof api>;
type Place = App.Locals['place'];
type ListedReport = CallAnswer<Contracts['listReports']>['items'][number];

const found = (lon: number, lat: number): Box => stillBox(lon, lat, FOUND_ZOOM);
const firstBox = ({ centre }: Place): Box => stillBox(centre.lon, centre.lat, FIRST_ZOOM);

/** What somebody wrote into the one box: goes there when it is plain what they mean, else asks which. */
async function find(event: RequestEvent, caller: Api, around: Around) {
  const typed = event.url.searchParams.get('find')?.trim().slice(0, 120);
  if (!typed) return null;
  const { items, outside } = await caller.get('findPlaces', { query: { q: typed, lang: event.locals.lang } });
  const [first, second] = items;
  if (first?.report) redirect(303, hrefOf(around).replace(/\/reports.*$/, `/reports/${first.report}`));
  const plain =
    first && (!second || first.kind === 'postcode' || first.label.toLowerCase() === typed.toLowerCase());
  const same = items.filter(({ label }) => label === first?.label).length > 1;
  if (first && plain && !same)
    redirect(
      303,
      hrefOf(around, { box: found(first.lon, first.lat), near: first.label, list: false, q: '' }),
    );
  if (!first && !outside) redirect(303, hrefOf(around, { q: typed, near: '' }));
  const choices = items.slice(0, MOST_CHOICES).map((one) => ({
    label: one.label,
    detail: one.detail ? say(one.detail) : '',
    href: hrefOf(around, { box: found(one.lon, one.lat), near: one.label, list: false, q: '' }),
  }));
  return { typed, outside, choices };
}

async function listOf(caller: Api, around: Around, box: Box | null) {
  if (around.mine) {
    const { items, pages, total } = await caller.get('listMyReports', { query: { page: around.page } });
    return { items, pages, total, counts: null };
  }
  const { q, sort, page } = around;
  const query = { ...filtersOf(around, around.list ? around.box : box), q: q || undefined, sort, page };
  const { items, pages, total, counts } = await caller.get('listReports', { query });
  return { items, pages, total, counts };
}

async function marksOf(caller: Api, around: Around, picture: Picture) {
  const query = { ...filtersOf(around, picture.box), zoom: Math.round(picture.zoom) };
  return (await caller.get('listReportMarks', { query })).marks;
}

/** What a row of the list shows, and no more: it is told twice, as words and as data. */
const rowOf = ({ id, title, lang, look, place, ward, supports, at, overdue }: ListedReport) => ({
  id,
  title,
  lang,
  look,
  place,
  ward,
  supports,
  at,
  overdue,
});

/** What the page needs of the place. */
const ofThePlace = (event: RequestEvent, caller: Api) =>
  ofPlace(event, 'around', async () => {
    const [wards, categories] = await Promise.all([
      caller.get('listWards', { query: {} }),
      caller.get('listReportCategories', { query: {} }),
    ]);
    return {
      wards: wards.map(({ slug, name }) => ({ slug, name })),
      groups: [...new Set(categories.filter((one) => !one.private).map((one) => one.group))],
    };
  });

/** What stands there as it was sent: the fields of the filters, and what the shapes mean. */
function standing(
  event: RequestEvent,
  around: Around,
  { wards, groups }: Awaited<ReturnType<typeof ofThePlace>>,
) {
  const { lang } = event.locals;
  const write = () => htmlOf(Fields, { around, groups, wards });
  const made = choicesIn(around);
  const fields = made ? write() : ofPlace(event, `fields ${lang}`, write);
  return {
    choose: made ? m.reports_around_filters_on({ count: made }) : m.reports_around_filters(),
    fields: part(event, fields),
    key: around.list
      ? ''
      : part(
          event,
          ofPlace(event, `shapes ${lang}`, () => htmlOf(ShapesKey, {})),
        ),
  };
}

async function boxOf(caller: Api, around: Around, place: Place): Promise<Box> {
  if (around.box) return around.box;
  if (!around.ward) return firstBox(place);
  const ward = await caller.send('readWard', { params: { slug: around.ward } });
  return ward.ok ? ward.answer.bounds : firstBox(place);
}

export const load: PageServerLoad = async (event) => {
  const caller = api(event);
  const { place } = event.locals;
  cacheable(event, { query: NAMES, topics: ['reports', 'place'] });
  const around = readAround(event.url.searchParams);
  const asked = await find(event, caller, around);
  const wanted = await boxOf(caller, around, place);
  let box = stillPicture(wanted).box;
  let list = await listOf(caller, around, box);
  // an empty centre says nothing of a place: then all of it
  if (!around.box && !around.ward && list.counts && Object.values(list.counts).every((n) => n === 0)) {
    box = stillPicture(place.bounds).box;
    list = await listOf(caller, around, box);
  }
  const picture = stillPicture(box);
  const marks = around.list || around.mine ? [] : await marksOf(caller, around, picture);
  const shown = around.mine
    ? list.items.map(({ id, lon, lat, look, title }) => ({ id, lon, lat, look, title }))
    : marks;
  const there = await ofThePlace(event, caller);
  const { lon, lat, zoom } = picture;
  const drawn = place.map.kind === 'geojson';
  const still = { around, picture, marks: shown, items: list.items, drawn };
  return {
    around,
    asked,
    list: { ...list, items: list.items.map(rowOf) },
    // the still map shows them; awake, the page asks for those of its own window
    marks: around.mine || event.isDataRequest ? shown : null,
    still: around.list ? null : part(event, stillMap(still, event.locals.lang)),
    picture: { lon, lat, zoom },
    box: around.box ?? box,
    wards: there.wards,
    ...standing(event, around, there),
  };
};
