import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, historyTypes, type OrderAnswer, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { readLedger, sumOf } from '../../support/platform/partners.ts';
import { inboxOf } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

/** Not one that other tests order. */
const SKU = 'COFFEE-1KG';

/** What the shop has set for orders that want more than there is. `config` is `npm run config` with these arguments. */
export function shortStock(platform: SuitePlatform, config: (...args: string[]) => Promise<unknown>): void {
  const url = () => platform.instance.url;
  async function move(movement: object): Promise<void> {
    const answer = await callApi(url(), `/stock/${SKU}/movements`, {
      method: 'POST',
      headers: {
        ...(await asOperator(url(), 'stock:write')),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(movement),
    });
    expect(answer.status).toBe(201);
  }
  async function available(): Promise<number> {
    const answer = await callApi(url(), `/stock/${SKU}`, { headers: await asOperator(url(), 'stock:read') });
    return ((await answer.json()) as { available: number }).available;
  }
  const isDecided = ({ status }: OrderAnswer) => status === 'backordered' || status === 'cancelled';
  /** The setting takes effect within its second: an order of before is cancelled. */
  const backorder = (quantity: number, customerId = randomUUID()) =>
    eventually('an order waits for goods', async () => {
      const orderId = await place(url(), { customerId, items: [{ sku: SKU, quantity }] });
      const order = await orderOnce(url(), orderId, 'is decided', isDecided);
      return order.status === 'backordered' ? order : undefined;
    });

  describe('An order that wants more than there is, in a shop that takes backorders', () => {
    beforeAll(async () => {
      await config('set', 'inventory.whenShort=backorder', '--reason', 'Goods are on their way.');
      await move({ type: 'correction', quantity: 1 - (await available()), reason: 'A count.' });
    });

    test('waits, tells its customer, takes no money, and is confirmed after its goods have come, the oldest first', async () => {
      const customerId = randomUUID();
      const first = await backorder(3, customerId);
      const second = await backorder(3);
      expect(first.backorder).toMatchObject({ lines: [{ sku: SKU, quantity: 3 }] });
      expect(first.payment.status).toBe('pending');
      expect(await readLedger(platform.instance.gatewayUrl, first.orderId)).toEqual([]);
      await eventually('the customer is told', async () => {
        const told = await inboxOf(platform.instance, customerId);
        return told.find(({ template }) => template === 'order-backordered');
      });
      await move({ type: 'receipt', quantity: 3 });
      expect(await finalOrder(url(), first.orderId)).toMatchObject({ status: 'processing' });
      const types = await historyTypes(url(), first.orderId);
      expect(types.filter((type) => type !== 'StepDelayed')).toEqual([
        'OrderCreated',
        'OrderBackordered',
        'InventoryReserved',
        'PaymentAuthorised',
        'ShipmentsPlanned',
        'ShipmentArranged',
        'PaymentCaptured',
        'OrderConfirmed',
      ]);
      expect(await orderOnce(url(), second.orderId, 'waits on', isDecided)).toMatchObject({ status: 'backordered' });
      await command(url(), second.orderId, 'cancel', {});
      expect(await finalOrder(url(), second.orderId)).toMatchObject({
        status: 'cancelled',
        reason: 'operator_request',
      });
      expect(await available()).toBe(1);
    });

    test('goes on at once when its customer changes it to what there is', async () => {
      const { orderId } = await backorder(4);
      await command(url(), orderId, 'items', { items: [{ sku: SKU, quantity: 1 }] }, { method: 'PUT' });
      expect(await finalOrder(url(), orderId)).toMatchObject({ status: 'processing', total: { amount: 8_800 } });
    });
  });

  describe('An order that wants more than there is, in a shop that delivers what there is', () => {
    beforeAll(async () => {
      await config('set', 'inventory.whenShort=partial', '--reason', 'The season is over.');
      await move({ type: 'correction', quantity: 2 - (await available()), reason: 'A count.' });
    });

    test('becomes an order of that: its customer is told, pays for nothing else, and gets the rest', async () => {
      const customerId = randomUUID();
      /** The setting takes effect within its second: an order of before waits for goods, and is cancelled for the next one. */
      const order = await eventually('an order is delivered in part', async () => {
        const items = [
          { sku: SKU, quantity: 5 },
          { sku: 'TSHIRT', quantity: 1 },
        ];
        const orderId = await place(url(), { customerId, items });
        const { status } = await orderOnce(
          url(),
          orderId,
          'is decided',
          (found) => isDecided(found) || found.status === 'processing',
        );
        if (status === 'backordered') await command(url(), orderId, 'cancel', {});
        return status === 'processing' ? finalOrder(url(), orderId) : undefined;
      });
      expect(order.items.map(({ sku, quantity }) => [sku, quantity])).toEqual([
        [SKU, 2],
        ['TSHIRT', 1],
      ]);
      expect(order.total.amount).toBe(2 * 8_800 + 12_900);
      expect(sumOf(await readLedger(platform.instance.gatewayUrl, order.orderId), 'capture')).toBe(order.total.amount);
      expect(await historyTypes(url(), order.orderId)).toContain('UnitsRemoved');
      await eventually('the customer is told', async () => {
        const told = await inboxOf(platform.instance, customerId);
        return told.find(({ template }) => template === 'units-removed');
      });
      expect(await available()).toBe(0);
    });
  });
}
