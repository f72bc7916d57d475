/** Method and path of each endpoint of content pages. Imports nothing. */
export const contentEndpoints = {
  readPage: { method: 'GET', path: '/pages/:slug' },
  listPages: { method: 'GET', path: '/admin/pages' },
  readPageSource: { method: 'GET', path: '/admin/pages/:slug' },
  savePage: { method: 'PUT', path: '/admin/pages/:slug' },
} as const;
