import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { command, send } from '../../support/api/command-requests.ts';
import { seenExecutions } from '../../support/api/executions.ts';
import { getOrder } from '../../support/api/order-requests.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { AUTHORISED, CAPTURED, type Cancellations, HELD_ITEMS, REFUNDED } from './cancellations.ts';

/** What a request to cancel is answered, by the order's state and by the caller. */
export function cancellationRequests(platform: SuitePlatform, cancellations: Cancellations): void {
  describe('An order that its customer cancels', () => {
    test('while it is held for review is cancelled at once, and cannot be approved any more', async () => {
      const orderId = await cancellations.place({ items: HELD_ITEMS });
      expect(await getOrder(platform.instance.url, orderId)).toMatchObject({ status: 'held' });
      expect(await cancellations.cancel(orderId)).toMatchObject({ status: 'cancelled', version: 2 });
      expect((await send(platform.instance.url, orderId, 'approve', {})).status).toBe(409);
      expect(await cancellations.outcome(orderId)).toEqual({
        history: ['OrderCreated', 'OrderCancelled'],
        money: [],
        parcels: [],
      });
    });

    test('when it is with the carrier is not cancelled: 409, and nothing moves', async () => {
      const orderId = await cancellations.confirmed();
      await command(platform.instance.url, orderId, 'ship', {});
      const answer = await cancellations.tryToCancel(orderId);
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({
        type: 'urn:waybill:problem:illegal-transition',
        detail: expect.stringContaining('shipped'),
      });
      expect(await getOrder(platform.instance.url, orderId)).toMatchObject({ status: 'shipped', version: 9 });
      expect([await cancellations.money(orderId), await cancellations.parcels(orderId)]).toEqual([
        [AUTHORISED, CAPTURED],
        ['booking'],
      ]);
    });

    test('twice is cancelled once: the same key gets the same answer, and another key gets the order’s status', async () => {
      const orderId = await cancellations.confirmed();
      const key = { 'idempotency-key': randomUUID() };
      const first = await cancellations.cancel(orderId, key);
      expect(await cancellations.cancel(orderId, key)).toEqual({ ...first, replayed: 'true' });
      expect(['cancelling', 'cancelled']).toContain(
        (await cancellations.cancel(orderId, { 'idempotency-key': randomUUID() })).status,
      );
      const { history } = await cancellations.outcome(orderId);
      expect(history.filter((type) => type === 'CancellationRequested' || type === 'OrderCancelled')).toEqual([
        'CancellationRequested',
        'OrderCancelled',
      ]);
      expect(await cancellations.cancel(orderId)).toMatchObject({ status: 'cancelled', version: history.length });
      expect(await cancellations.cancel(orderId, key)).toEqual({ ...first, replayed: 'true' });
    });

    test('although it is another customer’s is answered as one that does not exist', async () => {
      const orderId = await cancellations.confirmed();
      const answer = await cancellations.tryToCancel(orderId, await asCustomer(platform.instance.url, 'C2'));
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        404,
        'urn:waybill:problem:order-not-found',
      ]);
      expect(await getOrder(platform.instance.url, orderId)).toMatchObject({ status: 'processing', version: 7 });
    });

    test('with an operator’s help names the operator in its reason', async () => {
      const orderId = await cancellations.confirmed();
      await command(platform.instance.url, orderId, 'cancel', { comment: 'They called us.' });
      expect(await cancellations.outcome(orderId, 'operator_request')).toMatchObject({
        money: [AUTHORISED, CAPTURED, REFUNDED],
      });
      const seen = await seenExecutions(platform.instance.url, orderId);
      expect(seen.map(({ executionId, beginning }) => [executionId, beginning[0]])).toEqual([
        ['order.1', 'ExecutionStarted'],
        ['cancellation.1', 'ExecutionStarted'],
      ]);
      expect(seen[0]).toMatchObject({ status: 'succeeded' });
    });
  });
}
