/** What people's endpoints take and give, by journey: proving to be oneself, my account, organisations and roles. */
import { adminContracts } from './admin.contract.ts';
import { groupContracts } from './groups.contract.ts';
import { meContracts } from './me.contract.ts';
import { signInContracts } from './sign-in.contract.ts';

export const peopleContracts = {
  ...signInContracts,
  ...meContracts,
  ...adminContracts,
  ...groupContracts,
} as const;
