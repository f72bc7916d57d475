/** Every contract of the house, by the endpoint's name. The API mounts them, the web types its calls by them. */
import { contentContracts } from './content/contract.ts';
import { demoContracts } from './demo/contract.ts';
import { opsContracts } from './ops/contract.ts';
import { homeContracts } from './home/contract.ts';
import { moderationContracts } from './moderation/contract.ts';
import { notificationContracts } from './notifications/contract.ts';
import { peopleContracts } from './people/contract.ts';
import { placeAdminContracts } from './places/admin.contract.ts';
import { petitionContracts } from './petitions/contract.ts';
import { petitionDoubtsContracts } from './petitions/doubts.contract.ts';
import { petitionRulesContracts } from './petitions/rules.contract.ts';
import { petitionSchemeContracts } from './petitions/scheme.contract.ts';
import { placeContracts } from './places/contract.ts';
import { pauseContracts } from './places/pauses.contract.ts';
import { categoryContracts } from './reports/categories.contract.ts';
import { reportContracts } from './reports/contract.ts';
import { reportDeskContracts } from './reports/desk.contract.ts';
import { reportNumbersContracts } from './reports/numbers.contract.ts';

export const contracts = {
  ...contentContracts,
  ...homeContracts,
  ...peopleContracts,
  ...placeContracts,
  ...placeAdminContracts,
  ...pauseContracts,
  ...moderationContracts,
  ...notificationContracts,
  ...petitionContracts,
  ...petitionSchemeContracts,
  ...petitionRulesContracts,
  ...petitionDoubtsContracts,
  ...reportContracts,
  ...reportDeskContracts,
  ...reportNumbersContracts,
  ...categoryContracts,
  ...opsContracts,
  ...demoContracts,
} as const;
export type Contracts = typeof contracts;
export type ContractName = keyof Contracts;
