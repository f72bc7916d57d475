/** Method and path of each endpoint of places. Imports nothing. */
export const placeEndpoints = {
  readPlace: { method: 'GET', path: '/place' },
  findPlaces: { method: 'GET', path: '/places/find' },
  readPoint: { method: 'GET', path: '/places/at' },
  listStreets: { method: 'GET', path: '/places/streets' },
  listWards: { method: 'GET', path: '/wards' },
  readWard: { method: 'GET', path: '/wards/:slug' },
  drawCrop: { method: 'GET', path: '/places/crop' },
  readWater: { method: 'GET', path: '/places/water' },
} as const;
