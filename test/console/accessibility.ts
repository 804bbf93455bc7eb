/** What axe finds on the console's pages: nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { confirmedOrder } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole } from '../support/browser/console.ts';
import { placeHeld } from '../support/orders/held.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function accessibility(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('axe has nothing to say', () => {
    let orderId: string;
    beforeAll(async () => {
      ({ orderId } = await confirmedOrder(url()));
      await placeHeld(url());
    });

    test('of an image without a name, which it finds: it really looks', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url());
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.evaluate('document.querySelector("main").append(document.createElement("img"))');
      expect(await findings(page)).toEqual([expect.stringMatching(/^image-alt/)]);
    });

    test.each(['light', 'dark'] as const)('of any page while it is %s', async (colorScheme) => {
      const { page } = await browser.visitor({ colorScheme });
      const found: Record<string, readonly string[]> = {};
      const look = async (place: string) => {
        found[place] = await findings(page);
      };
      await openConsole(page, url());
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await look('sign-in');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
      await look('the issuer');
      await page.getByRole('button', { name: 'Ada Park' }).click();
      await page.locator('.rows .row-link').first().waitFor();
      await look('all orders');
      await page.getByRole('button', { name: 'More filters' }).click();
      await page.getByRole('textbox', { name: 'Total from' }).fill('88');
      await page.getByRole('alert').waitFor();
      await look('filters');
      await page.getByRole('searchbox').fill('customer:C1');
      await page.keyboard.press('Enter');
      await page.getByTitle(orderId).waitFor();
      await look('orders of a customer');
      await page.getByTitle(orderId).click();
      await page.getByRole('button', { name: 'Order confirmed' }).click();
      await page.locator('.saga').waitFor();
      await look('order');
      await page.getByText('List', { exact: true }).click();
      await page.locator('.saga-list').waitFor();
      await look('saga as a list');
      await page.getByRole('button', { name: 'Refund', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look('dialog');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: /Language, time zone/ }).click();
      await page.getByRole('menu').waitFor();
      await look('menu');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Tasks' }).click();
      await page.locator('.causes .row-link').first().waitFor();
      await look('tasks');
      await page.locator('.causes .row-link').first().click();
      await page.getByRole('heading', { name: 'What is wrong' }).waitFor();
      await look('task');
      await page.getByRole('link', { name: /Dead letters/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Dead letters' }).waitFor();
      await look('dead letters');
      await page.getByRole('link', { name: 'Packing' }).click();
      await page.getByRole('heading', { name: 'What to pick' }).waitFor();
      await look('packing');
      await page.getByRole('link', { name: 'Stock' }).click();
      await page.getByText('Little is left').waitFor();
      await look('stock');
      await page.getByLabel('SKU').fill('TSHIRT');
      await page.keyboard.press('Enter');
      await page.getByRole('rowheader', { name: 'main' }).waitFor();
      await page.getByRole('button', { name: 'Set limits' }).click();
      await page.getByRole('dialog').waitFor();
      await look('article');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('link', { name: 'Health' }).click();
      await page.getByRole('row', { name: /^order-log/ }).waitFor();
      await page.getByText(/are quiet/).click();
      await look('health');
      await page.getByRole('link', { name: 'Configuration' }).click();
      await page.getByText('breaker.openSeconds').first().waitFor();
      await look('configuration');
      await page.goto(`${url()}/console/nowhere`);
      await page.getByText('There is no such page.').waitFor();
      await look('nowhere');
      expect(Object.fromEntries(Object.entries(found).filter(([, ofPlace]) => ofPlace.length > 0))).toEqual({});
    });
  });
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * All that axe finds on the page, by all of its rules. Its source comes through the protocol of the browser's tools, to which the
 * page's policy of content does not apply.
 */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html.slice(0, 200)} ${failureSummary}`),
  );
}
