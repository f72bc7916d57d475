/** What the place itself is: names, colours, map, how to reach the council. Rows of `settings`, with defaults. */
import { and, inArray, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { type PageSlug, PAGES } from '@folkmoot/core/content/plain';
import type { contracts } from '@folkmoot/core/contracts';
import type { Queryable } from '@folkmoot/db/client';
import { pages } from '@folkmoot/db/schema/content';
import { settings } from '@folkmoot/db/schema/places';
import type { Atlas } from './atlas.ts';

export type PlaceFacts = Omit<z.input<(typeof contracts)['readPlace']['answer']>, 'demo' | 'open'> & {
  /** pages that nobody of the council has read and made the council's own: it may not go live before */
  unread: PageSlug[];
  /** every row of settings by `key organisation`, that of the whole place by `key ` */
  settings: ReadonlyMap<string, unknown>;
};
export const settingAs = (key: string, organisation: string | null): string => `${key} ${organisation ?? ''}`;

const words = z.object({ en: z.string(), cy: z.string().optional() });
/** The settings row `place`, as the admin page writes it. */
export const placeSetting = z.object({
  name: words.default({ en: 'Our town', cy: 'Ein tref' }),
  council: words.default({ en: 'The council', cy: 'Y cyngor' }),
  phone: z.string().default(''),
  hours: words.default({ en: '', cy: '' }),
  address: words.default({ en: '', cy: '' }),
  hue: z.number().min(0).max(360).default(356),
  chroma: z.number().min(0).max(0.17).default(0.125),
  crest: z.string().nullable().default(null),
  map: z
    .object({
      kind: z.enum(['geojson', 'tiles']),
      url: z.string(),
      overview: z.string().nullable().default(null),
      attribution: words.nullable().default(null),
    })
    .default({ kind: 'geojson', url: '', overview: null, attribution: null }),
  source: z.string().default('https://example.org/folkmoot'),
  /** where somebody who found a hole in the site may write */
  security: z.string().default(''),
});

export type PlaceSetting = z.infer<typeof placeSetting>;

async function unreadPages(db: Queryable): Promise<PageSlug[]> {
  const read = await db
    .select({ slug: pages.slug })
    .from(pages)
    .where(and(inArray(pages.slug, [...PAGES]), isNotNull(pages.updatedBy)));
  return PAGES.filter((slug) => !read.some((row) => row.slug === slug));
}

export async function readFacts(db: Queryable, atlas: Atlas): Promise<PlaceFacts> {
  const rows = await db.select().from(settings);
  const held = new Map(rows.map((row) => [settingAs(row.key, row.organisationId), row.value]));
  const place = placeSetting.parse(held.get(settingAs('place', null)) ?? {});
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const { bounds } of atlas.all) {
    box[0] = Math.min(box[0], bounds[0]);
    box[1] = Math.min(box[1], bounds[1]);
    box[2] = Math.max(box[2], bounds[2]);
    box[3] = Math.max(box[3], bounds[3]);
  }
  return {
    ...place,
    bounds: box,
    centre: { lon: (box[0] + box[2]) / 2, lat: (box[1] + box[3]) / 2 },
    langs: ['en', 'cy'],
    unread: await unreadPages(db),
    settings: held,
  };
}
