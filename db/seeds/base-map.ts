/** Keeps the drawn base map as files named by their content, as the site serves them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseMap, overviewMap } from './town/basemap.ts';

function keep(filesDir: string, content: string): string {
  const name = `${createHash('sha256').update(content).digest('hex')}.geojson`;
  const folder = join(filesDir, name.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return `/files/${name}`;
}

/** @returns the value of `place.map`: the whole map, and a small one without houses for the first paint */
export async function keepBaseMap(filesDir: string) {
  return {
    kind: 'geojson' as const,
    url: keep(filesDir, JSON.stringify(baseMap())),
    overview: keep(filesDir, JSON.stringify(overviewMap())),
    attribution: {
      en: 'Anybridge is drawn by hand and does not exist.',
      cy: 'Darluniwyd Pontany â llaw ac nid yw’n bodoli.',
    },
  };
}
