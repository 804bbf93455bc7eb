/** Operators come in and out of the console, in a real browser. */
import { beforeAll, describe, expect, test } from 'vitest';
import { finalOrder, place } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs, signInAsSomebodyElse } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

const short = (orderId: string) => orderId.slice(-8);

export function signingIn(platform: SuitePlatform, browser: SuiteBrowser): void {
  describe('Signing in', () => {
    const url = () => platform.instance.url;
    let orderId: string;
    beforeAll(async () => {
      orderId = await place(url());
      await finalOrder(url(), orderId);
    });

    test('One click at the issuer signs in, and leads to the list that was asked for', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'orders?q=customer%3AC1');
      await signInAs(page, 'Ada Park');
      const row = page.getByRole('row').filter({ hasText: short(orderId) });
      await row.waitFor();
      expect(new URL(page.url()).pathname).toBe('/console/orders');
    });

    test('A page that is loaded again needs no click, and comes back to where it was', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), `orders/${orderId}`);
      await signInAs(page, 'Dina Rossi');
      await page.getByText(orderId).first().waitFor();
      await page.reload();
      await page.getByText(orderId).first().waitFor();
      expect(new URL(page.url()).pathname).toBe(`/console/orders/${orderId}`);
    });

    test('Who signs out is asked again who they are, and has left nothing in the browser', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url());
      await signInAs(page, 'Ada Park');
      const stored = () => page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
      expect(await stored()).not.toContain('eyJ');
      await page.getByRole('button', { name: /sign out/i }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.goto(`${url()}/console/orders`);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
      expect(await stored()).not.toContain('eyJ');
    });

    test('A sign-in that is over and cannot be renewed is said, and one click leads back', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), `orders/${orderId}`);
      // What the issuer answers to the code gets through; the renewal does not.
      let asked = 0;
      await page.route(/\/token$/, (route) => (++asked === 1 ? route.continue() : route.abort()));
      await signInAsSomebodyElse(page, { sub: 'op-late', scopes: 'orders:read', seconds: -60 });
      await page.getByRole('dialog').getByText('Your sign-in is over').waitFor();
      await page.unroute(/\/token$/);
      // The issuer still knows op-late, whose tokens never hold: somebody else has to take over.
      await page.context().clearCookies();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Ada Park' }).click();
      await page.getByText(orderId).first().waitFor();
      expect(new URL(page.url()).pathname).toBe(`/console/orders/${orderId}`);
    });

    test('An operator without a scope is offered nothing, and the API refuses them', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'orders');
      const refused = page.waitForResponse((answer) => answer.url().includes('/api/v1/orders'));
      await signInAs(page, 'Emil Novak');
      expect(await page.getByRole('link', { name: 'Orders', exact: true }).count()).toBe(0);
      expect((await refused).status()).toBe(403);
      expect(
        await page
          .getByRole('row')
          .filter({ hasText: short(orderId) })
          .count(),
      ).toBe(0);
    });
  });
}
