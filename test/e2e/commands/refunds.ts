import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { command, orderOnce, send } from '../../support/api/command-requests.ts';
import { confirmedOrder, type OrderAnswer, type OrderOptions } from '../../support/api/order-requests.ts';
import { problemOf } from '../../support/api/problems.ts';
import { movements } from '../../support/platform/partners.ts';
import { parkedEvents } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { cny, tShirts } from './units.ts';

/** Refunds over HTTP; the gateway's ledger tells what was refunded. */
export function refunds(platform: SuitePlatform): void {
  /** The gateway refunds nothing to this card. Begun first, since the platform retries the refund for a while before it fails. */
  let failing: { readonly orderId: string; readonly refundId: string };
  beforeAll(async () => {
    const { orderId } = await confirmedOrder(platform.instance.url, { token: 'tok_refund_fails' });
    await command(platform.instance.url, orderId, 'ship', {});
    failing = {
      orderId,
      refundId: (await command(platform.instance.url, orderId, 'refunds', { type: 'full' })).refundId!,
    };
  });

  const paidBack = async (orderId: string) =>
    (await movements(platform.instance.gatewayUrl, orderId))
      .filter(([kind]) => kind === 'refund')
      .map(([, amount]) => amount);

  describe('Money is refunded', () => {
    const refund = (orderId: string, scope: object, headers = {}) =>
      command(platform.instance.url, orderId, 'refunds', scope, { headers });
    const paid = (options: OrderOptions) => confirmedOrder(platform.instance.url, options);
    const sent = async (options: OrderOptions) => {
      const order = await paid(options);
      await command(platform.instance.url, order.orderId, 'ship', {});
      return order;
    };
    /** Asks for a refund and waits for it. */
    async function refunded(orderId: string, scope: object): Promise<OrderAnswer> {
      const { refundId } = await refund(orderId, scope);
      return orderOnce(platform.instance.url, orderId, `has made refund ${refundId}`, ({ refunds }) =>
        refunds.some((one) => one.refundId === refundId && one.status === 'refunded'),
      );
    }
    const refusalOf = async (orderId: string, scope: object) =>
      problemOf(await send(platform.instance.url, orderId, 'refunds', scope));

    test('unit by unit: the refunds of all units of a discounted order add up to its total', async () => {
      const { orderId, total } = await sent({
        items: [...tShirts(3), { sku: 'COFFEE-1KG', quantity: 1 }],
        discountCodes: ['BLACK-FRIDAY', 'TEN-PERCENT'],
      });
      for (const sku of ['TSHIRT', 'TSHIRT', 'COFFEE-1KG']) {
        await refunded(orderId, { type: 'items', items: [{ sku, quantity: 1 }] });
      }
      expect(await refusalOf(orderId, { type: 'items', items: tShirts(2) })).toMatchObject({
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
      expect((await refusalOf(orderId, { type: 'full' })).status).toBe(409);
    });

    test('by amount, up to what is left, and in full only when the parcel is shipped', async () => {
      const { orderId } = await paid({});
      expect(await refunded(orderId, { type: 'amount', amount: cny(5_000) })).toMatchObject({
        status: 'processing',
        payment: { status: 'captured', amount: cny(12_900), refunded: cny(5_000) },
      });
      const refused = await refusalOf(orderId, { type: 'amount', amount: cny(7_901) });
      expect(refused).toMatchObject({
        status: 422,
        type: 'urn:waybill:problem:request-refused',
        detail: expect.stringContaining('79.00 CNY'),
      });
      expect(await refusalOf(orderId, { type: 'full' })).toMatchObject({
        status: 422,
        detail: expect.stringContaining('Cancel the order instead'),
      });
      expect(await paidBack(orderId)).toEqual([5_000]);
      await command(platform.instance.url, orderId, 'ship', {});
      expect(await refunded(orderId, { type: 'full' })).toMatchObject({
        status: 'refunded',
        payment: { refunded: cny(12_900) },
      });
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([
        ['authorisation', 12_900],
        ['capture', 12_900],
        ['refund', 5_000],
        ['refund', 7_900],
      ]);
    });

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
    });

    test('for returned goods, as far as it was not refunded before', async () => {
      const { orderId } = await paid({ items: tShirts(2) });
      await refunded(orderId, { type: 'amount', amount: cny(20_000) });
      for (const step of ['ship', 'deliver']) await command(platform.instance.url, orderId, step, {});
      const { returnId } = await command(platform.instance.url, orderId, 'returns', { items: tShirts(1) });
      await command(platform.instance.url, orderId, `returns/${returnId}/receive`, {});
      const order = await orderOnce(
        platform.instance.url,
        orderId,
        'is refunded',
        ({ status }) => status === 'refunded',
      );
      expect(order).toMatchObject({ returns: [{ returnId, status: 'received' }], payment: { refunded: cny(25_800) } });
      expect(await paidBack(orderId)).toEqual([20_000, 5_800]);
    });

    test('not at all when the gateway keeps failing: the refund fails, an operator is called, and the amount can be refunded again', async () => {
      const { orderId, refundId } = failing;
      const order = await orderOnce(
        platform.instance.url,
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
      const parked = await parkedEvents(platform.instance);
      expect(parked.map((event) => [event.type, event.orderId, event.data])).toEqual([
        ['TaskOpened', orderId, expect.objectContaining({ kind: 'refund', refundId, error: 'gateway_unavailable' })],
      ]);
      expect((await refund(orderId, { type: 'full' })).refundId).not.toBe(refundId);
    });
  });
}
