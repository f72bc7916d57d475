/** One form, sent as JSON to one endpoint, and what its answer means in words. Knows no framework. */
import { getLocale, m } from '@folkmoot/words';
import { formObject } from './form-data.ts';

/** An endpoint as core's `endpoints.ts` names it: `{ method: 'POST', path: '/petitions/:id/signatures' }`. */
export type Endpoint = { method: string; path: string };

/** What went wrong, by field name (or `null`), and as a whole. The page's action gives back the same shape. */
export type Trouble = { errors?: Record<string, string> | null; message?: string | null };

export type PostOptions = {
  endpoint: Endpoint;
  /** Fills `:id` in the path. A function is read when the form is sent. */
  params?: Record<string, string | number> | (() => Record<string, string | number>);
  /** Makes the body from the form; `formObject` unless given. */
  body?: (form: FormData) => unknown;
  /** The words for a refusal (`already_signed`); `undefined` falls back to a general sentence. */
  refused?: (code: string, answer: Record<string, unknown>) => string | undefined;
  /** The words for what the contract found in a field; the contract's own unless given. */
  invalid?: (field: string, found: string) => string | undefined;
  headers?: () => Record<string, string>;
  /** Where the API is; for tests. */
  base?: string;
  fetch?: typeof fetch;
};

/** `/petitions/:id/signatures` with `{ id: 7 }` → `/petitions/7/signatures`. Throws on a gap. */
export function fillPath(path: string, params: Record<string, string | number>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`No ${name} for ${path}`);
    return encodeURIComponent(params[name]);
  });
}

/** A sentence for each thing a contract finds in a field; the page's own words come first. */
const FOUND: Record<string, () => string> = {
  required: m.ui_found_required,
  too_short: m.ui_found_too_short,
  too_long: m.ui_found_too_long,
  too_small: m.ui_found_too_small,
  too_big: m.ui_found_too_big,
  not_an_email: m.ui_found_not_an_email,
  not_an_option: m.ui_found_not_an_option,
  not_understood: m.ui_found_not_understood,
};

/** What the API answered when it did not say yes: `{ code }`, or `{ code: 'invalid', fields }`. */
export type Refusal = { code?: unknown; fields?: unknown };

/**
 * Puts a refusal into words: the same for the form that was sent by script and for the page that came back
 * without one.
 */
export function inWords(
  { refused, invalid }: Pick<PostOptions, 'refused' | 'invalid'>,
  answer: Refusal,
  status = 409,
): Trouble {
  const code = typeof answer.code === 'string' ? answer.code : '';
  if (code === 'invalid') {
    const fields = Object.entries((answer.fields ?? {}) as Record<string, unknown>);
    const words = ([field, problem]: [string, unknown]): [string, string] => {
      const found = String(Array.isArray(problem) ? problem[0] : problem);
      return [field, invalid?.(field, found) ?? FOUND[found]?.() ?? found];
    };
    return { errors: Object.fromEntries(fields.map(words)), message: null };
  }
  const own = refused?.(code, answer as Record<string, unknown>);
  if (own) return { errors: null, message: own };
  if (status === 429) return { errors: null, message: m.ui_too_many() };
  if (status >= 500 || code === 'broken') return { errors: null, message: m.ui_broken() };
  return { errors: null, message: m.ui_refused() };
}

/** What came of it. */
export type Outcome<Answer> = { ok: true; answer: Answer } | ({ ok: false } & Trouble);

/**
 * Sends a form to its endpoint and puts the answer into words. Never throws: no signal, a refusal and a broken
 * server each come back as trouble.
 */
export async function post<Answer>(options: PostOptions, form: FormData): Promise<Outcome<Answer>> {
  const params = typeof options.params === 'function' ? options.params() : (options.params ?? {});
  const address = (options.base ?? '/api/v1') + fillPath(options.endpoint.path, params);
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(address, {
      method: options.endpoint.method,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'accept-language': getLocale(),
        ...options.headers?.(),
      },
      body: JSON.stringify(options.body ? options.body(form) : formObject(form)),
    });
  } catch {
    return { ok: false, message: m.ui_no_signal() };
  }
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return { ok: true, answer: answer as Answer };
  return { ok: false, ...inWords(options, answer, response.status) };
}
