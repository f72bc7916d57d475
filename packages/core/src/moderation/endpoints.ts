/** Method and path of each endpoint of moderation. Imports nothing. */
export const moderationEndpoints = {
  readFlaggable: { method: 'GET', path: '/flags/about' },
  flagSomething: { method: 'POST', path: '/flags' },

  listFlagged: { method: 'GET', path: '/desk/moderation' },
  readFlagged: { method: 'GET', path: '/desk/moderation/item' },
  decideFlagged: { method: 'POST', path: '/desk/moderation/decisions' },
  undoDecision: { method: 'POST', path: '/desk/moderation/decisions/:decision/undo' },
  decideAppeal: { method: 'POST', path: '/desk/moderation/decisions/:decision/appeal' },

  listDecisions: { method: 'GET', path: '/decisions' },
  readDecision: { method: 'GET', path: '/decisions/:decision' },
  appealDecision: { method: 'POST', path: '/decisions/:decision/appeal' },
} as const;
