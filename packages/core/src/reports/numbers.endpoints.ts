/** Method and path of the endpoints of the numbers that hold for reports. Imports nothing. */
export const reportNumbersEndpoints = {
  readReportNumbers: { method: 'GET', path: '/reports/numbers' },
  listReportNumbers: { method: 'GET', path: '/admin/report-numbers' },
  saveReportNumbers: { method: 'PUT', path: '/admin/report-numbers' },
  dropReportNumbers: { method: 'DELETE', path: '/admin/report-numbers/:organisation' },
} as const;
