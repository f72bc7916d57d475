import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [now, shapes] = await Promise.all([
    api(event).get('listWardsNow', {}),
    api(event).get('listWards', { query: { shapes: '1' } }),
  ]);
  const shapeOf = new Map(shapes.map((ward) => [ward.id, ward.shape]));
  return {
    asOf: now.asOf,
    wards: now.wards.map((ward) => ({ ...ward, shape: shapeOf.get(ward.id) ?? [] })),
  };
};
