/**
 * The scripts of a page hold the words of its language alone: English ones where Kit names them, Welsh ones in a copy
 * beside (`vite.words.ts`). A Welsh page leads every import there, by a map that its policy knows by its hash.
 */
const KINDS = ['entry', 'nodes', 'chunks'];
const ROOM = '/_app/immutable/';

/** What an import map says: `{"imports":{"/_app/immutable/nodes/":"/_app/immutable/cy/nodes/",…}}`. */
export const WELSH_MODULES = JSON.stringify({
  imports: Object.fromEntries(KINDS.map((kind) => [`${ROOM}${kind}/`, `${ROOM}cy/${kind}/`])),
});
export const WELSH_MAP = `<script type="importmap">${WELSH_MODULES}</script>`;

/** What is fetched ahead is named by its own address: the map does not lead it. */
export const fetchWelsh = (html: string): string =>
  html.replace(
    /(href="[./]*\/_app\/immutable\/)((?:entry|nodes|chunks)\/[^"]+" rel="modulepreload")/g,
    '$1cy/$2',
  );
