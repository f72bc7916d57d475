/** Method and path of each endpoint by which an administrator sets the place up. Imports nothing. */
export const placeAdminEndpoints = {
  readPlaceSettings: { method: 'GET', path: '/admin/place' },
  savePlaceSettings: { method: 'PUT', path: '/admin/place' },
  saveCrest: { method: 'POST', path: '/admin/place/crest' },
  removeCrest: { method: 'DELETE', path: '/admin/place/crest' },
  listHolidays: { method: 'GET', path: '/admin/holidays' },
  addHoliday: { method: 'POST', path: '/admin/holidays' },
  removeHoliday: { method: 'DELETE', path: '/admin/holidays/:day' },
} as const;
