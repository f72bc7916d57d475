/** What is looked for among signatures, as its form sends it. */
const ZONE = 'Europe/London';

/** How far the town's clock is ahead of UTC at a moment, in milliseconds. */
function aheadAt(moment: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(moment);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shown - Math.floor(moment.getTime() / 60_000) * 60_000;
}

/** `2025-10-16T09:30` on the town's clock → the moment; anything else as it is, for the contract to refuse. */
export function momentOf(typed: string): string {
  const moment = new Date(`${typed}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(typed) || Number.isNaN(moment.getTime())) return typed;
  return new Date(moment.getTime() - aheadAt(moment)).toISOString();
}

const TEXTS = ['name', 'postcode', 'network', 'domain', 'because'] as const;

/** Empty fields are not looked for. */
export function queryOf(form: FormData): Record<string, string> {
  const given = TEXTS.map((name) => [name, String(form.get(name) ?? '').trim()] as const);
  const times = (['from', 'to'] as const).map((name) => {
    const typed = String(form.get(name) ?? '').trim();
    return [name, typed && momentOf(typed)] as const;
  });
  return Object.fromEntries([...given, ...times].filter(([, value]) => value !== ''));
}
export const startBody = (form: FormData) => ({ query: queryOf(form), reason: form.get('reason') ?? '' });
