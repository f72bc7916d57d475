/**
 * Turns a form into the object that an endpoint expects. The page's action (without JavaScript) and `enhance`
 * (with it) both use this, so that one contract sees one shape through two doors. Imports nothing.
 *
 * `name` → text; `name[]` → a list, also of one or none sent; `where.lat` → an object; files are left out.
 * A field that was left empty is sent as '' and the contract says what that means.
 */
export type FormObject = { [key: string]: string | string[] | FormObject };

export function formObject(form: FormData | URLSearchParams): FormObject {
  const out: FormObject = Object.create(null) as FormObject;
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string') continue;
    const list = name.endsWith('[]');
    const path = (list ? name.slice(0, -2) : name).split('.');
    const last = path.pop()!;
    let at = out;
    for (const step of path) {
      const next = at[step];
      at =
        typeof next === 'object' && !Array.isArray(next)
          ? next
          : (at[step] = Object.create(null) as FormObject);
    }
    const before = at[last];
    if (list) at[last] = Array.isArray(before) ? [...before, value] : [value];
    else at[last] = value;
  }
  return { ...out };
}
