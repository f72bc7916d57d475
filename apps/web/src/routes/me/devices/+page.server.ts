import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [details, devices] = await Promise.all([
    mine(event, 'readMyDetails', {}),
    mine(event, 'listMyDevices', {}),
  ]);
  return { staff: details.staff, devices: devices.items };
};

export const actions: Actions = {
  one: async (event) => {
    const device = String((await event.request.formData()).get('device'));
    const done = await act(event, 'signOutDevice', { params: { device } });
    return done.ok ? { saved: true } : done.failure;
  },
  others: async (event) => {
    const done = await act(event, 'signOutOthers', {});
    return done.ok ? { saved: true } : done.failure;
  },
};
