/** Pages the council writes, and the files people send: photos are cleaned of place and time before they are kept. */
import type { PersonalData } from '../kit/personal.ts';

const council = 'what the council writes';
const cleaned = 'named by its content; whose it is stands with the thing it belongs to';

export const contentPersonal: PersonalData = {
  domain: 'content',
  holds: [],
  not: [
    ...['pages.slug', 'pages.title', 'pages.body'].map((column) => ({ column, because: council })),
    ...['page_versions.slug', 'page_versions.title', 'page_versions.body'].map((column) => ({
      column,
      because: council,
    })),
    ...['files.hash', 'files.type', 'files.sizes'].map((column) => ({ column, because: cleaned })),
    { column: 'job_runs.name', because: 'what the machine did' },
    { column: 'job_runs.said', because: 'counts, never contents' },
  ],
};
