/** What operators do with orders, in a real browser. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { confirmedOrder, finalOrder, getOrder } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import { placeHeld } from '../support/orders/held.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

/** Far more than any page has; who has gone so far never gets there. */
const MOST_STOPS = 60;

export function ordersInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('An operator', () => {
    test('finds the orders of a customer, and sees of one its timeline and the way of its saga', async () => {
      const { orderId } = await confirmedOrder(url(), { customerId: 'C2' });
      const { page } = await browser.visitor();
      await openConsole(page, url());
      await signInAs(page, 'Ada Park');
      await page.getByRole('searchbox', { name: 'Find orders' }).fill('customer:C2');
      await page.keyboard.press('Enter');
      await page.getByTitle(orderId).click();
      await page.getByRole('heading', { level: 1, name: orderId.slice(-8) }).waitFor();
      const timeline = page.getByLabel('What has happened, newest first');
      await timeline.getByRole('button', { name: 'Order confirmed' }).waitFor();
      const told = await timeline.getByRole('listitem').locator('strong').allTextContents();
      expect(told.toReversed()).toEqual([
        'Order placed',
        'Goods reserved',
        'Payment authorised',
        'Parcels planned',
        'Shipment booked',
        'Payment captured',
        'Order confirmed',
      ]);
      await page.getByText('List', { exact: true }).click();
      for (const step of ['Reserve goods', 'Authorise payment', 'Book shipment', 'Capture payment', 'Confirm order']) {
        await page.getByRole('row').filter({ hasText: step }).getByText('done').first().waitFor();
      }
      await page.getByText('Executions', { exact: true }).click();
      const executed = page.getByRole('list', { name: 'Events of the execution, newest first' });
      await executed.getByText('ExecutionSucceeded').waitFor();
      await executed.getByRole('button', { name: 'ExecutionStarted' }).click();
      await executed.getByText(`"orderId": "${orderId}"`).waitFor();
      // The state that is chosen there is chosen in the graph and in the list as well.
      await executed.getByRole('button', { name: 'Capture payment' }).first().click();
      await page.getByRole('row', { selected: true }).filter({ hasText: 'Capture payment' }).waitFor();
    });

    test('sees how many orders wait for review, opens their list, filters it, and saves it as a view', async () => {
      const orderId = await placeHeld(url());
      const { orderId: other } = await confirmedOrder(url());
      const { page } = await browser.visitor();
      await openConsole(page, url());
      await signInAs(page, 'Ada Park');
      await page.getByTitle(other).waitFor();
      const counts = page.getByRole('navigation', { name: 'How many orders there are' });
      await counts.getByRole('link', { name: /Held for review/ }).click();
      await page.getByTitle(orderId).waitFor();
      expect(page.url()).toMatch(/\?status=held$/);
      expect(await page.getByTitle(other).count()).toBe(0);
      await page.getByRole('combobox', { name: 'Paid by' }).selectOption('Alipay');
      await page.getByText('No order is like this.').waitFor();
      expect(page.url()).toMatch(/method=alipay/);
      await page.getByRole('combobox', { name: 'Paid by' }).selectOption('Any');
      await page.getByTitle(orderId).waitFor();
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('menuitem', { name: 'Save this view…' }).click();
      await page.getByRole('textbox', { name: 'Name of the view' }).fill('Review');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: /All/ }).click();
      await page.getByTitle(other).waitFor();
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('menuitem', { name: 'Review', exact: true }).click();
      await page.getByTitle(orderId).waitFor();
      expect(page.url()).toMatch(/\?status=held$/);
    });

    test('exports what is shown as a file', async () => {
      const { orderId } = await confirmedOrder(url(), { customerId: 'C7' });
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'orders?q=customer:C7');
      await signInAs(page, 'Ada Park');
      await page.getByTitle(orderId).waitFor();
      await page.getByRole('button', { name: 'Export' }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: /CSV/ }).click();
      const file = await downloading;
      expect(file.suggestedFilename()).toBe('orders.csv');
      const text = readFileSync(await file.path(), 'utf8');
      expect(text.split('\r\n')[0]).toMatch(/orderId,customerId,status/);
      expect(text).toContain(orderId);
    });

    test('gives the money for one unit back, and sees it arrive without loading the page again', async () => {
      const { orderId } = await confirmedOrder(url(), { items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const { page } = await browser.visitor();
      await openConsole(page, url(), `orders/${orderId}`);
      await signInAs(page, 'Ada Park');
      let loads = 0;
      page.on('load', () => loads++);
      await page.getByRole('button', { name: 'Refund', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Give money back' });
      const send = dialog.getByRole('button', { name: 'Refund', exact: true });
      expect(await send.isDisabled()).toBe(true);
      await dialog.getByRole('spinbutton').fill('1');
      await send.click();
      await dialog.getByRole('status').getByText('Accepted').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page
        .getByLabel('What has happened, newest first')
        .getByRole('button', { name: 'Money refunded' })
        .waitFor();
      await page.getByRole('listitem').filter({ hasText: '1 × TSHIRT' }).getByText('Refunded').first().waitFor();
      expect(loads).toBe(0);
      const { refunds, total } = await getOrder(url(), orderId);
      expect(refunds).toMatchObject([{ status: 'refunded', amount: { amount: total.amount / 2 } }]);
    });

    test('approves a held order without ever touching a mouse', async () => {
      const orderId = await placeHeld(url());
      const { page } = await browser.visitor();
      await openConsole(page, url());
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await walkTo(page, /^Sign in$/);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
      await walkTo(page, /Ada Park/);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(orderId);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      await walkTo(page, /^Approve$/);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Approve this order?' });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      // The dialog gives the keyboard back to what has opened it.
      await page.getByRole('button', { name: 'Approve' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      // Until the dialog has the keyboard, the button that has opened it has it, which is called the same.
      await dialog.locator(':focus').waitFor();
      await walkTo(page, /^Approve$/);
      await page.keyboard.press('Enter');
      await dialog.getByRole('status').getByText('Accepted').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('banner').waitFor();
      await page.getByRole('button', { name: 'Order confirmed' }).waitFor();
      expect(await finalOrder(url(), orderId)).toMatchObject({ status: 'processing' });
    });
  });
}

/** Presses Tab until what is called so has the keyboard; a dialog keeps it within itself. */
async function walkTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops <= MOST_STOPS; stops++) {
    const text = (await page.locator(':focus').allInnerTexts())[0]?.trim() ?? '';
    if (name.test(text)) return;
    passed.push(text);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}, but to: ${passed.join(' | ')}`);
}
