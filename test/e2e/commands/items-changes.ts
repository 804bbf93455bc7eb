import { beforeAll, describe, expect, test } from 'vitest';
import { command, send } from '../../support/api/command-requests.ts';
import { seenExecutions } from '../../support/api/executions.ts';
import {
  finalOrder,
  getOrder,
  historyTypes,
  type OrderAnswer,
  orderBody,
  place,
} from '../../support/api/order-requests.ts';
import { movements, readLedger } from '../../support/platform/partners.ts';
import { inventoryItem } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';
import { cny, tShirts, type Units } from './units.ts';

/** Changes of an order's items over HTTP; the partners' ledgers and the inventory tell what followed. */
export function itemsChanges(platform: SuitePlatform): void {
  const heldFor = async (orderId: string) => (await inventoryItem(platform.instance, `ORDER#${orderId}`))?.lines;

  const changeItems = (orderId: string, items: readonly Units[], more: object = {}) =>
    command(platform.instance.url, orderId, 'items', { items, ...more }, { method: 'PUT' });
  const shipTo = (orderId: string, postalCode: string) =>
    command(
      platform.instance.url,
      orderId,
      'shipping-address',
      { shippingAddress: orderBody({ postalCode }).shippingAddress },
      { method: 'PUT' },
    );

  describe('A change of items before the shipment is arranged', () => {
    /**
     * Places an order and changes it after stock is reserved and the payment authorised. There is time for the change, because
     * the gateway answers the authorisation late, and the carrier is down for the first address.
     */
    async function changedMidway(
      items: readonly Units[],
      to: readonly Units[],
      more: object = {},
    ): Promise<OrderAnswer> {
      const orderId = await place(platform.instance.url, {
        items,
        token: 'tok_timeout_charged',
        postalCode: '999999',
        ...more,
      });
      await eventually(`order ${orderId} is authorised`, async () =>
        (await movements(platform.instance.gatewayUrl, orderId)).length > 0 ? true : undefined,
      );
      await changeItems(orderId, to);
      await shipTo(orderId, '200000');
      return finalOrder(platform.instance.url, orderId);
    }

    /** Changes an order before anything is done for it, or nearly so. The carrier is down for the first address. */
    async function changedAtOnce(items: readonly Units[], to: readonly Units[], token: string): Promise<OrderAnswer> {
      const orderId = await place(platform.instance.url, { items, token, postalCode: '999999' });
      await changeItems(orderId, to);
      // A parcel that is arranged meanwhile would end the change before the card is asked.
      await eventually(`the change of order ${orderId} is decided`, async () =>
        (await historyTypes(platform.instance.url, orderId)).some((type) => /^Items(Changed|ChangeRefused)$/.test(type))
          ? true
          : undefined,
      );
      await shipTo(orderId, '200000');
      return finalOrder(platform.instance.url, orderId);
    }

    let held: OrderAnswer;
    /** Changed at the same time, since each waits for its partners. */
    let [raised, lowered, outOfStock, declined, declinedAtOnce]: OrderAnswer[] = [];
    beforeAll(async () => {
      const orderId = await place(platform.instance.url, { items: tShirts(80) });
      await changeItems(orderId, tShirts(90), { discountCodes: ['BIG-ORDER'] });
      await shipTo(orderId, '100000');
      held = await getOrder(platform.instance.url, orderId);

      [raised, lowered, outOfStock, declined, declinedAtOnce] = await Promise.all([
        changedMidway(
          [{ sku: 'MUG-BLUE', quantity: 4 }, ...tShirts(1)],
          [{ sku: 'MUG-BLUE', quantity: 1 }, ...tShirts(4)],
          { discountCodes: ['TEN-PERCENT'] },
        ),
        changedMidway(tShirts(3), tShirts(1)),
        changedMidway(tShirts(2), [...tShirts(1), { sku: 'GRINDER', quantity: 2 }]),
        changedMidway(tShirts(1), tShirts(3), { token: 'tok_limit_30000' }),
        changedAtOnce(tShirts(1), tShirts(3), 'tok_limit_30000'),
      ]);
    });

    test('prices the order again with its discount codes, and goods, money and parcel follow', async () => {
      const { orderId } = raised!;
      expect(raised).toMatchObject({
        status: 'processing',
        subtotal: cny(56_100),
        discounts: [{ code: 'TEN-PERCENT', amount: cny(5_610) }],
        total: cny(50_490),
      });
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([
        ['authorisation', 27_810],
        ['adjustment', 50_490],
        ['capture', 50_490],
      ]);
      expect(await heldFor(orderId)).toEqual([{ sku: 'MUG-BLUE', quantity: 1 }, ...tShirts(4)]);
      expect(await inventoryItem(platform.instance, 'SKU#MUG-BLUE')).toMatchObject({ available: 9, reserved: 1 });
      expect(await historyTypes(platform.instance.url, orderId)).toEqual(
        expect.arrayContaining(['ItemsChangeRequested', 'ItemsChanged']),
      );
      const parcels = await readLedger(platform.instance.carrierUrl, orderId);
      expect(parcels).toEqual([expect.objectContaining({ kind: 'booking', quantity: 5 })]);
      const seen = await seenExecutions(platform.instance.url, orderId);
      expect(seen.map(({ executionId, beginning }) => [executionId.replace(/\..*/, ''), beginning[0]])).toEqual([
        ['order', 'ExecutionStarted'],
        ['items-change', 'ExecutionStarted'],
      ]);
    });

    test('to less leaves the authorisation as it is, and captures only the new total', async () => {
      expect(lowered).toMatchObject({ status: 'processing', total: cny(12_900) });
      expect(await movements(platform.instance.gatewayUrl, lowered!.orderId)).toEqual([
        ['authorisation', 38_700],
        ['capture', 12_900],
      ]);
      expect(await heldFor(lowered!.orderId)).toEqual(tShirts(1));
    });

    test('is refused as a whole when one of the goods is out of stock, and what was reserved for it is released', async () => {
      const { orderId } = outOfStock!;
      expect(outOfStock).toMatchObject({ status: 'processing', total: cny(25_800), items: tShirts(2) });
      const money = await movements(platform.instance.gatewayUrl, orderId);
      const raised = [
        ['authorisation', 25_800],
        ['adjustment', 272_700],
      ];
      // The order goes on as soon as the change is refused: a capture that comes first takes its total alone, and nothing is left to lower.
      const lowered = money.length === raised.length + 2 ? [['adjustment', 25_800]] : [];
      expect(money).toEqual([...raised, ...lowered, ['capture', 25_800]]);
      expect(await heldFor(orderId)).toEqual(tShirts(2));
      expect(await inventoryItem(platform.instance, 'SKU#GRINDER')).toMatchObject({ available: 1, reserved: 0 });
      expect(await historyTypes(platform.instance.url, orderId)).toContain('ItemsChangeRefused');
    });

    test('is refused as a whole when the card is not good for the higher total, and the order goes on as it was', async () => {
      const { orderId } = declined!;
      expect(declined).toMatchObject({ status: 'processing', total: cny(12_900), items: tShirts(1) });
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([
        ['authorisation', 12_900],
        ['decline', 38_700],
        ['capture', 12_900],
      ]);
      expect(await heldFor(orderId)).toEqual(tShirts(1));
      expect(await historyTypes(platform.instance.url, orderId)).toEqual(
        expect.arrayContaining(['ItemsChangeRequested', 'ItemsChangeRefused', 'AddressChanged']),
      );
    });

    test('that comes before anything is authorised costs the customer no order either', async () => {
      const { orderId } = declinedAtOnce!;
      expect(declinedAtOnce).toMatchObject({ status: 'processing', total: cny(12_900), items: tShirts(1) });
      // On a busy machine the change can be refused before the card is asked.
      expect((await movements(platform.instance.gatewayUrl, orderId)).filter(([kind]) => kind !== 'decline')).toEqual([
        ['authorisation', 12_900],
        ['capture', 12_900],
      ]);
    });

    test('that is held for approval is made at once, and approved as it is then', async () => {
      const { orderId } = held;
      expect(held).toMatchObject({
        status: 'held',
        version: 3,
        total: cny(986_850),
        items: tShirts(90),
        shippingAddress: { postalCode: '100000' },
      });
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([]);
      await command(platform.instance.url, orderId, 'approve', {});
      await finalOrder(platform.instance.url, orderId);
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([
        ['authorisation', 986_850],
        ['capture', 986_850],
      ]);
      expect(await heldFor(orderId)).toEqual(tShirts(90));
    });

    test('is a conflict afterwards, and changes nothing', async () => {
      const { orderId, version } = lowered!;
      const answer = await send(platform.instance.url, orderId, 'items', { items: tShirts(2) }, { method: 'PUT' });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:illegal-transition' });
      expect((await getOrder(platform.instance.url, orderId)).version).toBe(version);
      expect(await movements(platform.instance.gatewayUrl, orderId)).toHaveLength(2);
    });
  });
}
