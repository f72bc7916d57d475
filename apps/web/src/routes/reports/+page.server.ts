import { redirect, type RequestEvent } from '@sveltejs/kit';
import { STATE_GROUPS } from '@folkmoot/ui/icons';
import type { Mark } from '@folkmoot/ui/map';
import { gather, ringParts } from '@folkmoot/ui/map/cluster';
import { say } from '#lib/say.ts';
import { type Around, type Box, filtersOf, hrefOf, readAround } from '#lib/reports/around.ts';
import { toMarks } from '#lib/reports/marks.ts';
import { boxAround, type Picture, pictureOf, spotIn, widened } from '#lib/reports/picture.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

/** the still map: as high as a wide screen shows it, and about as narrow as a phone does */
const WIDTH = 760;
const HEIGHT = 880;
/** the first look: streets can be read, and a quarter of a small town is seen */
const FIRST_ZOOM = 15;
/** what the address may say; the rest of it changes nothing */
const NAMES = 'state age sort group ward was q bbox near view show page find'.split(' ');
/** one found street or postcode */
const FOUND_ZOOM = 16.5;
const REACH = 48;
const MOST_CHOICES = 8;

type Api = ReturnType<typeof api>;
type Place = App.Locals['place'];

const found = (lon: number, lat: number): Box => boxAround(lon, lat, FOUND_ZOOM, WIDTH, HEIGHT);
const firstBox = ({ centre }: Place): Box => boxAround(centre.lon, centre.lat, FIRST_ZOOM, WIDTH, HEIGHT);

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

function sharesOf(members: ReadonlyArray<Pick<Mark, 'group' | 'shares'>>) {
  const shares: Partial<Record<Mark['group'], number>> = {};
  for (const one of members)
    for (const [look, n] of Object.entries(one.shares ?? { [one.group]: 1 }))
      shares[look as Mark['group']] = (shares[look as Mark['group']] ?? 0) + n;
  return shares;
}

/** The marks of the still map: those that would cover each other stand together, as on the moving one. */
function stillOf(place: Place, around: Around, picture: Picture, marks: ReturnType<typeof toMarks>) {
  const { lon, lat, zoom, width, height } = picture;
  const spots = marks
    .map((mark) => ({ ...mark, ...spotIn(picture, mark.lon, mark.lat), count: mark.count ?? 1 }))
    .filter(({ x, y }) => x > 0 && x < width && y > 0 && y < height);
  // what is drawn and no more: the marks themselves are in the page already
  const groups = gather(spots, REACH).map(({ x, y, members, count }) => {
    const [{ id, group, label, number, href }] = members as [(typeof members)[number]];
    if (count === 1) return { id, x, y, count, group, label, number, href };
    const lons = members.map((one) => one.lon);
    const lats = members.map((one) => one.lat);
    const box = widened([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
    return {
      id,
      x,
      y,
      count,
      group,
      parts: ringParts(sharesOf(members), STATE_GROUPS),
      href: members.length === 1 ? href : hrefOf(around, { box, near: '' }),
    };
  });
  const at = (step: number) => hrefOf(around, { box: boxAround(lon, lat, zoom + step, width, height) });
  return { picture, drawn: place.map.kind === 'geojson', groups, closer: at(1), further: at(-1) };
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
  let box = pictureOf(wanted, WIDTH, HEIGHT).box;
  let list = await listOf(caller, around, box);
  // an empty centre says nothing of a place: then all of it
  if (!around.box && !around.ward && list.counts && Object.values(list.counts).every((n) => n === 0)) {
    box = pictureOf(place.bounds, WIDTH, HEIGHT).box;
    list = await listOf(caller, around, box);
  }
  const picture = pictureOf(box, WIDTH, HEIGHT);
  const [marks, wards, categories] = await Promise.all([
    around.list || around.mine ? [] : marksOf(caller, around, picture),
    caller.get('listWards', { query: {} }),
    caller.get('listReportCategories', { query: {} }),
  ]);
  const shown = around.mine
    ? list.items.map(({ id, lon, lat, look, title }) => ({ id, lon, lat, look, title }))
    : marks;
  const still = around.list ? null : stillOf(place, around, picture, toMarks(shown, list.items, around));
  return {
    around,
    asked,
    list,
    marks: shown,
    still,
    box: around.box ?? box,
    wards: wards.map(({ slug, name }) => ({ slug, name })),
    groups: [...new Set(categories.filter((one) => !one.private).map((one) => one.group))],
  };
};
