/** Method and path of each endpoint of the home page. Imports nothing. */
export const homeEndpoints = {
  readTown: { method: 'GET', path: '/now' },
  readWardNow: { method: 'GET', path: '/now/wards/:slug' },
  listWardsNow: { method: 'GET', path: '/now/wards' },
} as const;
