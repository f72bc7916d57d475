/** Method and path of each endpoint of the staff desk for reports. Imports nothing. */
export const reportDeskEndpoints = {
  listReportQueue: { method: 'GET', path: '/desk/reports' },
  markQueueSeen: { method: 'POST', path: '/desk/reports/seen' },
  changeReportsInBulk: { method: 'POST', path: '/desk/reports/bulk' },
  makeReportForSomeone: { method: 'POST', path: '/desk/reports' },

  readReportAtDesk: { method: 'GET', path: '/desk/reports/:report' },
  readReporter: { method: 'POST', path: '/desk/reports/:report/reporter' },
  openReportAtDesk: { method: 'POST', path: '/desk/reports/:report/open' },
  changeReportState: { method: 'POST', path: '/desk/reports/:report/state' },
  undoReportChange: { method: 'POST', path: '/desk/reports/:report/undo' },
  answerReport: { method: 'POST', path: '/desk/reports/:report/answers' },
  askReporter: { method: 'POST', path: '/desk/reports/:report/questions' },
  assignReport: { method: 'POST', path: '/desk/reports/:report/assignment' },
  setReportPriority: { method: 'POST', path: '/desk/reports/:report/priority' },
  noteOnReport: { method: 'POST', path: '/desk/reports/:report/notes' },
  askOfficer: { method: 'POST', path: '/desk/reports/:report/councillors' },
  answerCouncillor: { method: 'POST', path: '/desk/reports/:report/councillors/answer' },
  moveReport: { method: 'POST', path: '/desk/reports/:report/category' },

  listReportTemplates: { method: 'GET', path: '/desk/templates' },
  saveReportTemplate: { method: 'POST', path: '/desk/templates' },
  endReportTemplate: { method: 'POST', path: '/desk/templates/:template/end' },
} as const;
