/** What an operator sees of the platform itself, in a real browser. */
import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { asOperator } from '../support/api/tokens.ts';
import type { SuiteBrowser } from '../support/browser/browser.ts';
import { openConsole, signInAs } from '../support/browser/console.ts';
import type { SuitePlatform } from '../support/platform/suite-platform.ts';

export function healthInConsole(platform: SuitePlatform, browser: SuiteBrowser): void {
  const url = () => platform.instance.url;

  describe('An operator who looks after the platform', () => {
    test('sees alarms, circuits, read models and dependencies', async () => {
      const { page } = await browser.visitor();
      await openConsole(page, url(), 'health');
      await signInAs(page, 'Ada Park');
      const headers = await asOperator(url());
      const { alarms } = (await (await callApi(url(), '/alarms', { headers })).json()) as {
        alarms: readonly unknown[];
      };
      await page.getByText(/alarms are quiet/).click();
      expect(await page.locator('.alarms > li').count()).toBe(alarms.length);
      await page.getByRole('row', { name: /^Carrier Takes calls/ }).waitFor();
      const rowOf = (panel: string, name: RegExp) =>
        page.getByRole('region', { name: panel }).getByRole('row', { name });
      await rowOf('Read models', /^order-view/).waitFor();
      await rowOf('What the platform depends on', /^order-log Available/).waitFor();
    });

    test('sees which settings are in force, who has set them, and what a change made different', async () => {
      const headers = await asOperator(url(), 'configuration:read configuration:write');
      const before = await callApi(url(), '/configuration', { headers });
      const { settings } = (await before.json()) as { settings: { breaker?: object } };
      const change = (changed: unknown, reason: string) =>
        callApi(url(), '/configuration', {
          method: 'PUT',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ settings: changed, reason }),
        });
      const answer = await change(
        { ...settings, breaker: { ...settings.breaker, openSeconds: 29 } },
        'It is back sooner.',
      );
      expect(answer.status).toBe(200);

      const { page } = await browser.visitor();
      await openConsole(page, url(), 'configuration');
      await signInAs(page, 'Ada Park');
      await page.getByRole('row', { name: 'breaker.openSeconds 29 Operators' }).waitFor();
      await page.getByLabel('Show settings with').fill('deployment');
      await page.getByRole('row', { name: 'breaker.openSeconds' }).waitFor({ state: 'hidden' });
      const newest = page.locator('.task-history > li').first();
      await newest.getByText('It is back sooner.').waitFor();
      expect(await newest.locator('.differences').innerText()).toContain('breaker.openSeconds 30 → 29');
      expect((await change(settings, 'As before.')).status).toBe(200);
    });
  });
}
