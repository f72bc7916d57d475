/**
 * The second door of every form. Without JavaScript a form posts to the page's action; with it, the same fields
 * go as JSON straight to `/api/v1`, and the page stays where it is. What a person typed is never lost: fields
 * are not cleared, also not when the network fails or the server breaks.
 */
import { inWords, post } from './post.ts';
import type { PostOptions, Refusal, Trouble } from './post.ts';

export type { Endpoint, Refusal, Trouble } from './post.ts';
export { inWords } from './post.ts';

export type EnhanceOptions<Answer> = PostOptions & {
  /** What the page's action found, when the page came back without JavaScript. */
  trouble?: Refusal | null;
  /** The endpoint said yes. May be slow (`goto`): the form counts as sending until it returns. */
  done: (answer: Answer, form: HTMLFormElement) => unknown;
  /** Asked before sending; `false` stops it. */
  before?: (form: FormData) => boolean | Promise<boolean>;
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

/**
 * Makes a form that answers on the spot. Call it while a component is set up:
 * `const form = enhance({ endpoint, done })`, then `<form method="post" onsubmit={form.onsubmit}>`.
 */
export function enhance<Answer = unknown>(options: EnhanceOptions<Answer>): Enhanced {
  const first = options.trouble ? inWords(options, options.trouble) : null;
  let errors = $state<Record<string, string> | null>(first?.errors ?? null);
  let message = $state<string | null>(first?.message ?? null);
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
      const outcome = await post<Answer>(options, data);
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
