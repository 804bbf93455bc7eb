import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce, send } from '../../support/api/command-requests.ts';
import { confirmedOrder, getOrder, historyTypes } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asCustomer, asOperator } from '../../support/api/tokens.ts';
import { readLedger } from '../../support/platform/partners.ts';
import { runFunction } from '../../support/platform/run-function.ts';
import { inboxOf } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';
import { commandAndRead } from './asking.ts';

/** Shipping, delivery and return. */
export function parcels(platform: SuitePlatform): void {
  let url: string;
  beforeAll(() => {
    ({ url } = platform.instance);
  });

  describe('A parcel', () => {
    test('is shipped, delivered, returned, received and refunded', async () => {
      const { orderId, total } = await confirmedOrder(url, { items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const owner = await asCustomer(url);
      expect(await problemOf(await send(url, orderId, 'deliver', {}))).toMatchObject(
        problem(409, 'illegal-transition'),
      );
      expect(await commandAndRead(url, orderId, 'ship')).toMatchObject({ status: 'shipped' });
      expect(await problemOf(await send(url, orderId, 'cancel', {}, { headers: owner }))).toMatchObject({
        ...problem(409, 'illegal-transition'),
        detail: expect.stringMatching(/is shipped;/),
      });
      expect(await commandAndRead(url, orderId, 'deliver')).toMatchObject({ status: 'delivered' });

      const { returnId } = await command(
        url,
        orderId,
        'returns',
        { items: [{ sku: 'TSHIRT', quantity: 2 }], comment: 'Too large.' },
        { headers: owner },
      );
      expect(await getOrder(url, orderId)).toMatchObject({ returns: [{ returnId, status: 'requested' }] });
      expect(
        await problemOf(
          await send(url, orderId, 'returns', { items: [{ sku: 'TSHIRT', quantity: 1 }] }, { headers: owner }),
        ),
      ).toMatchObject(problem(422, 'request-refused'));
      expect(await problemOf(await send(url, orderId, `returns/${randomUUID()}/receive`, {}))).toMatchObject(
        problem(404, 'return-not-found'),
      );
      await commandAndRead(url, orderId, `returns/${returnId}/receive`);
      // The repetition of the command has no second effect.
      await command(url, orderId, `returns/${returnId}/receive`, {});
      expect(await orderOnce(url, orderId, 'is refunded', ({ status }) => status === 'refunded')).toMatchObject({
        payment: { status: 'refunded', refunded: total },
        returns: [{ returnId, status: 'received' }],
        refunds: [{ status: 'refunded', amount: total }],
      });
      expect(
        (await readLedger(platform.instance.gatewayUrl, orderId))
          .filter(({ kind }) => kind === 'refund')
          .map(({ amount }) => amount),
      ).toEqual([total.amount]);
      const types = await eventually('the sale of what was shipped', async () => {
        const all = await historyTypes(url, orderId);
        return all.includes('ReservationConfirmed') ? all : undefined;
      });
      // The sale is recorded soon after the goods have left, whatever else happens meanwhile.
      expect(types.slice(types.indexOf('OrderConfirmed')).filter((type) => type !== 'ReservationConfirmed')).toEqual([
        'OrderConfirmed',
        'ShipmentHandedOver',
        'OrderShipped',
        'ShipmentDelivered',
        'OrderDelivered',
        'ReturnRequested',
        'ReturnReceived',
        'RefundRequested',
        'PaymentRefunded',
      ]);
    });

    test('is on the list of those who pack until it has left, with what to pick for it', async () => {
      const { orderId } = await confirmedOrder(url, { items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const listed = () => parcelOf(url, orderId);
      const parcel = await eventually('the parcel is to be packed', listed);
      expect(parcel).toMatchObject({
        shipmentId: orderId,
        location: 'main',
        items: [{ sku: 'TSHIRT', quantity: 2, name: expect.any(String) }],
        links: { order: `/api/v1/orders/${orderId}` },
      });
      await command(url, orderId, `shipments/${orderId}/hand-over`, {});
      await eventually('the parcel has left', async () => ((await listed()) === undefined ? true : undefined));
    });

    test('comes back in several receipts, of which the customer is told, and what is rejected is not refunded', async () => {
      const sub = `C-${randomUUID()}`;
      const owner = await asCustomer(url, sub);
      const tShirts = (quantity: number) => ({ sku: 'TSHIRT', quantity });
      const { orderId } = await confirmedOrder(url, { items: [tShirts(4)], customerId: sub });
      for (const name of ['ship', 'deliver']) await commandAndRead(url, orderId, name);
      const { returnId } = await command(url, orderId, 'returns', { items: [tShirts(4)] }, { headers: owner });
      const receipt = `returns/${returnId}/receive`;
      await command(url, orderId, receipt, { accepted: [tShirts(1)] });
      await command(url, orderId, receipt, {
        accepted: [tShirts(1)],
        rejected: [{ ...tShirts(1), reason: 'used', comment: 'It was worn.' }],
      });
      await command(url, orderId, `returns/${returnId}/withdraw`, {}, { headers: owner });
      expect(
        await orderOnce(
          url,
          orderId,
          'is refunded twice',
          ({ refunds }) => refunds.filter(({ status }) => status === 'refunded').length === 2,
        ),
      ).toMatchObject({
        payment: { status: 'captured', refunded: { amount: 25_800 } },
        returns: [{ accepted: [tShirts(1), tShirts(1)], rejected: [{ reason: 'used' }], withdrawn: [tShirts(1)] }],
      });
      const told = await eventually('the customer is told of everything', async () => {
        // Where the order is, and that a return is awaited, is told as far as nothing later has overtaken it.
        const inbox = (await inboxOf(platform.instance, sub)).filter(
          ({ kind, template }) => (kind === 'return' || kind === 'payment') && template !== 'return-requested',
        );
        return inbox.length === 5 ? inbox : undefined;
      });
      expect(told.map(({ template }) => template).sort()).toEqual([
        'payment-refunded',
        'payment-refunded',
        'return-received',
        'return-received',
        'return-withdrawn',
      ]);
      expect(JSON.stringify(told)).not.toContain('worn');
    });

    test('comes back until the day that its customer is told, and does not expire before', async () => {
      const sub = `C-${randomUUID()}`;
      const owner = await asCustomer(url, sub);
      const items = [{ sku: 'TSHIRT', quantity: 1 }];
      const { orderId } = await confirmedOrder(url, { items, customerId: sub });
      for (const name of ['ship', 'deliver']) await commandAndRead(url, orderId, name);
      await command(url, orderId, 'returns', { items }, { headers: owner });
      const { expectedUntil } = (await getOrder(url, orderId)).returns[0]!;
      expect(Date.parse(expectedUntil!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
      // It is not over; a test of the adapters has one that is.
      await runFunction(platform.instance.endpointUrl, 'orders/expire-returns');
      expect(await getOrder(url, orderId)).toMatchObject({ returns: [{ status: 'requested', expectedUntil }] });
      const told = await eventually('the customer is told until when', async () =>
        (await inboxOf(platform.instance, sub)).find(({ template }) => template === 'return-requested'),
      );
      expect(told).toMatchObject({ values: { until: expectedUntil } });
    });

    test('is recorded by operators only, and a return is requested by the order’s customer only', async () => {
      const { orderId, version } = await confirmedOrder(url);
      const owner = await asCustomer(url);
      const stranger = await asCustomer(url, 'C2');
      const reader = await asOperator(url);
      const items = [{ sku: 'TSHIRT', quantity: 1 }];
      for (const name of ['ship', 'deliver', `returns/${randomUUID()}/receive`]) {
        for (const headers of [owner, stranger, reader]) {
          expect(await problemOf(await send(url, orderId, name, {}, { headers }))).toMatchObject(
            problem(403, 'forbidden'),
          );
        }
      }
      expect(await problemOf(await send(url, orderId, 'returns', { items }, { headers: reader }))).toMatchObject(
        problem(403, 'forbidden'),
      );
      expect(await problemOf(await send(url, orderId, 'returns', { items }, { headers: stranger }))).toMatchObject(
        problem(404, 'order-not-found'),
      );
      expect(await problemOf(await send(url, orderId, 'returns', { items }, { headers: owner }))).toMatchObject(
        problem(409, 'illegal-transition'),
      );
      expect((await getOrder(url, orderId)).version).toBe(version);
    });
  });
}

interface Parcel {
  readonly orderId: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}
interface Parcels {
  readonly items: readonly Parcel[];
  readonly picks: Parcel['items'];
  readonly next?: string;
}

/** The parcel of the order on the list of those who pack, which is read to its end; each page says what to pick for its parcels. */
async function parcelOf(url: string, orderId: string): Promise<Parcel | undefined> {
  const headers = await asOperator(url, 'orders:fulfil');
  const found: Parcel[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const from = cursor === undefined ? '' : `&cursor=${cursor}`;
    const answer = await callApi(url, `/parcels?location=main&limit=50${from}`, { headers });
    expect(answer.status).toBe(200);
    const { items, picks, next } = (await answer.json()) as Parcels;
    expect(unitsIn(picks)).toBe(unitsIn(items.flatMap((parcel) => parcel.items)));
    found.push(...items.filter((parcel) => parcel.orderId === orderId));
    cursor = next;
  }
  expect(found.length).toBeLessThan(2);
  return found[0];
}

const unitsIn = (items: Parcel['items']): number => items.reduce((sum, { quantity }) => sum + quantity, 0);
