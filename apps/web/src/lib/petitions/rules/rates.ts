/** Rates and lists as their form sends them: a list is one to a line. */
import { formObject } from '@folkmoot/ui/form-data';

const lines = (typed: unknown): string[] =>
  String(typed ?? '')
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter(Boolean);

export function ratesBody(form: FormData) {
  const it = formObject(form) as Record<string, Record<string, unknown>>;
  const list = (name: string) => ({
    networks: lines(it[name]?.['networks']),
    domains: lines(it[name]?.['domains']),
  });
  return { ...it, allow: list('allow'), block: list('block') };
}
