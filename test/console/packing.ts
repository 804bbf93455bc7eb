/** Parcels as those who pack hand them over, in a real browser. */
import { describe, expect, test } from 'vitest';
import { confirmedOrder, getOrder } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';

export function packingInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('Someone who packs', () => {
    test('sees what to pick, scans the label of a parcel that leaves, and is told of a label that nobody knows', async () => {
      const { orderId } = await confirmedOrder(url(), { items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const { shipment } = await getOrder(url(), orderId);
      const number = shipment.trackingNumber!;
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'packing');
      await signInAs(page, 'Ben Osei');
      const parcel = page.getByRole('row').filter({ hasText: number });
      await parcel.getByText('2 ×').waitFor();
      await page.getByRole('heading', { name: 'What to pick' }).waitFor();

      const label = page.getByRole('textbox', { name: 'Label of a parcel' });
      await label.fill('SE-NOBODY');
      await page.keyboard.press('Enter');
      await page.getByText('No parcel with the number SE-NOBODY').waitFor();
      await page.keyboard.type(number.toLowerCase());
      await page.keyboard.press('Enter');
      await page.getByText(`${number} is with the carrier.`).waitFor();
      await parcel.waitFor({ state: 'detached' });
      expect(await label.inputValue()).toBe('');
      await until('the order is shipped', async () => (await getOrder(url(), orderId)).status === 'shipped');
    });

    test('has no such page without the scope', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'orders');
      await signInAs(page, 'Dina Rossi');
      await page.getByRole('link', { name: 'Orders' }).waitFor();
      expect(await page.getByRole('link', { name: 'Packing' }).count()).toBe(0);
    });
  });
}
