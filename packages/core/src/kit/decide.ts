/** What a rule answers. Rules never throw and never look at the clock: time is passed in. */
export type Decision<Next, Event, Refusal extends string = string> =
  { ok: true; next: Next; events: Event[] } | { ok: false; refused: Refusal };

export const refuse = <R extends string>(refused: R): { ok: false; refused: R } => ({ ok: false, refused });

/** A state machine as a table: from a state, a command leads to a state. The same table draws the help page. */
export type Machine<S extends string, C extends string> = {
  readonly [from in S]: { readonly [command in C]?: S };
};

/** Where `command` leads from `from`, or null where it is not allowed. */
export const step = <S extends string, C extends string>(
  machine: Machine<S, C>,
  from: S,
  command: C,
): S | null => machine[from][command] ?? null;
