/** The demo town, loaded once into an empty embedded database. */
import { connect } from '../client.ts';
import { people } from '../schema/people.ts';
import { seedCategories } from './categories.ts';
import { bankHolidaysOf } from './holidays.ts';
import { seedOrganisations } from './organisations.ts';
import { seedPeople } from './people.ts';
import { seedPetitions, seedScheme } from './petitions.ts';
import { seedPhotos } from './photos.ts';
import { seedPlaces } from './places.ts';
import { seedReports } from './reports.ts';
import { town } from './town/index.ts';

export type SeedOptions = {
  url: string;
  /** where photos and the base map are kept */
  filesDir: string;
  /** `small`: what the tests need, some 30 reports; `whole`: two years of a town */
  size?: 'small' | 'whole';
  /** the day it is in the town */
  now?: Date;
  say?: (line: string) => void;
};

const SIZES = {
  small: { people: 40, reports: 30, photos: 6 },
  whole: { people: 300, reports: 2000, photos: 60 },
} as const;

/** Loads Anybridge unless somebody already lives there. */
export async function seedDemo({
  url,
  filesDir,
  size = 'whole',
  now = new Date(),
  say = () => undefined,
}: SeedOptions): Promise<void> {
  const db = connect(url, { max: 4 });
  try {
    if ((await db.$count(people)) > 0) return;
    const began = Date.now();
    const wanted = SIZES[size];
    const drawn = town();
    const areas = await seedPlaces(db, drawn, filesDir);
    const bodies = await seedOrganisations(db, areas);
    const categories = await seedCategories(db, bodies);
    const everyone = await seedPeople(db, bodies, areas, { count: wanted.people, now });
    const scheme = await seedScheme(db, bodies, now);
    // tests make their own: a small town has a scheme and nothing yet that people asked for
    if (size === 'whole') await seedPetitions(db, { areas, bodies, people: everyone, scheme, now });
    const photos = await seedPhotos(db, filesDir, wanted.photos);
    const holidays = new Set(bankHolidaysOf(2023, 2032).map((one) => one.day));
    await seedReports(db, {
      town: drawn,
      areas,
      bodies,
      categories,
      people: everyone,
      photos,
      holidays,
      count: wanted.reports,
      now,
    });
    say(
      `Anybridge was built in ${((Date.now() - began) / 1000).toFixed(1)} s: ${everyone.length} people, ${wanted.reports} reports.`,
    );
  } finally {
    await db.$client.end();
  }
}
