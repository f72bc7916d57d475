/**
 * The second door of every form. Without JavaScript a form posts to the page's action; with it, the same fields
 * go as JSON straight to `/api/v1`, and the page stays where it is. What a person typed is never lost: fields
 * are not cleared, also not when the network fails or the server breaks.
 */
import { getLocale, m } from '@folkmoot/words';
import { formObject } from './form-data.ts';

/** An endpoint as core's `endpoints.ts` names it: `{ method: 'POST', path: '/petitions/:id/signatures' }`. */
export type Endpoint = { method: string; path: string };

/** What went wrong, by field name (or `null`), and as a whole. The page's action gives back the same shape. */
export type Trouble = { errors?: Record<string, string> | null; message?: string | null };

export type EnhanceOptions<Answer> = {
  endpoint: Endpoint;
  /** Fills `:id` in the path. A function is read when the form is sent. */
  params?: Record<string, string | number> | (() => Record<string, string | number>);
  /** Makes the body from the form; `formObject` unless given. */
  body?: (form: FormData) => unknown;
  /** What the page's action found, when the page came back without JavaScript. */
  trouble?: Trouble | null;
  /** The words for a refusal (`already_signed`); `undefined` falls back to a general sentence. */
  refused?: (code: string, answer: Record<string, unknown>) => string | undefined;
  /** The words for what the contract found in a field; the contract's own unless given. */
  invalid?: (field: string, found: string) => string | undefined;
  /** The endpoint said yes. May be slow (`goto`): the form counts as sending until it returns. */
  done: (answer: Answer, form: HTMLFormElement) => unknown;
  /** Asked before sending; `false` stops it. */
  before?: (form: FormData) => boolean | Promise<boolean>;
  headers?: () => Record<string, string>;
  /** Where the API is; for tests. */
  base?: string;
  fetch?: typeof fetch;
};

/** What a form shows. `onsubmit` goes on the `<form>`; `errors` and `message` into ErrorSummary and the fields. */
export type Enhanced = {
  readonly errors: Record<string, string> | null;
  readonly message: string | null;
  readonly sending: boolean;
  readonly onsubmit: (event: SubmitEvent) => void;
  /** Sends at once, without a form's event: for a button that changes one thing. */
  readonly send: (form: HTMLFormElement, submitter?: HTMLElement | null) => Promise<boolean>;
  /** Takes the errors away, or sets them. */
  readonly set: (trouble: Trouble | null) => void;
};

/** `/petitions/:id/signatures` with `{ id: 7 }` → `/petitions/7/signatures`. Throws on a gap. */
export function fillPath(path: string, params: Record<string, string | number>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`No ${name} for ${path}`);
    return encodeURIComponent(params[name]);
  });
}

type Outcome<Answer> = { ok: true; answer: Answer } | ({ ok: false } & Trouble);

async function post<Answer>(options: EnhanceOptions<Answer>, form: FormData): Promise<Outcome<Answer>> {
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
  const code = typeof answer.code === 'string' ? answer.code : '';
  if (code === 'invalid') {
    const fields = Object.entries((answer.fields ?? {}) as Record<string, unknown>).map(
      ([field, found]): [string, string] => {
        const text = Array.isArray(found) ? String(found[0]) : String(found);
        return [field, options.invalid?.(field, text) ?? text];
      },
    );
    return { ok: false, errors: Object.fromEntries(fields) };
  }
  if (response.status === 429)
    return { ok: false, message: options.refused?.(code, answer) ?? m.ui_too_many() };
  if (response.status >= 500) return { ok: false, message: m.ui_broken() };
  return { ok: false, message: options.refused?.(code, answer) ?? m.ui_refused() };
}

/**
 * Makes a form that answers on the spot. Call it while a component is set up:
 * `const form = enhance({ endpoint, done })`, then `<form method="post" onsubmit={form.onsubmit}>`.
 */
export function enhance<Answer = unknown>(options: EnhanceOptions<Answer>): Enhanced {
  let errors = $state<Record<string, string> | null>(options.trouble?.errors ?? null);
  let message = $state<string | null>(options.trouble?.message ?? null);
  let sending = $state(false);

  function set(trouble: Trouble | null) {
    errors = trouble?.errors ?? null;
    message = trouble?.message ?? null;
  }

  async function send(form: HTMLFormElement, submitter?: HTMLElement | null): Promise<boolean> {
    if (sending) return false;
    sending = true;
    try {
      const data = new FormData(form, submitter);
      if (options.before && !(await options.before(data))) return false;
      const outcome = await post(options, data);
      if (!outcome.ok) {
        set(outcome);
        return false;
      }
      set(null);
      await options.done(outcome.answer, form);
      return true;
    } finally {
      sending = false;
    }
  }

  return {
    get errors() {
      return errors;
    },
    get message() {
      return message;
    },
    get sending() {
      return sending;
    },
    onsubmit(event) {
      event.preventDefault();
      void send(event.currentTarget as HTMLFormElement, event.submitter);
    },
    send,
    set,
  };
}
