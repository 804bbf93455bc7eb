/** `npm run console:screenshots`: each page of the console as operators see it, to be looked at. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { buildApp } from '../../launch/tools/build.ts';
import { findBrowser, NO_BROWSER } from '../../launch/tools/find-browser.ts';
import { bearer } from '../support/api/tokens.ts';
import { launchBrowser, newContext } from '../support/browser/launch.ts';
import { placeHeld } from '../support/orders/held.ts';
import { removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { eventually } from '../support/run/eventually.ts';
import { LOOKS, type Look, PAGES, type Shown } from './pages.ts';

const USAGE = `Usage: npm run console:screenshots -- [--out <folder>] [--only <text>]
  --out <folder>  where the pictures go (default: dist/screenshots)
  --only <text>   only pictures that have it in their names, such as en-light-wide or order
  --help

A platform of its own starts on free ports, the demo orders are placed, and every page is taken in English and Chinese, light and dark, wide and as on a telephone.`;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(PROJECT_ROOT, 'dist/screenshots') },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(USAGE);
} else if (findBrowser() === undefined) {
  console.error(NO_BROWSER);
  process.exitCode = 1;
} else {
  await takeAll(path.resolve(values.out));
}

async function takeAll(folder: string): Promise<void> {
  await buildApp((step) => console.log(`· ${step}`));
  const dataDir = temporaryDataDir();
  const instance = await startInstance(dataDir);
  const browser = await launchBrowser();
  try {
    console.log('· placing the demo orders');
    await demo(instance.url);
    await placeHeld(instance.url);
    const shown = await whatIsShown(instance.url);
    mkdirSync(folder, { recursive: true });
    for (const look of LOOKS) await takeLook(browser, look, { url: instance.url, folder, shown });
    console.log(`The pictures are in ${folder}`);
  } finally {
    await browser.close();
    await instance.interrupt();
    removeDataDir(dataDir);
  }
}

/** Some of the demo orders end otherwise than expected on a slow machine, which no picture shows. */
async function demo(url: string): Promise<void> {
  const program = spawn(process.execPath, [path.join(PROJECT_ROOT, 'launch/demo/demo.ts')], {
    env: { ...process.env, WAYBILL_URL: url },
    stdio: 'ignore',
  });
  await once(program, 'exit');
}

/** The orders and the task that the pages are about. */
async function whatIsShown(url: string): Promise<Shown> {
  const headers = await bearer(url, { sub: 'O1', role: 'operator', scope: 'orders:read' });
  // Lists follow what has happened within seconds.
  const first = (query: string) =>
    eventually(`${query} has something to show`, async () => {
      const answer = await fetch(`${url}/api/v1${query}`, { headers });
      const { items } = (await answer.json()) as { readonly items: readonly Readonly<Record<string, string>>[] };
      return items[0];
    });
  const { orderId: confirmed = '' } = await first('/orders?status=processing&limit=1');
  const { orderId: cancelled = '' } = await first('/orders?status=cancelled&limit=1');
  const { orderId = '', taskId = '' } = await first('/tasks?limit=1');
  return { confirmed, cancelled, task: orderId === '' ? taskId : `${orderId}/${taskId}` };
}

interface Taking {
  readonly url: string;
  readonly folder: string;
  readonly shown: Shown;
}

async function takeLook(browser: Browser, look: Look, { url, folder, shown }: Taking): Promise<void> {
  const wanted = Object.entries(PAGES).filter(([page]) => `${look.name}-${page}`.includes(values.only));
  if (wanted.length === 0) return;
  const context = await newContext(browser, look.options);
  const page = await context.newPage();
  await signIn(page, url);
  for (const [name, { pathOf, ready }] of wanted) {
    await page.goto(`${url}/console/${pathOf(shown)}`);
    await page.locator(ready).first().waitFor();
    await page.locator('.awaited').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: path.join(folder, `${look.name}-${name}.png`), fullPage: look.isWhole });
    console.log(`✓ ${look.name}-${name}`);
  }
  await context.close();
}

/** In whatever language: the page has one button, and the issuer knows Ada. */
async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.getByRole('main').getByRole('button').click();
  await page.getByRole('button', { name: 'Ada Park' }).click();
  await page.getByRole('navigation').waitFor();
}
