/**
 * The one file that calls the API from the server: in process, as the visitor. It copies cookie, address and
 * request id, gives every Set-Cookie back, and turns an answer that is not 2xx into `error()` or into what a form
 * shows, never into data.
 */
import type { CallAnswer, CallInput } from '@folkmoot/core/kit/contract';
import type { ContractName, Contracts } from '@folkmoot/core/contracts';
import { endpoints } from '@folkmoot/core/endpoints';
import { error, type RequestEvent } from '@sveltejs/kit';
import { madeOf } from './made.ts';

/** `reason`: the public words of who decided it, where there are any */
export type Trouble = { code: string; fields: Record<string, string>; reason?: string };
export type Outcome<T> =
  { ok: true; answer: T; status: number } | { ok: false; status: number; trouble: Trouble };
type Anything = Record<string, unknown>;

function urlOf(path: string, input: { params?: Anything; query?: Anything }): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const query = Object.entries(input.query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)]));
  return `/api/v1${filled}${search.size ? `?${search}` : ''}`;
}

type SetCookie = { name: string; value: string; options: Record<string, string | boolean | number> };

/** `a=1; Path=/; HttpOnly` → what `cookies.set` takes. */
function readSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(/; */);
  const at = pair.indexOf('=');
  const options: SetCookie['options'] = { path: '/', httpOnly: false, secure: false };
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split('=');
    const key = name.toLowerCase();
    if (key === 'path') options['path'] = value;
    else if (key === 'httponly') options['httpOnly'] = true;
    else if (key === 'secure') options['secure'] = true;
    else if (key === 'samesite') options['sameSite'] = value.toLowerCase();
    else if (key === 'max-age') options['maxAge'] = Number(value);
  }
  return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), options };
}

type House = NonNullable<App.Platform['req']['folkmoot']>;
/** Vite has no platform to hand over: there the server leaves the same under a symbol. */
const inDevelopment = (): House | undefined =>
  (globalThis as { [key: symbol]: { getStore: () => House | undefined } | undefined })[
    Symbol.for('folkmoot.dev')
  ]?.getStore();

type Caller = Pick<RequestEvent, 'platform' | 'cookies' | 'request' | 'getClientAddress'>;
type Place = CallAnswer<Contracts['readPlace']>;
const places = new WeakMap<object, Promise<Place>>();

/** The place, which every page needs: asked once, and again when the server has read it anew. */
export function placeOf(event: Caller): Promise<Place> {
  const own = event.platform?.req.folkmoot ?? inDevelopment();
  const facts = own?.app.house.place();
  const known = facts && places.get(facts);
  if (known) return known;
  const asked = api(event).get('readPlace', {});
  if (facts) {
    places.set(facts, asked);
    asked.catch(() => places.delete(facts));
  }
  return asked;
}

/** keys are few and our own */
const fromPlace = madeOf(100);

/**
 * What is made from the place alone (its wards, the kinds of report, the foot of each page): made once, and again when
 * the server has read the place anew.
 * @param key names it; with the language where it is in words
 */
export const ofPlace = <T>(
  { locals: { place } }: Pick<RequestEvent, 'locals'>,
  key: string,
  make: () => T,
): T => fromPlace(place, key, make);

/** A caller for this request. `get` for loads, `send` for actions. */
export function api(event: Caller) {
  const own = event.platform?.req.folkmoot ?? inDevelopment();
  if (!own)
    throw new Error('The site runs inside the Folkmoot server: start it with `pnpm start` or `pnpm dev`.');

  async function call<N extends ContractName>(
    name: N,
    input: CallInput<Contracts[N]>,
    forAll = false,
  ): Promise<Outcome<CallAnswer<Contracts[N]>>> {
    const { method, path } = endpoints[name];
    const { params, query, body } = input as { params?: Anything; query?: Anything; body?: Anything };
    const url = urlOf(path, { params, query });
    const kept = method === 'GET' && (await own!.app.house.kept.read(path, url));
    if (kept) return { ok: true, answer: kept as CallAnswer<Contracts[N]>, status: 200 };
    // cookies of this very request count too: an action may have signed somebody in just before
    const cookie = (forAll ? [] : event.cookies.getAll())
      .map((one) => `${one.name}=${encodeURIComponent(one.value)}`)
      .join('; ');
    const response = await own!.app.inject({
      method,
      url,
      remoteAddress: event.getClientAddress(),
      headers: {
        ...(cookie && { cookie }),
        'x-request-id': own!.id,
        'sec-fetch-site': 'same-origin',
        'user-agent': event.request.headers.get('user-agent') ?? '',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const it = readSetCookie(line);
      event.cookies.set(it.name, it.value, it.options);
    }
    const said = response.body ? (JSON.parse(response.body) as Anything) : {};
    if (response.statusCode < 300)
      return { ok: true, answer: said as CallAnswer<Contracts[N]>, status: response.statusCode };
    const trouble = {
      code: String(said['code'] ?? 'broken'),
      fields: (said['fields'] ?? {}) as Record<string, string>,
      ...(typeof said['reason'] === 'string' && { reason: said['reason'] }),
    };
    return { ok: false, status: response.statusCode, trouble };
  }

  const found = <T>(outcome: Outcome<T>): T => {
    if (!outcome.ok) error(outcome.status === 422 ? 400 : outcome.status, outcome.trouble.code);
    return outcome.answer;
  };
  return {
    send: <N extends ContractName>(name: N, input: CallInput<Contracts[N]>) => call(name, input),
    /** For loads: what is not there becomes the error page. */
    get: async <N extends ContractName>(name: N, input: CallInput<Contracts[N]>) =>
      found(await call(name, input)),
    /** For loads, where everybody sees the same: asked as nobody in particular, and shared for a second. */
    shared: <N extends ContractName>(name: N, input: CallInput<Contracts[N]>) =>
      own.app.house.kept.view(`${name} ${JSON.stringify(input)}`, async () =>
        found(await call(name, input, true)),
      ),
  };
}
