/** What an administrator sets for the place: names, colours, how to reach the council, its map, its free days. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, done, lang, words } from '../kit/shapes.ts';
import { placeAdminEndpoints as at } from './admin.endpoints.ts';

const line = (most: number) => z.string().trim().max(most);
const both = (most: number) =>
  z.object({ en: z.string().trim().min(1).max(most), cy: line(most).default('') });
const maybeBoth = (most: number) => z.object({ en: line(most).default(''), cy: line(most).default('') });

/** The most chroma that keeps every contrast for every hue (look/LOOK.md). */
export const MOST_CHROMA = 0.17;

const settings = z.object({
  name: both(60),
  council: both(100),
  phone: line(40).regex(/^[0-9 +()-]*$/),
  hours: maybeBoth(120),
  address: maybeBoth(200),
  /** degrees round the wheel of OKLCH */
  hue: z.coerce.number().min(0).max(360),
  chroma: z.coerce.number().min(0).max(MOST_CHROMA),
  map: z.object({
    kind: z.enum(['geojson', 'tiles']),
    /** a file of ours, or the provider's address with {z}, {x} and {y} */
    url: line(300).regex(/^(|\/[^/].*|https:\/\/.+)$/),
    attribution: maybeBoth(200),
  }),
  /** where the source of this very site lies: the licence asks for it */
  source: line(300).regex(/^(|https?:\/\/.+)$/),
  /** where somebody who found a hole in the site may write: an address or a page */
  security: line(200).regex(/^(|https:\/\/.+|mailto:.+@.+)$/),
});

export const placeAdminContracts = {
  readPlaceSettings: contract({
    endpoint: at.readPlaceSettings,
    access: 'staff',
    summary: 'The settings of the place, as they are written',
    answer: settings,
    refusals: ['not_allowed'],
  }),
  savePlaceSettings: contract({
    endpoint: at.savePlaceSettings,
    access: 'staff',
    summary: 'Set the place up; every process follows at once',
    body: settings,
    answer: done,
    refusals: ['not_allowed'],
  }),
  saveCrest: contract({
    endpoint: at.saveCrest,
    access: 'staff',
    summary: 'The council’s crest, as a form with one file; a form without a script is led back to the page',
    query: z.object({ lang: lang.default('en') }),
    answer: z.object({ crest: z.string() }),
    refusals: [
      'not_allowed',
      'no_file',
      'not_a_photo',
      'phone_format',
      'broken_photo',
      'too_large',
      'too_many_pixels',
      'too_many',
      'other_origin',
    ],
  }),
  removeCrest: contract({
    endpoint: at.removeCrest,
    access: 'staff',
    summary: 'Take the crest away: the drawn bridge stands there again',
    answer: done,
    refusals: ['not_allowed'],
  }),
  listHolidays: contract({
    endpoint: at.listHolidays,
    access: 'staff',
    summary: 'The days on which nobody works here, from a year back',
    answer: z.object({ items: z.array(z.object({ day: z.string(), name: words })).max(400) }),
    refusals: ['not_allowed'],
  }),
  addHoliday: contract({
    endpoint: at.addHoliday,
    access: 'staff',
    summary: 'Add a free day, or rename it',
    body: z.object({ day, name: both(80) }),
    answer: done,
    refusals: ['not_allowed'],
  }),
  removeHoliday: contract({
    endpoint: at.removeHoliday,
    access: 'staff',
    summary: 'Take a free day out',
    params: z.object({ day }),
    answer: done,
    refusals: ['not_allowed', 'not_found'],
  }),
} as const;
