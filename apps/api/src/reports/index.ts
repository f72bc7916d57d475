/**
 * Reports: what is broken, at a place. A resident says what and where; the organisation that is responsible hears
 * of it; everyone sees what becomes of it; and it is only fixed when the people who told us say so.
 */
export { mountReportMarks } from './marks/index.ts';
export { checkPhoto, cleanPhoto } from './photos.ts';
export { reportThings } from './moderating.ts';
export { numberIn } from './numbers.ts';
export { mountReports } from './routes.ts';
export { publicReport } from './seeing.ts';
export { reportTopics } from './live.ts';
export { mountSupporting } from './supporting.ts';
export { readBriefs } from './store.ts';
