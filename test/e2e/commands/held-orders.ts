import { beforeAll, describe, expect, test } from 'vitest';
import { send } from '../../support/api/command-requests.ts';
import { finalOrder, getOrder, historyTypes } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asCustomer, asOperator } from '../../support/api/tokens.ts';
import { placeHeld } from '../../support/orders/held.ts';
import { readLedger } from '../../support/platform/partners.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { commandAndRead } from './asking.ts';

/** Approval and rejection of orders that are held for review. */
export function heldOrders(platform: SuitePlatform): void {
  let url: string;
  beforeAll(() => {
    ({ url } = platform.instance);
  });

  describe('An order that is held for review', () => {
    test('waits without any payment, and is processed when an operator approves it', async () => {
      const orderId = await placeHeld(url);
      expect(await getOrder(url, orderId)).toMatchObject({
        status: 'held',
        version: 1,
        payment: { status: 'pending' },
      });
      expect(await readLedger(platform.instance.gatewayUrl, orderId)).toEqual([]);
      await commandAndRead(url, orderId, 'approve');
      expect(await finalOrder(url, orderId)).toMatchObject({
        status: 'processing',
        payment: { status: 'captured', amount: { amount: 1_290_000 } },
      });
      expect((await historyTypes(url, orderId)).slice(0, 2)).toEqual(['OrderCreated', 'OrderApproved']);
      expect(await problemOf(await send(url, orderId, 'approve', {}))).toMatchObject({
        ...problem(409, 'illegal-transition'),
        detail: expect.stringMatching(/is processing;.*held/),
      });
    });

    test('is cancelled when an operator rejects it, and no money moves', async () => {
      const orderId = await placeHeld(url);
      expect(await commandAndRead(url, orderId, 'reject', { comment: 'Unknown reseller.' })).toMatchObject({
        status: 'cancelled',
        reason: 'rejected',
        version: 2,
      });
      expect(await historyTypes(url, orderId)).toEqual(['OrderCreated', 'OrderCancelled']);
      expect(await problemOf(await send(url, orderId, 'approve', {}))).toMatchObject(
        problem(409, 'illegal-transition'),
      );
      expect(await readLedger(platform.instance.gatewayUrl, orderId)).toEqual([]);
    });

    test.each(['approve', 'reject'])(
      'lets neither its customer nor an operator without the scope %s it',
      async (name) => {
        const orderId = await placeHeld(url);
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

    test('is decided once, though one operator approves and another rejects it at the same moment', async () => {
      const orderId = await placeHeld(url);
      const answers = await Promise.all(['approve', 'reject'].map((name) => send(url, orderId, name, {})));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
      const decisions = (await historyTypes(url, orderId)).filter(
        (type) => type === 'OrderApproved' || type === 'OrderCancelled',
      );
      expect(decisions).toHaveLength(1);
    });
  });
}
