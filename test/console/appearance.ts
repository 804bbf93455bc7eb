/** Languages, light and dark, and small screens. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { confirmedOrder } from '../support/api/order-requests.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import { placeHeld } from '../support/orders/held.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

const APPEARANCE = /Language, time zone/;

export function appearance(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('The console', () => {
    let orderId: string;
    beforeAll(async () => {
      ({ orderId } = await confirmedOrder(url()));
      await placeHeld(url());
    });

    test('speaks Chinese with a Chinese browser, and English when its reader asks for it, then and later', async () => {
      const { page } = await browser.visitor({ locale: 'zh-CN' });
      await openConsole(page, url(), `orders/${orderId}`);
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('button', { name: 'Ada Park' }).click();
      await page.getByRole('heading', { level: 1, name: '订单' }).waitFor();
      await page.getByRole('group', { name: '可执行的操作' }).getByRole('button', { name: '退款' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toMatch(/^zh/);
      await page.getByRole('banner').getByRole('button').first().click();
      await page.getByRole('menuitemradio', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Order' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Order' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toMatch(/^en/);
    });

    test('is dark for who has a dark system, and for who has chosen it, then and later', async () => {
      const { page } = await browser.visitor({ colorScheme: 'dark' });
      await openConsole(page, url());
      await signInAs(page, 'Ada Park');
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      expect(await brightness(page)).toBeLessThan(0.2);
      const choose = async (name: string) => {
        await page.getByRole('button', { name: APPEARANCE }).click();
        await page.getByRole('menuitemradio', { name, exact: true }).click();
      };
      await choose('Light');
      expect(await brightness(page)).toBeGreaterThan(0.8);
      await page.emulateMedia({ colorScheme: 'light' });
      await choose('Dark');
      expect(await brightness(page)).toBeLessThan(0.2);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      expect(await brightness(page)).toBeLessThan(0.2);
    });

    test.each(['en-GB', 'zh-CN'])('fits a screen of 375 pixels in %s without scrolling sideways', async (locale) => {
      const { page } = await browser.visitor({ locale, viewport: { width: 375, height: 740 } });
      await openConsole(page, url());
      const signIn = page.getByRole('main').getByRole('button');
      await signIn.waitFor();
      expect(await overhang(page)).toBe(0);
      await signIn.click();
      await page.getByRole('button', { name: 'Ada Park' }).waitFor();
      expect(await overhang(page)).toBe(0);
      await page.getByRole('button', { name: 'Ada Park' }).click();
      await page.locator('.rows .row-link').first().waitFor();
      await page.locator('.order-filters').getByRole('button').click();
      expect(await overhang(page)).toBe(0);
      await page.goto(`${url()}/console/orders?q=customer%3AC1`);
      await page.getByTitle(orderId).waitFor();
      expect(await overhang(page)).toBe(0);
      await page.getByTitle(orderId).click();
      await page.locator('.timeline').waitFor();
      await page.locator('.saga').waitFor();
      expect(await overhang(page)).toBe(0);
      await page.locator('.commands').getByRole('button').nth(1).click();
      await page.getByRole('dialog').waitFor();
      expect(await overhang(page)).toBe(0);
      await page.goto(`${url()}/console/tasks`);
      await page.locator('.causes .row-link').first().waitFor();
      expect(await overhang(page)).toBe(0);
      await page.locator('.causes .row-link').first().click();
      await page.locator('.guidance').waitFor();
      expect(await overhang(page)).toBe(0);
      for (const [place, shown] of [
        ['packing', '.parcels'],
        ['stock/TSHIRT', '.shelves'],
        ['health', 'table'],
        ['configuration', '.settings'],
      ] as const) {
        await page.goto(`${url()}/console/${place}`);
        await page.locator(shown).first().waitFor();
        expect(await overhang(page)).toBe(0);
      }
    });
  });
}

/** Of the page's background: 0 is black, 1 white. */
const brightness = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765`,
  );

/** By how many pixels the page is wider than the screen. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
