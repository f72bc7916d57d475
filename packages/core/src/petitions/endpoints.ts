/** Method and path of each endpoint of petitions. Imports nothing. */
export const petitionEndpoints = {
  listPetitions: { method: 'GET', path: '/petitions' },
  readPetition: { method: 'GET', path: '/petitions/:petition' },
  readPetitionDays: { method: 'GET', path: '/petitions/:petition/days' },
  listSimilarPetitions: { method: 'GET', path: '/petition-similar' },
  listPetitionSchemes: { method: 'GET', path: '/petition-schemes' },
  createPetitionScheme: { method: 'POST', path: '/petition-schemes' },

  startPetition: { method: 'POST', path: '/petitions' },
  listMyPetitions: { method: 'GET', path: '/me/petitions' },
  readMyPetition: { method: 'GET', path: '/petitions/:petition/mine' },
  savePetition: { method: 'PATCH', path: '/petitions/:petition' },
  dropPetitionDraft: { method: 'DELETE', path: '/petitions/:petition' },
  submitPetition: { method: 'POST', path: '/petitions/:petition/submit' },
  withdrawPetition: { method: 'POST', path: '/petitions/:petition/withdraw' },

  signPetition: { method: 'POST', path: '/petitions/:petition/sign' },
  confirmSignature: { method: 'POST', path: '/petitions/:petition/signatures/confirm' },
  readMySignature: { method: 'GET', path: '/petitions/:petition/signatures/mine' },
  signForSomeone: { method: 'POST', path: '/petitions/:petition/signatures' },

  listPetitionQueue: { method: 'GET', path: '/petition-queue' },
  readPetitionAtDesk: { method: 'GET', path: '/petition-queue/:petition' },
  openPetitionAtDesk: { method: 'POST', path: '/petition-queue/:petition/open' },
  decidePetition: { method: 'POST', path: '/petition-queue/:petition/decide' },
  decidePetitionAppeal: { method: 'POST', path: '/petition-queue/:petition/appeal' },
  appealPetitionDecision: { method: 'POST', path: '/petitions/:petition/appeal' },
  listPetitionDecisions: { method: 'GET', path: '/petition-decisions' },
  listPetitionRejectionCodes: { method: 'GET', path: '/petition-rejection-codes' },
} as const;
