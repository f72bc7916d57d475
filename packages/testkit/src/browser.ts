/** Chromium for the few browser tests, from the registry on Linux, else the one installed. */
import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

export type { Browser, BrowserContext, Page };
export const PHONE = { width: 390, height: 844 };
export const WIDE = { width: 1280, height: 900 };

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Chromium is; unpacked where it is not yet. @throws with words for a person when there is none */
export async function executable(): Promise<string> {
  const asked = process.env['CHROME_PATH'];
  if (asked) return asked;
  if (process.platform === 'linux' && process.arch === 'x64') return sparticuz.executablePath();
  const found = USUAL.find((path) => existsSync(path));
  if (!found) throw new Error('The browser tests need Chrome or Chromium: install one, or set CHROME_PATH.');
  return found;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await executable(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** after so long something is taken for never; a machine that is busy with other things is no fault of a page */
const PATIENCE_MS = 90_000;
const asleep = new WeakSet<BrowserContext>();

/**
 * Until a page stands: read to its end, and awake where it has scripts. Whoever is quicker than a machine that is busy
 * presses what does nothing yet, has what they typed taken away, or reads half a page.
 */
async function stands(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
  if (asleep.has(page.context()) || !(await page.locator('header.top').count())) return;
  await page.locator('html[data-awake]').waitFor({ state: 'attached' });
}

let taught = false;
/** A click that leads to another page ends when that page stands. */
function teachClicks(page: Page): void {
  if (taught) return;
  taught = true;
  const kind = Object.getPrototypeOf(page.locator('html')) as Locator;
  const { click } = kind;
  kind.click = async function (this: Locator, ...given) {
    await click.apply(this, given);
    if (!this.page().isClosed()) await stands(this.page());
  };
}

/** A page that is opened, read anew or waited for stands when that is said to be done. */
function patient(page: Page): Page {
  teachClicks(page);
  const { goto, reload, waitForURL } = page;
  page.goto = async (...given) => {
    const answer = await goto.apply(page, given);
    await stands(page);
    return answer;
  };
  page.reload = async (...given) => {
    const answer = await reload.apply(page, given);
    await stands(page);
    return answer;
  };
  page.waitForURL = async (...given) => {
    await waitForURL.apply(page, given);
    await stands(page);
  };
  return page;
}

export type Visit = {
  viewport?: typeof PHONE;
  dark?: boolean;
  javaScript?: boolean;
  /** the scripts of our pages never come: they stay as they were sent */
  asleep?: boolean;
  lang?: 'en' | 'cy';
};

/** A browser of one's own: cookies, size, theme, with or without JavaScript. */
export async function visit(
  browser: Browser,
  url: string,
  { viewport = PHONE, dark = false, javaScript = true, asleep: sleeps = false }: Visit = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (sleeps) await context.route('**/_app/**/*.js', (route) => route.abort());
  if (sleeps || !javaScript) asleep.add(context);
  const { newPage } = context;
  context.newPage = async () => patient(await newPage.call(context));
  return context;
}
