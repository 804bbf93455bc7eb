/** Goods that come back, as an operator records them in a real browser. */
import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { confirmedOrder, getOrder } from '../support/api/order-requests.ts';
import { asOperator } from '../support/api/tokens.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

export function returnsInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('An operator to whom goods come back', () => {
    test('records the return, receives one unit as damaged, and withdraws the rest', async () => {
      const { orderId } = await confirmedOrder(url(), { items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const shipped = await callApi(url(), `/orders/${orderId}/ship`, {
        method: 'POST',
        headers: { ...(await asOperator(url(), 'orders:fulfil')), 'content-type': 'application/json' },
        body: '{}',
      });
      expect(shipped.status).toBe(202);
      const { page } = await browser.visitor();
      await openConsole(page, url(), `orders/${orderId}`);
      await signInAs(page, 'Ada Park');
      const dialog = page.getByRole('dialog');
      const done = async () => {
        await dialog.getByRole('button', { name: 'Close' }).last().click();
        await dialog.waitFor({ state: 'hidden' });
      };
      // Each event makes another version of the order, and a command is for the one that was seen: who is told that it has changed decides again.
      const decide = async (label: string, said: string | RegExp) => {
        const done = dialog.getByText(said, { exact: true });
        const hasChanged = dialog.getByText('It has changed since you looked');
        for (let tries = 0; tries < 5 && !(await done.isVisible()); tries += 1) {
          await dialog.getByRole('button', { name: label, exact: true }).click();
          await dialog.locator('button[type=submit][data-loading]').waitFor({ state: 'detached' });
          await done.or(hasChanged).first().waitFor();
        }
        await done.waitFor();
      };
      await page.getByRole('button', { name: 'Goods have left' }).waitFor();
      await page.getByRole('button', { name: 'Record a return' }).click();
      await dialog.getByRole('spinbutton').fill('2');
      await decide('Record a return', /Accepted/);
      await done();

      await page.getByRole('button', { name: 'Receive', exact: true }).click();
      await dialog.getByLabel('For sale again').fill('3');
      await dialog.getByText('Say of each article how many units have come').waitFor();
      await dialog.getByLabel('For sale again').fill('');
      await dialog.getByLabel('Damaged, taken back').fill('1');
      await dialog.getByText('What was paid for 1 unit goes back to the customer.').waitFor();
      await dialog.getByText('0 back for sale, 1 kept as damaged.').waitFor();
      await dialog.getByText('1 unit is still awaited.').waitFor();
      await decide('Receive', 'Recorded.');
      await done();

      await page.getByRole('button', { name: 'Money refunded' }).waitFor();
      await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await dialog.getByText(/The customer keeps 1 × TSHIRT/).waitFor();
      await decide('Withdraw', 'Recorded.');
      await done();
      await page.getByRole('button', { name: 'Receive', exact: true }).waitFor({ state: 'detached' });
      const { returns } = (await getOrder(url(), orderId)) as { returns: readonly object[] };
      expect(returns).toMatchObject([
        {
          status: 'received',
          accepted: [{ sku: 'TSHIRT', quantity: 1 }],
          rejected: [],
          withdrawn: [{ sku: 'TSHIRT', quantity: 1 }],
        },
      ]);
    });
  });
}
