import { shareOf } from './representative.ts';
import type { OpinionMap } from './types.ts';

const META_IMPORTANCE = 7;

/**
 * Weight with which a statement is asked next, from the votes of the placed people on it and its extremity:
 * more if few pass, if many agree, if it tells people apart, and up to nine times more while it is new.
 */
export function priorityOf(
  [agrees, disagrees, seen]: readonly [number, number, number],
  extremity: number,
  meta: boolean,
): number {
  if (meta) return META_IMPORTANCE ** 2;
  const passes = seen - agrees - disagrees;
  const importance = (1 - shareOf(passes, seen)) * (extremity + 1) * shareOf(agrees, seen);
  return (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2;
}

/**
 * The statement to ask next: drawn with probability ∝ priority among those not in `voted` and not moderated
 * out; null when none is left. `random` is uniform on [0, 1): the caller's, so that the draw can be repeated.
 */
export function nextStatement(
  map: Pick<OpinionMap, 'statements'>,
  voted: ReadonlySet<string>,
  random: number,
): string | null {
  const open = map.statements.filter(({ id, moderation }) => moderation !== 'out' && !voted.has(id));
  let left = random * open.reduce((sum, { priority }) => sum + priority, 0);
  for (const { id, priority } of open) {
    left -= priority;
    if (left < 0) return id;
  }
  return open.at(-1)?.id ?? null;
}
