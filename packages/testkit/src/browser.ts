/** Chromium for the few browser tests, from the registry on Linux, else the one installed. */
import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

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

async function executable(): Promise<string> {
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

export type Visit = { viewport?: typeof PHONE; dark?: boolean; javaScript?: boolean; lang?: 'en' | 'cy' };

/** A browser of one's own: cookies, size, theme, with or without JavaScript. */
export const visit = (
  browser: Browser,
  url: string,
  { viewport = PHONE, dark = false, javaScript = true }: Visit = {},
): Promise<BrowserContext> =>
  browser.newContext({
    baseURL: url,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
