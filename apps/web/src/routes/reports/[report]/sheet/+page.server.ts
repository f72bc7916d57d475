import { toString } from 'qrcode';
import { error } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const report = await api(event).get('readReport', { params: { report: Number(event.params.report) } });
  // a sheet hangs in a window: never of what only few may know
  if (report.private) error(404, 'not_found');
  cacheable(event, { topics: [`report:${report.id}`] });
  const address = `${event.url.origin}${localizeHref(`/reports/${report.id}`)}`;
  const drawn = await toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return { report, address, qr: `data:image/svg+xml,${encodeURIComponent(drawn)}` };
};
