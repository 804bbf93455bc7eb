import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { Balances, type Posting } from '../../../functions/ledger/domain/entry.ts';
import { stockKey } from '../../../functions/published/inventory-tables.ts';
import { ORDER } from '../../../functions/published/order-log.ts';
import { DynamoDbEventLog } from '../../../functions/shared/event-log/dynamodb-event-log.ts';
import { type OrderId, parseOrderId, parseSku } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { bookTaskIdOf } from '../../../functions/shared/tasks/book-task.ts';
import { auditParts } from '../../../launch/audit/audit-client.ts';
import { callApi } from '../../support/api/client.ts';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { newEvent } from '../../support/orders/streams.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../../launch/audit/audit.ts');

export function audit(platform: SuitePlatform): void {
  const run = async (...args: readonly string[]) => {
    const env = { ...process.env, NODE_OPTIONS: '', WAYBILL_URL: platform.instance.url };
    const program = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], {
      env,
    });
    return program.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  };
  const bookOf = async (orderId: OrderId) => {
    const headers = await asOperator(platform.instance.url, 'ledger:read');
    return (await callApi(platform.instance.url, `/ledger/orders/${orderId}`, { headers })).json() as Promise<{
      findings: readonly { rule: string }[];
      entries: readonly { type: string }[];
    }>;
  };

  describe('npm run audit', () => {
    test('finds the books of every order in balance, and nothing at rest that breaks a rule', async () => {
      await finalOrder(platform.instance.url, await place(platform.instance.url));
      const { code, stdout, stderr } = await run('--grace', '0');
      expect({ code, stderr, faults: stdout.split('\n').filter((line) => line.startsWith('✗')) }).toEqual({
        code: 0,
        stderr: '',
        faults: [],
      });
      expect(stdout).toMatch(
        /✓ The books of \d+ orders, \d+ articles and \d+ transfers without a reference balance, and break no rule\.\n$/,
      );
      expect(stdout).toMatch(/channel\/card +[1-9]\d+ CNY/);
    });

    test('comes to the balances that the accounts have, and each account to what was posted to it', async () => {
      const started = new Date().toISOString();
      // What orders of other tests still move is booked by then.
      const accounts = await eventually(
        'accounts that agree with the sum of all books',
        async () => {
          const books = new Balances();
          for await (const { balances } of auditParts(platform.instance.url, 0)) {
            for (const balance of balances) books.add(balance as Posting);
          }
          const sums = books.all().map(({ account, unit, amount }) => `${account} ${unit} ${amount}`);
          const listed = await ledgerPages<Balance>(platform, '/ledger/accounts?limit=7');
          const same = listed.map(({ account, unit, balance }) => `${account} ${unit} ${balance}`);
          return sums.sort().join('\n') === same.sort().join('\n') ? listed : undefined;
        },
        AGAIN_MS,
      );
      const atCard = accounts.find(({ account, unit }) => account === 'channel/card' && unit === 'CNY')!.balance;
      // A run that goes over midnight has entries of two days.
      const [from, to] = [-1, 1].map((days) => dayAfter(started, days));
      const rows = await ledgerPages<Row>(
        platform,
        `/ledger/entries?account=channel%2Fcard&unit=CNY&from=${from}&to=${to}&limit=50`,
      );
      expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(atCard);
      const times = rows.map(({ postedAt }) => postedAt);
      expect(times).toEqual(times.toSorted());
      const before = rows.filter(({ postedAt }) => postedAt <= started).reduce((sum, { amount }) => sum + amount, 0);
      const [then] = await ledgerPages<Balance>(
        platform,
        `/ledger/accounts?account=channel%2Fcard&unit=CNY&at=${started}`,
      );
      expect(then!.balance).toBe(before);
    });

    test('finds a correction that breaks a rule, and nothing once another one has put it right', async () => {
      const orderId = await place(platform.instance.url);
      await finalOrder(platform.instance.url, orderId);
      const post = async (amount: number) => {
        const { status } = await callApi(platform.instance.url, `/ledger/orders/${orderId}/corrections`, {
          method: 'POST',
          headers: {
            ...(await asOperator(platform.instance.url, 'ledger:correct')),
            'content-type': 'application/json',
            'idempotency-key': randomUUID(),
          },
          body: JSON.stringify({
            reason: 'The channel has kept a fee.',
            postings: [
              { account: 'channel/card', unit: 'CNY', amount: -amount },
              { account: 'clearing', unit: 'CNY', amount },
            ],
          }),
        });
        expect(status).toBe(200);
      };
      await post(310);
      expect((await bookOf(orderId as OrderId)).findings.map(({ rule }) => rule)).toEqual([
        'BooksShowTheCharge',
        'ClearingIsZero',
      ]);
      await post(-310);
      expect((await bookOf(orderId as OrderId)).findings).toEqual([]);
    });

    test('finds money that went back for no reason, and gives the order to a person', async () => {
      const orderId = parseOrderId(await place(platform.instance.url));
      await finalOrder(platform.instance.url, orderId);
      const { OrderLogTableName = '' } = await platform.instance.outputs();
      const log = new DynamoDbEventLog(ORDER, platform.instance.db(), OrderLogTableName);
      const { length } = await log.read(orderId);
      const seeded = { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: money(1_000, 'CNY') } } as const;
      await log.append(orderId, length, [newEvent(seeded, 0, orderId)]);

      const { code, stdout } = await run('--grace', '0');
      expect(code).toBe(1);
      expect(stdout).toContain(`✗ order ${orderId}: ChargeIsForGoods: The customer has paid`);
      expect((await log.read(orderId)).at(-1)).toMatchObject({ type: 'TaskOpened', data: { kind: 'books' } });
      const { entries, findings } = await bookOf(orderId);
      expect(entries.at(-1)).toMatchObject({ type: 'PaymentRefunded' });
      expect(findings.map(({ rule }) => rule)).toEqual(['ChargeIsForGoods', 'ClearingIsZero']);
    });

    test('finds units of an article that no event tells of, and gives them to a person until its counts are right again', async () => {
      const { url } = platform.instance;
      const sku = parseSku(`TEAPOT-${randomUUID()}`);
      await callApi(url, `/stock/${sku}/movements`, {
        method: 'POST',
        headers: {
          ...(await asOperator(url, 'stock:write')),
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ type: 'receipt', quantity: 40 }),
      });
      const { InventoryTableName } = await platform.instance.outputs();
      const find = (units: number) =>
        platform.instance.db().send(
          new UpdateCommand({
            TableName: InventoryTableName,
            Key: stockKey(sku),
            UpdateExpression: 'ADD available :units',
            ExpressionAttributeValues: { ':units': units },
          }),
        );
      await find(2);
      const { code, stdout } = await run('--grace', '86400');
      expect(code).toBe(1);
      expect(stdout).toContain(
        `✗ article ${sku}: CountsSumToReceived: There are 42 available, 0 reserved, 0 sold and 0 damaged, together 42; expected the 40`,
      );
      const headers = await asOperator(url, 'orders:read orders:recover');
      const shown = async (path: string) => (await callApi(url, path, { headers })).json() as Promise<ShownTask>;
      const path = `/tasks/${bookTaskIdOf({ sku })}`;
      expect(await shown(path)).toMatchObject({ sku, status: 'open', error: 'CountsSumToReceived' });
      const { items = [] } = await shown('/tasks?kind=books');
      expect(items.map(({ links }) => links.self)).toContain(`/api/v1${path}`);
      for (const command of ['claim', 'release', 'claim']) {
        expect((await callApi(url, `${path}/${command}`, { method: 'POST', headers })).status).toBe(202);
      }
      await find(-2);
      expect((await run('--grace', '86400')).stdout).not.toContain(sku);
      expect(await shown(path)).toMatchObject({ status: 'resolved', claimant: 'O1' });
    });

    test('says how it is used, and what was wrong with how it was', async () => {
      expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--endpoint <url>') });
      expect(await run('--grace', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('got "soon"') });
      expect(await run('--endpoint', 'http://127.0.0.1:9')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('No Waybill answers'),
      });
    });
  });
}

interface ShownTask {
  readonly items?: readonly { readonly links: { readonly self: string } }[];
}

interface Balance {
  readonly account: string;
  readonly unit: string;
  readonly balance: number;
}

interface Row {
  readonly postedAt: string;
  readonly amount: number;
}

/** The limit of requests is for the tests after this one as well. */
const AGAIN_MS = 2_000;

/** All items of a list of the ledger, page by page. */
async function ledgerPages<Item>(platform: SuitePlatform, path: string): Promise<readonly Item[]> {
  const { url } = platform.instance;
  const headers = await asOperator(url, 'ledger:read');
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const cursor: string = next === undefined ? '' : `&cursor=${next}`;
    const answer = await callApi(url, `${path}${cursor}`, { headers });
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as { readonly items: readonly Item[]; readonly next?: string };
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined);
  return items;
}

const DAY_MS = 24 * 3_600_000;
const dayAfter = (iso: string, days: number): string =>
  new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);
