import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { confirmedOrder } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asCustomer, asOperator } from '../../support/api/tokens.ts';
import { readLedger } from '../../support/platform/partners.ts';
import { inboxOf } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });

interface Terms {
  readonly lines: readonly object[];
  readonly reasons: readonly { readonly reason: string; readonly restockingFeeBasisPoints: number }[];
}
interface Book {
  readonly entries: readonly { readonly type: string }[];
  readonly balances: readonly { readonly account: string; readonly unit: string; readonly amount: number }[];
  readonly findings: readonly object[];
}

/** A shop that keeps a tenth of what it refunds to who has changed their mind. `config` is `npm run config` with these arguments. */
export function restockingFee(platform: SuitePlatform, config: (...args: string[]) => Promise<unknown>): void {
  const url = () => platform.instance.url;
  const bookOf = async (orderId: string): Promise<Book> => {
    const headers = await asOperator(url(), 'ledger:read');
    return (await callApi(url(), `/ledger/orders/${orderId}`, { headers })).json() as Promise<Book>;
  };

  describe('A shop that keeps a restocking fee', () => {
    beforeAll(async () => {
      await config('set', 'returns.restockingFeeBasisPoints.changed_mind=1000', '--reason', 'Too much comes back.');
    });

    test('says so before, refunds the rest, tells its customer, and has the fee as an income in books that balance', async () => {
      const customerId = `C-${randomUUID()}`;
      const headers = await asCustomer(url(), customerId);
      const items = [{ sku: 'TSHIRT', quantity: 2 }];
      const { orderId } = await confirmedOrder(url(), { items, customerId });
      for (const name of ['ship', 'deliver']) await command(url(), orderId, name, {});
      const ask = (as: typeof headers) => callApi(url(), `/orders/${orderId}/return-terms`, { headers: as });
      const keepsFee = ({ reasons }: Terms) => reasons.some((one) => one.restockingFeeBasisPoints > 0);
      const terms = await eventually('the setting takes effect', async () => {
        const shown = (await (await ask(headers)).json()) as Terms;
        return keepsFee(shown) ? shown : undefined;
      });
      expect(terms.lines).toMatchObject([{ ...items[0], unitAmount: CNY(12_900), amount: CNY(25_800) }]);
      expect(terms.reasons).toContainEqual({
        reason: 'changed_mind',
        restockingFeeBasisPoints: 1_000,
        restockingFee: CNY(2_580),
        refund: CNY(23_220),
      });
      expect(await problemOf(await ask(await asCustomer(url(), 'C-other')))).toMatchObject(
        problem(404, 'order-not-found'),
      );

      const { returnId } = await command(url(), orderId, 'returns', { items, reason: 'changed_mind' }, { headers });
      await command(url(), orderId, `returns/${returnId}/receive`, {});
      const isRefunded = ({ refunds }: { refunds: readonly { status: string }[] }) => refunds[0]?.status === 'refunded';
      expect(await orderOnce(url(), orderId, 'is refunded', isRefunded)).toMatchObject({
        status: 'delivered',
        payment: { refunded: CNY(23_220) },
        returns: [{ status: 'received', restockingFeeBasisPoints: 1_000 }],
        refunds: [{ amount: CNY(23_220), restockingFee: CNY(2_580) }],
      });
      const refunded = (await readLedger(platform.instance.gatewayUrl, orderId)).filter(
        ({ kind }) => kind === 'refund',
      );
      expect(refunded.map(({ amount }) => amount)).toEqual([23_220]);

      const told = await eventually('the customer is told of the fee', async () => {
        const inbox = await inboxOf(platform.instance, customerId);
        const ends = inbox.filter(({ template }) => template === 'return-received' || template === 'payment-refunded');
        return ends.length === 2 ? ends : undefined;
      });
      expect(told).toMatchObject([
        { values: { restockingFee: CNY(2_580) } },
        { values: { restockingFee: CNY(2_580) } },
      ]);

      const book = await eventually('the refund is booked', async () => {
        const now = await bookOf(orderId);
        return now.entries?.some(({ type }) => type === 'PaymentRefunded') ? now : undefined;
      });
      expect(book.findings).toEqual([]);
      const money = book.balances.filter(({ unit }) => unit === 'CNY');
      expect(money).toContainEqual({ account: 'refunds', unit: 'CNY', amount: 25_800 });
      expect(money).toContainEqual({ account: 'restocking-fees', unit: 'CNY', amount: -2_580 });
      expect(money.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    });
  });
}
