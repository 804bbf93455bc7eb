/** Changes of items and refunds over HTTP; the partners' ledgers and the inventory tell what came of them. */
import { randomUUID } from 'node:crypto';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { operatorClientConfig } from '../../launch/operator.ts';
import { command, eventually, orderOnce, send } from '../support/orders/commands.ts';
import {
  finalOrder,
  getOrder,
  historyTypes,
  type OrderAnswer,
  orderBody,
  place,
} from '../support/orders/order-requests.ts';
import type { Instance } from '../support/platform/instance.ts';
import { readLedger } from '../support/platform/partners.ts';

export function changesAndRefunds(running: () => Instance): void {
  let instance: Instance;

  /** The gateway gives no money back for this card: begun first, since the refund has failed when it was asked in vain for a while. */
  let failing: { readonly orderId: string; readonly refundId: string };
  beforeAll(async () => {
    instance = running();
    const { orderId } = await finalOrder(instance.url, await place(instance.url, { token: 'tok_refund_fails' }));
    await command(instance.url, orderId, 'ship', {});
    failing = { orderId, refundId: (await command(instance.url, orderId, 'refunds', { type: 'full' })).refundId! };
  }, 120_000);

  interface Units {
    readonly sku: string;
    readonly quantity: number;
  }

  const cny = (amount: number) => ({ amount, currency: 'CNY' });
  const tShirts = (quantity: number): Units[] => [{ sku: 'TSHIRT', quantity }];

  /** What the gateway did for the order, oldest first. */
  const movements = async (orderId: string) =>
    (await readLedger(instance.gatewayUrl, orderId)).map(({ kind, amount }): [string, number] => [kind, amount!]);
  const paidBack = async (orderId: string) =>
    (await movements(orderId)).filter(([kind]) => kind === 'refund').map(([, amount]) => amount);

  async function inventoryItem(pk: string): Promise<Record<string, unknown>> {
    const { InventoryTableName } = await instance.outputs();
    const { Item = {} } = await instance
      .db()
      .send(new GetCommand({ TableName: InventoryTableName, Key: { pk }, ConsistentRead: true }));
    return Item;
  }
  const heldFor = async (orderId: string) => (await inventoryItem(`ORDER#${orderId}`)).lines;

  const changeItems = (orderId: string, items: readonly Units[], more: object = {}) =>
    command(instance.url, orderId, 'items', { items, ...more }, { method: 'PUT' });
  const shipTo = (orderId: string, postalCode: string) =>
    command(
      instance.url,
      orderId,
      'shipping-address',
      { shippingAddress: orderBody({ postalCode }).shippingAddress },
      { method: 'PUT' },
    );

  describe('A change of items before the shipment is arranged', () => {
    /**
     * An order that is changed when it has stock and money. There is time for it because the authorisation is answered late, if
     * at all, and because the carrier cannot be reached before the order has another address.
     */
    async function changedMidway(
      items: readonly Units[],
      to: readonly Units[],
      more: object = {},
    ): Promise<OrderAnswer> {
      const orderId = await place(instance.url, { items, token: 'tok_timeout_charged', postalCode: '99999', ...more });
      await eventually(`order ${orderId} is authorised`, async () =>
        (await movements(orderId)).length > 0 ? true : undefined,
      );
      await changeItems(orderId, to);
      await shipTo(orderId, '200000');
      return finalOrder(instance.url, orderId);
    }

    let held: OrderAnswer;
    /** Changed side by side: each waits for its partners. */
    let [raised, lowered, outOfStock, declined]: OrderAnswer[] = [];
    beforeAll(async () => {
      const orderId = await place(instance.url, { items: tShirts(80) });
      await changeItems(orderId, tShirts(90), { discountCodes: ['BIG-ORDER'] });
      await shipTo(orderId, '100000');
      held = await getOrder(instance.url, orderId);

      [raised, lowered, outOfStock, declined] = await Promise.all([
        changedMidway(
          [{ sku: 'MUG-BLUE', quantity: 4 }, ...tShirts(1)],
          [{ sku: 'MUG-BLUE', quantity: 1 }, ...tShirts(4)],
          { discountCodes: ['TEN-PERCENT'] },
        ),
        changedMidway(tShirts(3), tShirts(1)),
        changedMidway(tShirts(2), [...tShirts(1), { sku: 'GRINDER', quantity: 2 }]),
        changedMidway(tShirts(1), tShirts(3), { token: 'tok_limit_30000' }),
      ]);
    }, 60_000);

    test('prices the order anew with the codes it has, and moves goods, money and parcel to what it is now', async () => {
      const { orderId } = raised!;
      expect(raised).toMatchObject({
        status: 'processing',
        subtotal: cny(56_100),
        discounts: [{ code: 'TEN-PERCENT', amount: cny(5_610) }],
        total: cny(50_490),
      });
      expect(await movements(orderId)).toEqual([
        ['authorisation', 27_810],
        ['adjustment', 50_490],
        ['capture', 50_490],
      ]);
      expect(await heldFor(orderId)).toEqual([{ sku: 'MUG-BLUE', quantity: 1 }, ...tShirts(4)]);
      expect(await inventoryItem('SKU#MUG-BLUE')).toMatchObject({ available: 9, reserved: 1 });
      expect(await historyTypes(instance.url, orderId)).toEqual(
        expect.arrayContaining(['ItemsChangeRequested', 'ItemsChanged']),
      );
      const parcels = await readLedger(instance.carrierUrl, orderId);
      expect(parcels).toEqual([expect.objectContaining({ kind: 'booking', quantity: 5 })]);
    });

    test('to less leaves the hold, of which only the new total is taken', async () => {
      expect(lowered).toMatchObject({ status: 'processing', total: cny(12_900) });
      expect(await movements(lowered!.orderId)).toEqual([
        ['authorisation', 38_700],
        ['capture', 12_900],
      ]);
      expect(await heldFor(lowered!.orderId)).toEqual(tShirts(1));
    });

    test('is refused whole when one of the goods is out of stock, and what was held more is given back', async () => {
      const { orderId } = outOfStock!;
      expect(outOfStock).toMatchObject({ status: 'processing', total: cny(25_800), items: tShirts(2) });
      expect(await movements(orderId)).toEqual([
        ['authorisation', 25_800],
        ['adjustment', 272_700],
        ['adjustment', 25_800],
        ['capture', 25_800],
      ]);
      expect(await heldFor(orderId)).toEqual(tShirts(2));
      expect(await inventoryItem('SKU#GRINDER')).toMatchObject({ available: 1, reserved: 0 });
      expect(await historyTypes(instance.url, orderId)).toContain('ItemsChangeRefused');
    });

    test('is refused whole when the card is not good for the higher total, and the order goes on as it was', async () => {
      const { orderId } = declined!;
      expect(declined).toMatchObject({ status: 'processing', total: cny(12_900), items: tShirts(1) });
      expect(await movements(orderId)).toEqual([
        ['authorisation', 12_900],
        ['decline', 38_700],
        ['capture', 12_900],
      ]);
      expect(await heldFor(orderId)).toEqual(tShirts(1));
      expect(await historyTypes(instance.url, orderId)).toEqual(
        expect.arrayContaining(['ItemsChangeRequested', 'ItemsChangeRefused', 'AddressChanged']),
      );
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
      expect(await movements(orderId)).toEqual([]);
      await command(instance.url, orderId, 'approve', {});
      await finalOrder(instance.url, orderId);
      expect(await movements(orderId)).toEqual([
        ['authorisation', 986_850],
        ['capture', 986_850],
      ]);
      expect(await heldFor(orderId)).toEqual(tShirts(90));
    });

    test('is a conflict afterwards, and changes nothing', async () => {
      const { orderId, version } = lowered!;
      const answer = await send(instance.url, orderId, 'items', { items: tShirts(2) }, { method: 'PUT' });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:illegal-transition' });
      expect((await getOrder(instance.url, orderId)).version).toBe(version);
      expect(await movements(orderId)).toHaveLength(2);
    });
  });

  describe('Money goes back', () => {
    const refund = (orderId: string, scope: object, headers = {}) =>
      command(instance.url, orderId, 'refunds', scope, { headers });
    const paid = async (options: Parameters<typeof place>[1]) =>
      finalOrder(instance.url, await place(instance.url, options));
    const sent = async (options: Parameters<typeof place>[1]) => {
      const order = await paid(options);
      await command(instance.url, order.orderId, 'ship', {});
      return order;
    };
    /** Asks for a refund and waits for it. */
    async function refunded(orderId: string, scope: object): Promise<OrderAnswer> {
      const { refundId } = await refund(orderId, scope);
      return orderOnce(instance.url, orderId, `has made refund ${refundId}`, ({ refunds }) =>
        refunds.some((one) => one.refundId === refundId && one.status === 'refunded'),
      );
    }
    const problemOf = async (orderId: string, scope: object) => {
      const answer = await send(instance.url, orderId, 'refunds', scope);
      return { status: answer.status, ...((await answer.json()) as { type: string; detail: string }) };
    };

    test('unit by unit: what the units of a discounted order give back adds up to its total, and then nothing is left', async () => {
      const { orderId, total } = await sent({
        items: [...tShirts(3), { sku: 'COFFEE-1KG', quantity: 1 }],
        discountCodes: ['BLACK-FRIDAY', 'TEN-PERCENT'],
      });
      for (const sku of ['TSHIRT', 'TSHIRT', 'COFFEE-1KG']) {
        await refunded(orderId, { type: 'items', items: [{ sku, quantity: 1 }] });
      }
      expect(await problemOf(orderId, { type: 'items', items: tShirts(2) })).toMatchObject({
        status: 422,
        type: 'urn:waybill:problem:request-refused',
      });
      expect(await refunded(orderId, { type: 'items', items: tShirts(1) })).toMatchObject({
        status: 'refunded',
        payment: { status: 'refunded', refunded: total },
      });
      // Three T-shirts for 218.78: the shares of a unit are rounded down, and the last one takes what is left.
      expect(await paidBack(orderId)).toEqual([7_292, 7_293, 7_462, 7_293]);
      expect(7_292 + 7_293 + 7_462 + 7_293).toBe(total.amount);
      expect((await problemOf(orderId, { type: 'full' })).status).toBe(409);
    }, 30_000);

    test('by amount, up to what is left and not beyond; the rest once the parcel has left', async () => {
      const { orderId } = await paid({});
      expect(await refunded(orderId, { type: 'amount', amount: cny(5_000) })).toMatchObject({
        status: 'processing',
        payment: { status: 'captured', amount: cny(12_900), refunded: cny(5_000) },
      });
      const refused = await problemOf(orderId, { type: 'amount', amount: cny(7_901) });
      expect(refused).toMatchObject({
        status: 422,
        type: 'urn:waybill:problem:request-refused',
        detail: expect.stringContaining('7900 CNY'),
      });
      expect(await problemOf(orderId, { type: 'full' })).toMatchObject({
        status: 422,
        detail: expect.stringContaining('Cancel the order instead'),
      });
      expect(await paidBack(orderId)).toEqual([5_000]);
      await command(instance.url, orderId, 'ship', {});
      expect(await refunded(orderId, { type: 'full' })).toMatchObject({
        status: 'refunded',
        payment: { refunded: cny(12_900) },
      });
      expect(await movements(orderId)).toEqual([
        ['authorisation', 12_900],
        ['capture', 12_900],
        ['refund', 5_000],
        ['refund', 7_900],
      ]);
    }, 30_000);

    test('once, however often the same request comes', async () => {
      const { orderId } = await paid({});
      const headers = { 'idempotency-key': randomUUID() };
      const asked = [
        await refund(orderId, { type: 'amount', amount: cny(100) }, headers),
        await refund(orderId, { type: 'amount', amount: cny(100) }, headers),
      ];
      expect(asked[1]).toEqual(asked[0]);
      expect((await refunded(orderId, { type: 'amount', amount: cny(1) })).refunds).toHaveLength(2);
      expect((await paidBack(orderId)).sort()).toEqual([1, 100]);
    }, 30_000);

    test('for goods that come back, as far as it was not given back before', async () => {
      const { orderId } = await paid({ items: tShirts(2) });
      await refunded(orderId, { type: 'amount', amount: cny(20_000) });
      for (const step of ['ship', 'deliver']) await command(instance.url, orderId, step, {});
      const { returnId } = await command(instance.url, orderId, 'returns', { items: tShirts(1) });
      await command(instance.url, orderId, `returns/${returnId}/receive`, {});
      const order = await orderOnce(instance.url, orderId, 'is refunded', ({ status }) => status === 'refunded');
      expect(order).toMatchObject({ returns: [{ returnId, status: 'received' }], payment: { refunded: cny(25_800) } });
      expect(await paidBack(orderId)).toEqual([20_000, 5_800]);
    }, 30_000);

    test('not at all when the gateway makes no refund: it fails, a person is called, and the amount can be asked for again', async () => {
      const { orderId, refundId } = failing;
      const order = await orderOnce(
        instance.url,
        orderId,
        'has a failed refund',
        ({ refunds }) => refunds[0]!.status === 'failed',
      );
      expect(order).toMatchObject({
        status: 'shipped',
        payment: { status: 'captured', refunded: cny(0) },
        refunds: [{ refundId, amount: cny(12_900) }],
      });
      expect(await paidBack(orderId)).toEqual([]);
      const { ParkedOrdersQueueUrl } = await instance.outputs();
      const sqs = new SQSClient(operatorClientConfig(instance.endpointUrl));
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: ParkedOrdersQueueUrl, WaitTimeSeconds: 10, VisibilityTimeout: 0 }),
      );
      sqs.destroy();
      const called = Messages.map(
        ({ Body }) => JSON.parse(Body!) as { 'detail-type': string; detail: { orderId: string; data: object } },
      );
      expect(called.map(({ 'detail-type': type, detail }) => [type, detail.orderId, detail.data])).toEqual([
        ['RefundFailed', orderId, { refundId, reason: 'gateway_unavailable' }],
      ]);
      expect((await refund(orderId, { type: 'full' })).refundId).not.toBe(refundId);
    }, 60_000);
  });
}
