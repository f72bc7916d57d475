/** Method and path of each endpoint of people. Imports nothing. */
export const peopleEndpoints = {
  readMe: { method: 'GET', path: '/me' },
  readToken: { method: 'GET', path: '/tokens/:token' },
  useToken: { method: 'POST', path: '/tokens/:token' },
  signOut: { method: 'POST', path: '/me/sign-out' },
} as const;
