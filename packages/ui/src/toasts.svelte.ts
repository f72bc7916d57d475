/**
 * A word in passing, with a way back: "You hid the number. Undo". Never for anything that matters (that is a
 * page or a Note). It stays while a person points at it or is in it, and 20 seconds besides.
 */
export type Toast = { id: number; text: string; undo?: () => void };

let list = $state<Toast[]>([]);
let next = 0;

export function toasts(): readonly Toast[] {
  return list;
}

/** Shows a toast; a new one takes the place of the last. */
export function toast(text: string, undo?: () => void): void {
  list = [{ id: next++, text, undo }];
}

export function closeToast(id: number): void {
  list = list.filter((one) => one.id !== id);
}

/** Takes back what the toast on the screen offers to take back. False when there is nothing. */
export function undoLast(): boolean {
  const one = list.at(-1);
  if (!one?.undo) return false;
  one.undo();
  closeToast(one.id);
  return true;
}
