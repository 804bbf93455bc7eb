/** What the shop sells, out of a running platform and into it again, as its operator does it. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { confirmedOrder } from '../../support/api/order-requests.ts';
import { has } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function shopFiles(platform: SuitePlatform): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-shop-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const where = (): NodeJS.ProcessEnv =>
    has('the output and the files of npm start')
      ? { WAYBILL_DATA: platform.embedded.dataDir }
      : { AWS_ENDPOINT_URL: platform.instance.endpointUrl };
  const shop = (command: 'import' | 'export', ...args: string[]) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', ...where() };
      execFile(process.execPath, [`launch/shop/${command}.ts`, ...args], { env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });

  describe('The files of a shop', () => {
    const sku = `POT-${randomUUID().slice(0, 8)}`;
    const code = `POT-${randomUUID().slice(0, 8).toUpperCase()}`;
    const file = path.join(folder, 'shop.json');
    const records = {
      articles: [{ sku, name: 'Tea pot', unitPrice: { amount: 9_900, currency: 'CNY' } }],
      promotions: [
        { code, name: 'A tenth off the pot', rule: { type: 'percentage', basisPoints: 1_000, skus: [sku] } },
      ],
      stock: [{ sku, available: 3 }],
    };

    test('are imported, after a dry run that changes nothing, and the same file again changes nothing', async () => {
      writeFileSync(file, JSON.stringify(records));
      const dry = await shop('import', '--file', file, '--dry-run');
      expect(dry).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 articles and 1 promotions are new or changed'),
      });
      expect(await shop('import', '--file', file)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Done: 3 records written.'),
      });
      expect(await shop('import', '--file', file)).toMatchObject({
        code: 0,
        out: expect.stringMatching(
          /^0 articles and 0 promotions .*, 3 records are as they are\.\n[\s\S]*Done: 0 records written\.\n$/,
        ),
      });
    });

    test('are what orders are priced by', async () => {
      const order = await confirmedOrder(platform.instance.url, {
        items: [{ sku, quantity: 2 }],
        discountCodes: [code],
      });
      expect(order.total).toEqual({ amount: 17_820, currency: 'CNY' });
    });

    test('of CSV tell of a count that orders have changed, and correct it only when somebody wants it', async () => {
      const counts = path.join(folder, 'stock.csv');
      writeFileSync(counts, `sku,available\n${sku},3\n`);
      const told = `${sku} has 1 units available, the file says 3: `;
      expect((await shop('import', '--file', counts)).out).toContain(`${told}left alone`);
      expect((await shop('import', '--file', counts, '--correct-stock')).out).toContain(`${told}corrected`);
      const exported = await shop('export', '--kind', 'stock', '--format', 'csv');
      expect(exported.out.split('\n')).toContain(`${sku},3`);
      // As it was, for those who count all that was sold.
      writeFileSync(counts, `sku,available\n${sku},1\n`);
      expect(await shop('import', '--file', counts, '--correct-stock')).toMatchObject({ code: 0 });
    });

    test('are exported as they can be imported', async () => {
      const exported = path.join(folder, 'exported.json');
      expect(await shop('export', '--file', exported)).toMatchObject({ code: 0 });
      const all = JSON.parse(readFileSync(exported, 'utf8')) as typeof records;
      expect(all.articles).toContainEqual(records.articles[0]);
      expect(all.promotions).toContainEqual(records.promotions[0]);
      expect((await shop('import', '--file', exported)).out).toMatch(
        /^0 articles and 0 promotions are new or changed, 0 articles/,
      );
    });

    test('that are wrong are refused with each place', async () => {
      const wrong = path.join(folder, 'wrong.csv');
      writeFileSync(wrong, `sku,available\n${sku},many\n`);
      expect(await shop('import', '--file', wrong)).toMatchObject({
        code: 1,
        err: expect.stringContaining('line 2, column 2 (available, "many"): '),
      });
    });
  });
}
