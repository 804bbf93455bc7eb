/** Stock as an operator looks after it, in a real browser. */
import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { asOperator } from '../support/api/tokens.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs, signInAsSomebodyElse } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

export function stockInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('An operator who looks after stock', () => {
    test('receives the first units of an article, takes out more than there are in vain, and corrects a count', async () => {
      const sku = 'CONSOLE-KETTLE';
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'stock');
      await signInAs(page, 'Ada Park');
      await page.getByRole('heading', { level: 1, name: 'Stock' }).waitFor();
      await page.getByLabel('SKU').fill(sku);
      await page.keyboard.press('Enter');
      await page.getByText('There never was stock of this article.').waitFor();

      const dialog = page.getByRole('dialog');
      const commands = page.getByRole('group', { name: 'What you can do' });
      const done = async (recorded: string) => {
        await dialog.getByText(recorded).waitFor();
        await dialog.getByRole('button', { name: 'Close' }).last().click();
        await dialog.waitFor({ state: 'hidden' });
      };
      await commands.getByRole('button', { name: 'Receive' }).click();
      await dialog.getByLabel('Units').fill('12');
      await dialog.getByLabel('Reference').fill('PO-77');
      await dialog.getByText('Available at main: 0 → 12').waitFor();
      await dialog.getByRole('button', { name: 'Receive' }).click();
      await done('Recorded. 12 units are for sale now.');
      await page.getByText('PO-77').waitFor();

      await commands.getByRole('button', { name: 'Take out' }).click();
      await dialog.getByLabel('Units').fill('13');
      await dialog.getByText('There are not so many.').waitFor();
      await dialog.getByRole('button', { name: 'Take out' }).click();
      await dialog.getByRole('alert').getByText('12 units are available').waitFor();
      await page.keyboard.press('Escape');

      await commands.getByRole('button', { name: 'Correct' }).click();
      await dialog.getByLabel('Difference').fill('-2');
      await dialog.getByLabel('Reason').fill('Counted twice.');
      await dialog.getByText('Available at main: 12 → 10').waitFor();
      await dialog.getByRole('button', { name: 'Correct' }).click();
      await done('Recorded. 10 units are for sale now.');
      await page.getByText('Counted twice.').waitFor();
      const answer = await callApi(url(), `/stock/${sku}`, { headers: await asOperator(url(), 'stock:read') });
      expect(await answer.json()).toMatchObject({ available: 10, damaged: 0, received: 10 });
    });

    test('may look and change nothing without the scope', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'stock/TSHIRT');
      await signInAsSomebodyElse(page, { sub: 'looker', scopes: 'stock:read', seconds: 600 });
      await page.getByRole('rowheader', { name: 'main' }).waitFor();
      expect(await page.getByRole('group', { name: 'What you can do' }).count()).toBe(0);
    });
  });
}
