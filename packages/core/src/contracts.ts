/** Every contract of the house, by the endpoint's name. The API mounts them, the web types its calls by them. */
import { demoContracts } from './demo/contract.ts';
import { homeContracts } from './home/contract.ts';
import { peopleContracts } from './people/contract.ts';
import { placeContracts } from './places/contract.ts';
import { reportContracts } from './reports/contract.ts';
import { reportDeskContracts } from './reports/desk.contract.ts';

export const contracts = {
  ...homeContracts,
  ...peopleContracts,
  ...placeContracts,
  ...reportContracts,
  ...reportDeskContracts,
  ...demoContracts,
} as const;
export type Contracts = typeof contracts;
export type ContractName = keyof Contracts;
