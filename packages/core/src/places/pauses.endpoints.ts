/** Method and path of the endpoints of pauses. Imports nothing. */
export const pauseEndpoints = {
  listPauses: { method: 'GET', path: '/admin/pauses' },
  makePause: { method: 'POST', path: '/admin/pauses' },
  endPause: { method: 'POST', path: '/admin/pauses/:pause/end' },
} as const;
