/** The console as an operator uses it. */
import type { Page } from 'playwright-core';

/** Opens a page of the console, signed out. @param url of the platform */
export const openConsole = (page: Page, url: string, path = ''): Promise<unknown> =>
  page.goto(`${url}/console/${path}`);

/** From the console's first page through the issuer's and back. @param name on the issuer's page */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name }).click();
  await page.getByRole('banner').waitFor();
}

/** Signs in as somebody who is not on the issuer's list. @param seconds for which their tokens hold */
export async function signInAsSomebodyElse(
  page: Page,
  { sub, scopes, seconds }: { readonly sub: string; readonly scopes: string; readonly seconds: number },
): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Somebody else').click();
  await page.getByLabel('Id', { exact: true }).fill(sub);
  await page.getByLabel('Scopes').fill(scopes);
  await page.getByLabel('Seconds').fill(String(seconds));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('banner').waitFor();
}
