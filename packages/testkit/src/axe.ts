/** axe-core in a page: WCAG 2.0–2.2 A and AA, and best practice. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Found = {
  violations: Array<{
    id: string;
    help: string;
    nodes: Array<{ target: string[]; failureSummary?: string }>;
  }>;
};

/** What axe finds wrong with the page as it stands, one line each; empty when nothing. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as Found;
  return found.violations.flatMap((it) =>
    it.nodes.map((node) => `${it.id}: ${it.help} (${node.target.join(' ')})`),
  );
}

/** What is wrong with the page as it stands: what axe finds, and whether it scrolls sideways. */
export async function faults(page: Page): Promise<string[]> {
  const found = await axe(page);
  const { scrollWidth, clientWidth } = (await page.evaluate(
    '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
  )) as { scrollWidth: number; clientWidth: number };
  return scrollWidth > clientWidth ? [...found, `${scrollWidth - clientWidth} pixels too wide`] : found;
}
