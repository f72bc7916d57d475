/** The groups of kinds of report: their names and signs. */
import type { IconName } from '@folkmoot/ui/icons';
import { m } from '@folkmoot/words';

const groups: Record<string, { word: () => string; icon: IconName }> = {
  roads: { word: m.reports_group_roads, icon: 'c-road' },
  lights: { word: m.reports_group_lights, icon: 'c-light' },
  paths: { word: m.reports_group_paths, icon: 'c-path' },
  water: { word: m.reports_group_water, icon: 'c-water' },
  bins: { word: m.reports_group_bins, icon: 'c-rubbish' },
  rubbish: { word: m.reports_group_rubbish, icon: 'c-rubbish' },
  green: { word: m.reports_group_green, icon: 'c-green' },
  people: { word: m.reports_group_people, icon: 'people' },
  other: { word: m.reports_group_other, icon: 'report' },
  petitions: { word: m.notifications_make_petitions, icon: 'sign' },
};
/** The name of a group of kinds; a council's own group is called by its code. */
export const groupWord = (code: string): string =>
  groups[code]?.word() ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');
export const groupIcon = (code: string): IconName => groups[code]?.icon ?? 'report';
