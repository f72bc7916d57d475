// Writes the town to a folder, to look at it or to serve it as files:
//   node db/seeds/town/cli.ts FOLDER [photos]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseMap, overviewMap } from './basemap.ts';
import { town } from './index.ts';
import { renderPhotos } from './photos.ts';
import { cropSvg } from './svg.ts';

const [folder, photos] = process.argv.slice(2);
if (!folder) {
  console.error('Say where to: node db/seeds/town/cli.ts FOLDER [photos]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const write = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  console.log(`${name}  ${Math.round(content.length / 1000)} kB`);
};
const place = town();
write('basemap.geojson', JSON.stringify(baseMap()));
write('overview.geojson', JSON.stringify(overviewMap()));
write('town.json', JSON.stringify(place));
write(
  'town.svg',
  cropSvg({ ...place.centre, widthPx: 1500, heightPx: 1240, zoom: 14, title: place.name.en }),
);
if (photos) for (const { id, jpeg } of await renderPhotos()) write(`${id}.jpg`, jpeg);
