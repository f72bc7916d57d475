/**
 * Every row of personal data in the house, in the order in which erasure goes through it: what leads to a person
 * through something else comes before that.
 */
import { contentPersonal } from './content/personal.ts';
import type { PersonalData } from './kit/personal.ts';
import { livePersonal } from './live/personal.ts';
import { moderationPersonal } from './moderation/personal.ts';
import { notificationsPersonal } from './notifications/personal.ts';
import { peoplePersonal } from './people/personal.ts';
import { petitionsPersonal } from './petitions/personal.ts';
import { placesPersonal } from './places/personal.ts';
import { reportsPersonal } from './reports/personal.ts';

export const personalData: readonly PersonalData[] = [
  moderationPersonal,
  notificationsPersonal,
  contentPersonal,
  livePersonal,
  placesPersonal,
  petitionsPersonal,
  reportsPersonal,
  peoplePersonal,
];
