/** A message that cannot be handled, from its dead-letter queue to the word of its consumer, in a real browser. */
import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { confirmedOrder } from '../support/api/order-requests.ts';
import { asOperator } from '../support/api/tokens.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import { poisonConfirmation } from '../support/dead-letters/poisoned-event.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';
import { eventually } from '../support/run/eventually.ts';

/** Five tries, and up to a minute until it is filed: there is no hurry. */
const LOOK_EVERY_MS = 1_000;

export function lettersInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('A dead letter', () => {
    test('is seen with its event and error, resent too early, mended, resent and handled', async () => {
      const { orderId } = await confirmedOrder(url(), { customerId: 'C3' });
      const mend = await poisonConfirmation(platform.instance, orderId, 'C3');
      const letters = async () => {
        const answer = await callApi(url(), `/dead-letters?orderId=${orderId}`, { headers: await asOperator(url()) });
        return ((await answer.json()) as { items: readonly { letterId: string; state: string }[] }).items;
      };
      const { letterId } = await eventually('the letter is filed', async () => (await letters())[0], LOOK_EVERY_MS);

      const { page } = await browser.visitor();
      await openConsole(page, url(), `dead-letters?orderId=${orderId}`);
      await signInAs(page, 'Ada Park');
      await page
        .getByRole('link', { name: /Dead letters/ })
        .getByLabel(/letter/)
        .waitFor();
      const cause = page.locator('.causes section').filter({ hasText: 'UnknownEventVersion' });
      await cause.getByRole('button', { name: 'Resend these' }).click();
      const dialog = page.getByRole('dialog', { name: 'Resend these' });
      await dialog.getByText('1 letter would be sent').waitFor();
      expect(await dialog.getByRole('button', { name: 'Resend 1 letter' }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });

      await page.getByTitle(letterId).click();
      await page.getByText('This code cannot read OrderConfirmed in version 99.').waitFor();
      await page.getByRole('region', { name: 'Message' }).getByText(orderId).first().waitFor();
      await page.getByRole('link', { name: new RegExp(orderId.slice(-8)) }).waitFor();

      await mend();
      await page.getByRole('button', { name: 'Resend', exact: true }).click();
      const asked = page.getByRole('dialog', { name: 'Resend the letter?' });
      await asked.getByLabel('Why').fill('The event can be read again.');
      await asked.getByRole('button', { name: 'Resend', exact: true }).click();
      await asked.getByRole('status').waitFor();
      await asked.getByRole('button', { name: 'Close' }).last().click();
      await page.locator('.order-title').getByText('Handled', { exact: true }).waitFor();
      await page.getByText('Handled by its consumer').waitFor();
      await page.getByText('The event can be read again.').waitFor();
      expect(await letters()).toEqual([]);
    });
  });
}
