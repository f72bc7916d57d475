import { type PageSlug, PAGES } from '@folkmoot/core/content/plain';
import { error, fail } from '@sveltejs/kit';
import { blocksOf } from '#lib/content/server/markdown.ts';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

const slugIn = (slug: string): PageSlug => {
  const known = PAGES.find((one) => one === slug);
  if (!known) error(404, 'not_found');
  return known;
};

export const load: PageServerLoad = async (event) => {
  const version = Number(event.url.searchParams.get('version')) || undefined;
  const slug = slugIn(event.params.slug);
  const source = await mine(event, 'readPageSource', { params: { slug }, query: { version } });
  return { source, opened: version ?? null };
};

/** A form is sent with the line ends of 1980; the page keeps today's, or every save would be a new version. */
const textOf = (form: FormData, name: string): string =>
  String(form.get(name) ?? '').replaceAll('\r\n', '\n');

const writtenIn = (form: FormData) => ({
  title: { en: textOf(form, 'title.en'), cy: textOf(form, 'title.cy') },
  body: { en: textOf(form, 'body.en'), cy: textOf(form, 'body.cy') },
  version: textOf(form, 'version'),
});

export const actions: Actions = {
  preview: async ({ request }) => {
    const written = writtenIn(await request.formData());
    return {
      written,
      preview: { en: blocksOf(written.body.en), cy: blocksOf(written.body.cy) },
      saved: false,
      trouble: null,
    };
  },
  save: async (event) => {
    const written = writtenIn(await event.request.formData());
    const params = { slug: slugIn(event.params.slug) };
    const done = await act(event, 'savePage', { params, body: written });
    if (done.ok) return { written: null, preview: null, saved: true, trouble: null };
    const { trouble } = done.failure.data;
    return fail(done.failure.status, { written, preview: null, saved: false, trouble });
  },
};
