import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { send } from '../../support/api/command-requests.ts';
import { getOrder } from '../../support/api/order-requests.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { until } from '../../support/run/eventually.ts';
import fc from '../../support/run/properties.ts';
import type { Cancellations } from './cancellations.ts';

export function cancelledAtAnyTime(platform: SuitePlatform, cancellations: Cancellations): void {
  describe('Cancellations at any time', () => {
    test('undo an order in full, whenever they come', async () => {
      const moment = fc.record({
        afterEvents: fc.integer({ min: 1, max: 6 }),
        afterMs: fc.integer({ min: 0, max: 100 }),
        token: fc.constantFrom('tok_ok', 'tok_ok', 'tok_ok', 'tok_flaky', 'tok_slow'),
      });
      const customers = fc.sample(fc.array(moment, { minLength: 6, maxLength: 6 }), { seed: 4, numRuns: 6 });
      const cancelled: { orderId: string; version: number }[] = [];
      const round = () =>
        Promise.all(
          customers.map(async (moments) => {
            for (const { afterEvents, afterMs, token } of moments) {
              const orderId = await cancellations.place({ token });
              await cancellations.untilEvents(orderId, afterEvents);
              await sleep(afterMs);
              cancelled.push({ orderId, ...(await cancellations.cancel(orderId)) });
            }
          }),
        );
      await until('the cancellations have hit sagas at several different moments', async () => {
        await round();
        return new Set(cancelled.map(({ version }) => version)).size > 3;
      });
      for (const { orderId } of cancelled) await cancellations.outcome(orderId);
    });

    test('and a parcel that leaves: one of the two wins, and the other is refused', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => cancellations.confirmed()));
      const asked = await Promise.all(
        ids.map((orderId) =>
          Promise.all([cancellations.tryToCancel(orderId), send(platform.instance.url, orderId, 'ship', {})]),
        ),
      );
      for (const [index, orderId] of ids.entries()) {
        const [cancelled, shipped] = asked[index]!;
        expect([cancelled.status, shipped.status].sort()).toEqual([202, 409]);
        if (cancelled.status === 202) await cancellations.outcome(orderId);
        else {
          expect(await getOrder(platform.instance.url, orderId)).toMatchObject({
            status: 'shipped',
            payment: { status: 'captured' },
          });
        }
      }
    });
  });
}
