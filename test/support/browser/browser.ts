/** The browser of a file of tests. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser, newContext } from './launch.ts';

export interface Visitor {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, and what the policy of content has stopped. */
  readonly complaints: string[];
}

export interface SuiteBrowser {
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
}

/** One browser for the tests of a file. Each visitor has cookies and storage of their own, and nothing to complain of. */
export function suiteBrowser(): SuiteBrowser {
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
