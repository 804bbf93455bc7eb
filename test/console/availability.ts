/** The console while the API is away. */
import { describe, expect, test } from 'vitest';
import { confirmedOrder } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

const API = '**/api/v1/**';

export function availability(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('While the API is away', () => {
    test('the console says so, keeps what it has read, and goes on by itself when it is back', async () => {
      const { orderId } = await confirmedOrder(url());
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'orders?q=customer%3AC1');
      await signInAs(page, 'Ada Park');
      const row = page.getByRole('row').filter({ has: page.getByTitle(orderId) });
      await row.waitFor();
      await page.route(API, (route) => route.abort('connectionrefused'));
      const banner = page.getByRole('status');
      await banner.getByText('The API does not answer.').waitFor();
      expect(await row.isVisible()).toBe(true);
      await page.unroute(API);
      await banner.getByText('The API answers again.').waitFor();
      expect(await row.isVisible()).toBe(true);
    });
  });
}
