/** Roles are bundles of abilities; what each may do stands in the policy.ts of each domain. */
export const ROLES = ['officer', 'councillor', 'moderator', 'organiser', 'admin'] as const;
export type Role = (typeof ROLES)[number];
/** Those who act for a body that answers to the public: they need a second factor. Organisers do not. */
export const STAFF_ROLES: readonly Role[] = ['officer', 'councillor', 'moderator', 'admin'];
