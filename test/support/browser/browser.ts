/** A browser without a window, as tests of the console and its screenshots use it. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
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
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

export interface Visitor {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, and what the policy of content has stopped. */
  readonly complaints: string[];
}

/** One browser for the tests of a file. Each visitor has cookies and storage of their own, and nothing to complain of. */
export function suiteBrowser(): { visitor(options?: BrowserContextOptions): Promise<Visitor> } {
  let browser: Browser;
  let visitors: Visitor[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const seen = visitors;
    visitors = [];
    await Promise.all(seen.map(({ page }) => page.context().close()));
    expect(seen.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  afterAll(() => browser.close());

  return {
    async visitor(options) {
      const context = await newContext(browser, options);
      const visitor: Visitor = { page: await context.newPage(), complaints: [] };
      visitor.page.on('pageerror', (error) => visitor.complaints.push(error.message));
      visitor.page.on('console', (line) => {
        // The browser itself writes a line for each request that is refused, which tests bring about.
        const isOfRequest = line.text().startsWith('Failed to load resource');
        if (line.type() === 'error' && !isOfRequest) visitor.complaints.push(line.text());
      });
      visitors.push(visitor);
      return visitor;
    },
  };
}
