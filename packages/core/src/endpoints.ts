/** Every endpoint of the house, by name: what a browser needs to know to call one. */
import { demoEndpoints } from './demo/endpoints.ts';
import { homeEndpoints } from './home/endpoints.ts';
import { peopleEndpoints } from './people/endpoints.ts';
import { placeEndpoints } from './places/endpoints.ts';
import { reportDeskEndpoints } from './reports/desk.endpoints.ts';
import { reportEndpoints } from './reports/endpoints.ts';

export const endpoints = {
  ...homeEndpoints,
  ...peopleEndpoints,
  ...placeEndpoints,
  ...reportEndpoints,
  ...reportDeskEndpoints,
  ...demoEndpoints,
} as const;
