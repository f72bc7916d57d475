/**
 * The drawn signs, one file for the whole site: `<use href="/…/icons.svg#i-map">`. See README, "One sprite".
 */
import sprite from './icons.svg?url';

/** What a person can do or see: `i-…` in the sprite. */
type Sign =
  | 'now' | 'map' | 'report' | 'pin' | 'say' | 'help' | 'sign' | 'answer' | 'panel' | 'camera' | 'clock'
  | 'calendar' | 'person' | 'people' | 'bell' | 'search' | 'filter' | 'arrow' | 'back' | 'check' | 'cross'
  | 'plus' | 'minus' | 'warn' | 'info' | 'flag' | 'hide' | 'share' | 'print' | 'globe' | 'offline' | 'undo'
  | 'here' | 'pause' | 'mail' | 'phone'; // prettier-ignore

/** Kinds of report: `c-…`. */
type Kind = 'c-road' | 'c-light' | 'c-rubbish' | 'c-green' | 'c-water' | 'c-path';

export type IconName = Sign | Kind | 'folkmoot' | 'crest';

/** The groups of states that have a shape: hollow circle, square, hexagon, diamond, full circle, bar, arrow. */
export type StateGroup = 'new' | 'check' | 'dated' | 'fix' | 'done' | 'closed' | 'passed';

export const STATE_GROUPS: readonly StateGroup[] = [
  'new',
  'check',
  'dated',
  'fix',
  'done',
  'passed',
  'closed',
];

/** The address of a sign in the sprite. */
export function iconHref(name: IconName): string {
  const whole = name.startsWith('c-') || name === 'folkmoot' || name === 'crest';
  return `${sprite}#${whole ? name : `i-${name}`}`;
}

/** The address of a state's shape in the sprite. */
export function shapeHref(group: StateGroup): string {
  return `${sprite}#s-${group}`;
}
