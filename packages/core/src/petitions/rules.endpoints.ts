/** Method and path of what administers petitions: schemes, rules, sheets, doubtful signatures. Imports nothing. */
export const petitionRulesEndpoints = {
  readPetitionScheme: { method: 'GET', path: '/petition-schemes/history' },
  tryPetitionScheme: { method: 'POST', path: '/petition-schemes/try' },

  readPetitionRules: { method: 'GET', path: '/petition-rules' },
  savePetitionRejectionCode: { method: 'PUT', path: '/petition-rejection-codes/:code' },
  retirePetitionRejectionCode: { method: 'POST', path: '/petition-rejection-codes/:code/retire' },
  saveEmailRule: { method: 'PUT', path: '/petition-email-rules/:domain' },
  dropEmailRule: { method: 'DELETE', path: '/petition-email-rules/:domain' },
  tryEmailRule: { method: 'POST', path: '/petition-email-rules/try' },
  savePetitionRates: { method: 'PUT', path: '/petition-rates' },

  listPetitionSheets: { method: 'GET', path: '/petitions/:petition/sheets' },
  keepSheetScan: { method: 'POST', path: '/petitions/:petition/sheets/scan' },
  readSheetScan: { method: 'GET', path: '/petition-sheets/:sheet/scan' },
  readSignaturesAtDesk: { method: 'GET', path: '/petitions/:petition/doubts' },
  clearSuspects: { method: 'POST', path: '/petitions/:petition/doubts/clear' },
  listPetitionBursts: { method: 'GET', path: '/petition-bursts' },
  seePetitionBurst: { method: 'POST', path: '/petition-bursts/:burst/seen' },
  removePetition: { method: 'POST', path: '/petitions/:petition/remove' },
} as const;
