/** Method and path of each endpoint of reports. Imports nothing. */
export const reportEndpoints = {
  listReports: { method: 'GET', path: '/reports' },
  listReportMarks: { method: 'GET', path: '/reports/marks' },
  listMyReports: { method: 'GET', path: '/me/reports' },
  readReport: { method: 'GET', path: '/reports/:report' },
  listReportCategories: { method: 'GET', path: '/report-categories' },
  listSimilarReports: { method: 'GET', path: '/report-categories/:category/similar' },

  startReportDraft: { method: 'POST', path: '/report-drafts' },
  readReportDraft: { method: 'GET', path: '/report-drafts/mine' },
  saveReportDraft: { method: 'PATCH', path: '/report-drafts/mine' },
  dropReportDraft: { method: 'DELETE', path: '/report-drafts/mine' },
  removeReportDraftPhoto: { method: 'POST', path: '/report-drafts/mine/photos/remove' },
  sendReportDraft: { method: 'POST', path: '/report-drafts/mine/send' },
  readSentReport: { method: 'GET', path: '/report-drafts/mine/sent' },
  uploadPhoto: { method: 'POST', path: '/uploads' },
  makeReport: { method: 'POST', path: '/reports' },

  supportReport: { method: 'POST', path: '/reports/:report/support' },
  commentOnReport: { method: 'POST', path: '/reports/:report/updates' },
  sayWhetherFixed: { method: 'POST', path: '/reports/:report/verdict' },
  editReport: { method: 'PATCH', path: '/reports/:report' },
  withdrawReport: { method: 'POST', path: '/reports/:report/withdraw' },
} as const;
