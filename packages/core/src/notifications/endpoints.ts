/** Method and path of each endpoint of notifications. Imports nothing. */
export const notificationEndpoints = {
  listInbox: { method: 'GET', path: '/me/inbox' },
  readAllNotifications: { method: 'POST', path: '/me/inbox/read' },
  readNotification: { method: 'POST', path: '/me/inbox/:notification/read' },

  readFollow: { method: 'GET', path: '/follows' },
  follow: { method: 'POST', path: '/follows' },
  unfollow: { method: 'POST', path: '/follows/end' },
  listFollows: { method: 'GET', path: '/me/follows' },

  makeAlert: { method: 'POST', path: '/alerts' },
  listAlerts: { method: 'GET', path: '/me/alerts' },
  endAlert: { method: 'POST', path: '/me/alerts/:alert/end' },

  readUnsubscribe: { method: 'GET', path: '/unsubscribe/:link' },
  unsubscribe: { method: 'POST', path: '/unsubscribe/:link' },

  listTroubledMails: { method: 'GET', path: '/admin/mails' },
  sendMailAgain: { method: 'POST', path: '/admin/mails/:mail/again' },
  letMailGo: { method: 'POST', path: '/admin/mails/:mail/let-go' },
} as const;
