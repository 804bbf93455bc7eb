/** Approval, shipping, delivery and return over HTTP, and what every command has in common. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { callApi } from '../support/api/client.ts';
import { asCustomer, asOperator, type Headers } from '../support/api/tokens.ts';
import { command, orderOnce, send } from '../support/orders/commands.ts';
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

export function lifecycle(running: () => Instance): void {
  let instance: Instance;
  let url: string;
  beforeAll(() => {
    instance = running();
    ({ url } = instance);
  });

  /** Above the total from which the demonstration holds orders. */
  const MANY = [{ sku: 'TSHIRT', quantity: 100 }];
  const held = () => place(url, { items: MANY });
  const confirmed = async (options = {}): Promise<OrderAnswer> => finalOrder(url, await place(url, options));
  const problemOf = async (answer: Response) => ({
    status: answer.status,
    ...((await answer.json()) as { type: string; detail: string }),
  });
  const problem = (status: number, kind: string) => ({ status, type: `urn:waybill:problem:${kind}` });

  /** Whatever was just answered, a read shows: the status and version of an answer are never ahead of the order. */
  async function doneAndSeen(
    orderId: string,
    name: string,
    body: unknown = {},
    headers: Headers = {},
  ): Promise<OrderAnswer> {
    const { status, version } = await command(url, orderId, name, body, { headers });
    const order = await getOrder(url, orderId);
    expect(order.version).toBeGreaterThanOrEqual(version);
    if (order.version === version) expect(order.status).toBe(status);
    return order;
  }

  describe('An order that is held for review', () => {
    test('waits, untouched, and goes its way when an operator approves it', async () => {
      const orderId = await held();
      expect(await getOrder(url, orderId)).toMatchObject({
        status: 'held',
        version: 1,
        payment: { status: 'pending' },
      });
      expect(await readLedger(instance.gatewayUrl, orderId)).toEqual([]);
      await doneAndSeen(orderId, 'approve');
      expect(await finalOrder(url, orderId)).toMatchObject({
        status: 'processing',
        payment: { status: 'captured', amount: { amount: 1_290_000 } },
      });
      expect((await historyTypes(url, orderId)).slice(0, 2)).toEqual(['OrderCreated', 'OrderApproved']);
      expect(await problemOf(await send(url, orderId, 'approve', {}))).toMatchObject({
        ...problem(409, 'illegal-transition'),
        detail: expect.stringMatching(/is processing;.*held/),
      });
    }, 60_000);

    test('is cancelled when an operator rejects it, and costs nobody anything', async () => {
      const orderId = await held();
      expect(await doneAndSeen(orderId, 'reject', { comment: 'Unknown reseller.' })).toMatchObject({
        status: 'cancelled',
        reason: 'rejected',
        version: 2,
      });
      expect(await historyTypes(url, orderId)).toEqual(['OrderCreated', 'OrderCancelled']);
      expect(await problemOf(await send(url, orderId, 'approve', {}))).toMatchObject(
        problem(409, 'illegal-transition'),
      );
      expect(await readLedger(instance.gatewayUrl, orderId)).toEqual([]);
    });

    test.each(['approve', 'reject'])(
      'lets neither its customer nor an operator without the scope %s it',
      async (name) => {
        const orderId = await held();
        const callers = [
          await asCustomer(url),
          await asCustomer(url, 'C2'),
          await asOperator(url, 'orders:read orders:refund orders:fulfil'),
        ];
        for (const headers of callers) {
          expect(await problemOf(await send(url, orderId, name, {}, { headers }))).toMatchObject(
            problem(403, 'forbidden'),
          );
        }
        expect(await getOrder(url, orderId)).toMatchObject({ status: 'held', version: 1 });
      },
    );

    test('is approved once, though two operators do at the same moment', async () => {
      const orderId = await held();
      const answers = await Promise.all(['approve', 'reject'].map((name) => send(url, orderId, name, {})));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
      const decisions = (await historyTypes(url, orderId)).filter(
        (type) => type === 'OrderApproved' || type === 'OrderCancelled',
      );
      expect(decisions).toHaveLength(1);
    });
  });

  describe('The way of a parcel', () => {
    test('there and back: shipped, delivered, returned, received and refunded', async () => {
      const { orderId, total } = await confirmed({ items: [{ sku: 'TSHIRT', quantity: 2 }] });
      const owner = await asCustomer(url);
      expect(await problemOf(await send(url, orderId, 'deliver', {}))).toMatchObject(
        problem(409, 'illegal-transition'),
      );
      expect(await doneAndSeen(orderId, 'ship')).toMatchObject({ status: 'shipped' });
      expect(await problemOf(await send(url, orderId, 'cancel', {}, { headers: owner }))).toMatchObject({
        ...problem(409, 'illegal-transition'),
        detail: expect.stringMatching(/is shipped;/),
      });
      expect(await doneAndSeen(orderId, 'deliver')).toMatchObject({ status: 'delivered' });

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
      await doneAndSeen(orderId, `returns/${returnId}/receive`);
      // Taken back once, however often it is said.
      await command(url, orderId, `returns/${returnId}/receive`, {});
      expect(await orderOnce(url, orderId, 'is refunded', ({ status }) => status === 'refunded')).toMatchObject({
        payment: { status: 'refunded', refunded: total },
        returns: [{ returnId, status: 'received' }],
        refunds: [{ status: 'refunded', amount: total }],
      });
      expect(
        (await readLedger(instance.gatewayUrl, orderId))
          .filter(({ kind }) => kind === 'refund')
          .map(({ amount }) => amount),
      ).toEqual([total.amount]);
      const types = await historyTypes(url, orderId);
      expect(types.slice(types.indexOf('OrderConfirmed'))).toEqual([
        'OrderConfirmed',
        'OrderShipped',
        'OrderDelivered',
        'ReturnRequested',
        'ReturnReceived',
        'RefundRequested',
        'PaymentRefunded',
      ]);
    }, 60_000);

    test('is an operator’s to tell; a return is its customer’s to ask for, and nobody else’s', async () => {
      const { orderId, version } = await confirmed();
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
    }, 60_000);
  });

  describe('A change that depends on what its sender has seen', () => {
    const etagOf = async (orderId: string): Promise<string> => {
      const answer = await callApi(url, `/orders/${orderId}`, { headers: await asCustomer(url) });
      return answer.headers.get('etag')!;
    };

    test('is made with the ETag that was read, or answered, last, and with no older one', async () => {
      const orderId = await held();
      const owner = await asCustomer(url);
      const moveTo = (postalCode: string, etag: string) =>
        send(
          url,
          orderId,
          'shipping-address',
          { shippingAddress: orderBody({ postalCode }).shippingAddress },
          { method: 'PUT', headers: { ...owner, 'if-match': etag } },
        );
      const read = await etagOf(orderId);
      const first = await moveTo('100000', read);
      expect(first.status).toBe(202);
      expect(first.headers.get('etag')).toBe(await etagOf(orderId));
      expect(await problemOf(await moveTo('300000', read))).toMatchObject({
        ...problem(412, 'precondition-failed'),
        detail: expect.stringContaining('version 2'),
      });
      expect(await getOrder(url, orderId)).toMatchObject({ version: 2, shippingAddress: { postalCode: '100000' } });
      expect((await moveTo('300000', first.headers.get('etag')!)).status).toBe(202);
      expect(await problemOf(await send(url, orderId, 'approve', {}, { headers: { 'if-match': read } }))).toMatchObject(
        problem(412, 'precondition-failed'),
      );
      expect(await getOrder(url, orderId)).toMatchObject({ status: 'held', version: 3 });
    });

    test('is made by one of two who have seen the same', async () => {
      const orderId = await held();
      const etag = await etagOf(orderId);
      const answers = await Promise.all(
        [1, 2].map((n) =>
          send(
            url,
            orderId,
            'shipping-address',
            { shippingAddress: orderBody({ postalCode: `10000${n}` }).shippingAddress },
            { method: 'PUT', headers: { 'if-match': etag } },
          ),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 412]);
      expect((await getOrder(url, orderId)).version).toBe(2);
    });
  });

  describe('A command with an Idempotency-Key', () => {
    const key = () => ({ 'idempotency-key': randomUUID() });

    test('has one effect and one answer, which is marked when it is given again', async () => {
      const orderId = await held();
      const headers = key();
      const first = await send(url, orderId, 'reject', { comment: 'No.' }, { headers });
      const again = await send(url, orderId, 'reject', { comment: 'No.' }, { headers });
      expect([first.status, again.status]).toEqual([202, 202]);
      expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
        null,
        'true',
      ]);
      expect(await again.json()).toEqual(await first.json());
      expect(await problemOf(await send(url, orderId, 'reject', { comment: 'Never.' }, { headers }))).toMatchObject(
        problem(422, 'idempotency-key-reused'),
      );
      expect(await historyTypes(url, orderId)).toEqual(['OrderCreated', 'OrderCancelled']);
    });

    test('sent many times at once is answered or told to wait, and done once', async () => {
      const orderId = await held();
      const headers = key();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => send(url, orderId, 'approve', {}, { headers })),
      );
      for (const answer of answers.filter(({ status }) => status !== 202)) {
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(await problemOf(answer)).toMatchObject(problem(409, 'idempotency-key-in-use'));
      }
      expect(answers.some(({ status }) => status === 202)).toBe(true);
      expect((await historyTypes(url, orderId)).filter((type) => type === 'OrderApproved')).toHaveLength(1);
    });

    test('that failed is not answered with its failure when it can be done', async () => {
      const { orderId } = await confirmed();
      const headers = key();
      expect((await send(url, orderId, 'deliver', {}, { headers })).status).toBe(409);
      await command(url, orderId, 'ship', {});
      expect((await send(url, orderId, 'deliver', {}, { headers })).status).toBe(202);
    }, 60_000);

    test('is another’s when another caller, order or operation has the same key', async () => {
      const headers = key();
      const [one, two] = [await held(), await held()];
      const owner = await asCustomer(url);
      const shippingAddress = { shippingAddress: orderBody({ postalCode: '100000' }).shippingAddress };
      await command(url, one, 'shipping-address', shippingAddress, { method: 'PUT', headers });
      await command(url, one, 'shipping-address', shippingAddress, {
        method: 'PUT',
        headers: { ...owner, ...headers },
      });
      await command(url, two, 'shipping-address', shippingAddress, { method: 'PUT', headers });
      await command(url, one, 'reject', {}, { headers });
      expect([await historyTypes(url, one), await historyTypes(url, two)]).toEqual([
        ['OrderCreated', 'AddressChanged', 'AddressChanged', 'OrderCancelled'],
        ['OrderCreated', 'AddressChanged'],
      ]);
    });
  });
}
