/** Every endpoint of the house, by name: what a browser needs to know to call one. */
import { contentEndpoints } from './content/endpoints.ts';
import { demoEndpoints } from './demo/endpoints.ts';
import { opsEndpoints } from './ops/endpoints.ts';
import { homeEndpoints } from './home/endpoints.ts';
import { moderationEndpoints } from './moderation/endpoints.ts';
import { notificationEndpoints } from './notifications/endpoints.ts';
import { peopleEndpoints } from './people/endpoints.ts';
import { placeAdminEndpoints } from './places/admin.endpoints.ts';
import { petitionEndpoints } from './petitions/endpoints.ts';
import { petitionRulesEndpoints } from './petitions/rules.endpoints.ts';
import { placeEndpoints } from './places/endpoints.ts';
import { pauseEndpoints } from './places/pauses.endpoints.ts';
import { categoryEndpoints } from './reports/categories.endpoints.ts';
import { reportDeskEndpoints } from './reports/desk.endpoints.ts';
import { reportNumbersEndpoints } from './reports/numbers.endpoints.ts';
import { reportEndpoints } from './reports/endpoints.ts';

export const endpoints = {
  ...contentEndpoints,
  ...homeEndpoints,
  ...peopleEndpoints,
  ...placeEndpoints,
  ...placeAdminEndpoints,
  ...pauseEndpoints,
  ...moderationEndpoints,
  ...notificationEndpoints,
  ...petitionEndpoints,
  ...petitionRulesEndpoints,
  ...reportEndpoints,
  ...reportDeskEndpoints,
  ...reportNumbersEndpoints,
  ...categoryEndpoints,
  ...opsEndpoints,
  ...demoEndpoints,
} as const;
