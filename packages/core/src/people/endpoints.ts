/** Method and path of each endpoint of people. Imports nothing. */
export const peopleEndpoints = {
  readMe: { method: 'GET', path: '/me' },
  readToken: { method: 'GET', path: '/tokens/:token' },
  useToken: { method: 'POST', path: '/tokens/:token' },

  askForLink: { method: 'POST', path: '/sign-in/link' },
  signInByPassword: { method: 'POST', path: '/sign-in/password' },
  signOut: { method: 'POST', path: '/me/sign-out' },

  giveCode: { method: 'POST', path: '/me/code' },
  readNewSecondFactor: { method: 'GET', path: '/me/second-factor/new' },
  saveSecondFactor: { method: 'POST', path: '/me/second-factor' },
  makeRecoveryCodes: { method: 'POST', path: '/me/recovery-codes' },

  readMyDetails: { method: 'GET', path: '/me/details' },
  saveMyDetails: { method: 'PATCH', path: '/me/details' },
  addMyAddress: { method: 'POST', path: '/me/addresses' },
  removeMyAddress: { method: 'POST', path: '/me/addresses/:contact/remove' },
  savePassword: { method: 'POST', path: '/me/password' },
  removePassword: { method: 'POST', path: '/me/password/remove' },

  listMyDevices: { method: 'GET', path: '/me/devices' },
  signOutDevice: { method: 'POST', path: '/me/devices/:device/sign-out' },
  signOutOthers: { method: 'POST', path: '/me/devices/sign-out-others' },

  readHeld: { method: 'GET', path: '/me/held' },
  exportHeld: { method: 'GET', path: '/me/held/export' },
  eraseMe: { method: 'POST', path: '/me/erase' },

  listOrganisations: { method: 'GET', path: '/organisations' },
  readOrganisation: { method: 'GET', path: '/organisations/:slug' },

  readGroup: { method: 'GET', path: '/organisations/:slug/group' },
  saveGroup: { method: 'PATCH', path: '/organisations/:slug/group' },
  savePicture: { method: 'POST', path: '/organisations/:slug/picture' },
  removePicture: { method: 'POST', path: '/organisations/:slug/picture/remove' },
  readGroupDoor: { method: 'GET', path: '/organisations/:slug/door' },
  joinGroup: { method: 'POST', path: '/organisations/:slug/join' },
  leaveGroup: { method: 'POST', path: '/organisations/:slug/leave' },
  renewGroupDoor: { method: 'POST', path: '/organisations/:slug/door' },
  inviteOrganiser: { method: 'POST', path: '/organisations/:slug/organisers' },
  endOrganiserInvitation: { method: 'POST', path: '/organisations/:slug/organisers/:invitation/end' },
  removeFromGroup: { method: 'POST', path: '/organisations/:slug/people/:person/remove' },

  readAdmin: { method: 'GET', path: '/admin' },
  listMembers: { method: 'GET', path: '/admin/organisations/:slug/members' },
  createOrganisation: { method: 'POST', path: '/admin/organisations' },
  editOrganisation: { method: 'PATCH', path: '/admin/organisations/:slug' },
  inviteMember: { method: 'POST', path: '/admin/organisations/:slug/invitations' },
  endInvitation: { method: 'POST', path: '/admin/invitations/:invitation/end' },
  endGrant: { method: 'POST', path: '/admin/grants/:grant/end' },
  resetSecondFactor: { method: 'POST', path: '/admin/people/:person/second-factor/reset' },
  listRoleHolders: { method: 'GET', path: '/admin/people' },
  listRoleChanges: { method: 'GET', path: '/admin/role-changes' },
  readPrivacy: { method: 'GET', path: '/admin/privacy' },

  readInvitation: { method: 'GET', path: '/invitations/:token' },
  acceptInvitation: { method: 'POST', path: '/invitations/:token' },

  actFor: { method: 'POST', path: '/act-for' },
} as const;
