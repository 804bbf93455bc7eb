import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { finalOrder, parkedOrder, post } from '../../support/api/order-requests.ts';
import { readLedger, sumOf } from '../../support/platform/partners.ts';
import { inventoryItem, orderIdsInLog, parkedEvents } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

interface Fixture {
  readonly tests: string;
  readonly order: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
}

export function demoOrders(platform: SuitePlatform): void {
  const folder = path.join(import.meta.dirname, '../../../launch/demo/orders');
  const fixtures = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Fixture,
  );
  let placed: Map<string, string>;
  // Placed at the same time and before all tests of the file: the slowest orders wait for a partner until they give up.
  beforeAll(async () => {
    placed = new Map(
      await Promise.all(
        fixtures.map(async (fixture): Promise<[string, string]> => {
          const answer = await post(platform.instance.url, fixture.order);
          return [fixture.tests, ((await answer.json()) as { orderId: string }).orderId];
        }),
      ),
    );
  });

  describe('Every demo order ends as its fixture says', () => {
    test.each(fixtures.map((fixture) => [fixture.tests, fixture] as const))('%s', async (tests, fixture) => {
      const ended = fixture.expect.parked ? parkedOrder : finalOrder;
      const order = await ended(platform.instance.url, placed.get(tests)!);
      const { orderId } = order;
      expect(order).toMatchObject({ parked: false, ...fixture.expect });

      const payments = await readLedger(platform.instance.gatewayUrl, orderId);
      const authorised = sumOf(payments, 'authorisation');
      const givenBack = sumOf(payments, 'void') + sumOf(payments, 'refund');
      const succeeded = order.status === 'processing';
      expect(sumOf(payments, 'capture')).toBe(succeeded ? order.total.amount : 0);
      if (succeeded) expect(authorised).toBe(order.total.amount);
      if (!succeeded && !order.parked) expect(givenBack).toBe(authorised);
      if (order.parked) expect(givenBack).toBe(0);
      const shipments = (await readLedger(platform.instance.carrierUrl, orderId)).filter(
        ({ kind }) => kind === 'booking',
      );
      expect(shipments).toHaveLength(succeeded ? 1 : 0);
    });

    test('and the parked one waits in the queue that raises the alarm, named with its step', async () => {
      const parked = fixtures.filter((fixture) => fixture.expect.parked === true).map(({ tests }) => placed.get(tests));
      const events = await parkedEvents(platform.instance);
      expect(events.map(({ type, orderId, data }) => [type, orderId, data.step])).toEqual(
        parked.map((orderId) => ['TaskOpened', orderId, 'VoidPayment']),
      );
    });

    test('and afterwards stock is what was bought, with nothing left reserved for cancelled orders', async () => {
      const ids = await orderIdsInLog(platform.instance);
      const orders = await Promise.all(ids.map((orderId) => finalOrder(platform.instance.url, orderId)));
      const tShirtsOf = (statuses: readonly string[]) =>
        orders
          .filter(({ status }) => statuses.includes(status))
          .flatMap(({ items }) => items)
          .filter(({ sku }) => sku === 'TSHIRT')
          .reduce((total, { quantity }) => total + quantity, 0);
      const cameBack = orders
        .flatMap(({ returns }) => returns)
        .flatMap(({ accepted }) => accepted)
        .filter(({ sku }) => sku === 'TSHIRT')
        .reduce((total, { quantity }) => total + quantity, 0);
      const left = tShirtsOf(['shipped', 'delivered', 'refunded']) - cameBack;
      const kept = tShirtsOf(['processing']);
      expect(kept).toBeGreaterThan(0);
      const stock = await eventually('a sale for each parcel that left and did not come back', async () => {
        const item = await inventoryItem(platform.instance, 'SKU#TSHIRT');
        return (item?.sold ?? 0) === left ? item : undefined;
      });
      expect(stock).toMatchObject({ available: 1_000_000 - kept - left, reserved: kept });
      expect(await inventoryItem(platform.instance, 'SKU#GRINDER')).toMatchObject({ available: 1, reserved: 0 });
    });
  });
}
