/** The demo town, loaded once into an empty embedded database. */
import { town } from './town/index.ts';
import { connect } from '../client.ts';
import { people } from '../schema/people.ts';
import { seedCategories } from './categories.ts';
import { seedOrganisations } from './organisations.ts';
import { seedPeople } from './people.ts';
import { seedPlaces } from './places.ts';

export type SeedOptions = {
  url: string;
  /** where photos and the base map are kept */
  filesDir: string;
  /** `small`: what the tests need, some 30 reports; `whole`: two years of a town */
  size?: 'small' | 'whole';
  say?: (line: string) => void;
};

/** Loads Anybridge unless somebody already lives there. */
export async function seedDemo({ url, filesDir, say = () => undefined }: SeedOptions): Promise<void> {
  const db = connect(url, { max: 4 });
  try {
    if ((await db.$count(people)) > 0) return;
    const began = Date.now();
    const drawn = town();
    const areas = await seedPlaces(db, drawn, filesDir);
    const bodies = await seedOrganisations(db, areas);
    await seedCategories(db, bodies);
    await seedPeople(db, bodies, areas);
    say(`Anybridge was built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  } finally {
    await db.$client.end();
  }
}
