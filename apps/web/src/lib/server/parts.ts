/**
 * Pieces of a page that no script changes (the foot, the still map): made once for all who see them, put into the
 * document as they are, and neither told a second time as data nor sent as script. A page shows one by
 * `createRawSnippet(() => ({ render: () => data.foot }))`: waking up, Svelte then takes the element that is there.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { Component } from 'svelte';
import { render } from 'svelte/server';

type Page = Pick<RequestEvent, 'locals' | 'isDataRequest'>;
const parts = new WeakMap<object, string[]>();

/**
 * The HTML of a component with one element around it, without the marks that Svelte leaves to wake it up. One comment
 * stays within: Kit warns of pages that lose one, and `part` takes one.
 */
export const htmlOf = <P extends Record<string, unknown>>(component: Component<P>, props: P): string =>
  render(component, { props })
    .body.replace(/<!--.*?-->/gs, '')
    .trim()
    .replace(/<\/\w+>$/, '<!--part-->$&');

/**
 * Stands in the page's data for `html`: a comment, which no text of a person can be mistaken for, since theirs is
 * escaped. A page that is asked for by script gets the HTML itself.
 */
export function part({ locals, isDataRequest }: Page, html: string): string {
  if (isDataRequest) return html;
  const known = parts.get(locals) ?? [];
  parts.set(locals, known);
  return `<!--part ${known.push(html) - 1}-->`;
}

/** Puts the pieces where they belong. */
export function withParts({ locals }: Pick<RequestEvent, 'locals'>, html: string): string {
  const known = parts.get(locals);
  return known ? html.replace(/<!--part (\d+)-->/g, (_, at: string) => known[Number(at)] ?? '') : html;
}
