/**
 * The lottery of citizens' panels: panels that keep every quota, drawn so that the chances of all are as equal as
 * the quotas allow. Pure algorithm: it knows nothing of the rest of the house. See the README for the definitions.
 */
export { sayChange } from './changing.ts';
export { checkInput } from './checking.ts';
export type * from './contract.ts';
export { figuresOf } from './figures.ts';
export { drawLottery } from './lottery.ts';
export { readConfirmed, readPeople, readQuotas } from './reading.ts';
export { replacementInput } from './replacement.ts';
export type { Confirmation } from './replacement.ts';
export { chancesCsv, panelsCsv, publishedHash, reportJson, reportMarkdown, sha256 } from './report.ts';
export type { Report, ReportSettings, SourceFile } from './report.ts';
export { drawInWorker } from './thread.ts';
export { verifyFolder } from './verify.ts';
export type { Check } from './verify.ts';
