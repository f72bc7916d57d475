/** Method and path of the endpoints by which an administrator sets what can be reported. Imports nothing. */
export const categoryEndpoints = {
  listCategoriesToEdit: { method: 'GET', path: '/admin/categories' },
  saveReportCategory: { method: 'POST', path: '/admin/categories' },
  endReportCategory: { method: 'POST', path: '/admin/categories/:category/end' },
  reopenReportCategory: { method: 'POST', path: '/admin/categories/:category/reopen' },
} as const;
