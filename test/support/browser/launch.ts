/** A browser without a window, as tests of the console and its screenshots use it. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { findBrowser, NO_BROWSER } from '../../../launch/tools/find-browser.ts';

/** Chromium refuses its sandbox to the user root, which CI often is. */
const isRoot = process.getuid?.() === 0;
/** On a busy machine a page takes a while; this only ends what hangs. */
const PATIENCE_MS = 60_000;

/** @throws Error that says what to install */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(NO_BROWSER);
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}

/** Everybody's language and zone are those of the test, not of the machine. */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}
