/** The demo town's own endpoints: they exist only there. Imports nothing. */
export const demoEndpoints = {
  listDemoPeople: { method: 'GET', path: '/demo/people' },
  beSomeone: { method: 'POST', path: '/demo/be' },
  listDemoMails: { method: 'GET', path: '/demo/mails' },
  readDemoMail: { method: 'GET', path: '/demo/mails/:mail' },
} as const;
