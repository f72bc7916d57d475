/** What the page's action gave back to one of the forms of a page, which are many. */
import type { Refusal } from '@folkmoot/ui/enhance';

type Returned = {
  trouble: Refusal | undefined;
  typed: Record<string, string>;
  /** What was ticked, by the name of the list; nothing where a list was left empty. */
  lists: Record<string, string[]>;
};

/** `at` is the form's name; null where the page came back for another form, or is new. */
export function returnedTo(form: Record<string, unknown> | null, at: string): Returned | null {
  if (form?.['at'] !== at) return null;
  return {
    trouble: form['trouble'] as Refusal | undefined,
    typed: (form['typed'] ?? {}) as Record<string, string>,
    lists: (form['lists'] ?? {}) as Record<string, string[]>,
  };
}
