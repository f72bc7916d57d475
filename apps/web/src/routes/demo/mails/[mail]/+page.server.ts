import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const mail = await api(event).get('readDemoMail', { params: { mail: event.params.mail } });
  // its links leave the frame; nothing else in it may do anything
  const html = mail.html.replace('<head>', '<head><base target="_top">');
  return { mail: { ...mail, html }, plain: event.url.searchParams.has('plain') };
};
