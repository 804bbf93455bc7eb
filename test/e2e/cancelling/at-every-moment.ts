import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/run/eventually.ts';
import type { Cancellations } from './cancellations.ts';
import { MOMENTS, WAITS } from './moments.ts';

export function cancelledAtEveryMoment(cancellations: Cancellations): void {
  describe('An order that its customer cancels', () => {
    /** Cancelled side by side: each waits for its partners. */
    const cancelled = new Map<string, Promise<string>>();
    beforeAll(() => {
      for (const [name, { placing, reach, version }] of Object.entries(MOMENTS)) {
        cancelled.set(
          name,
          eventually(`an order that is cancelled ${name}`, async () => {
            const orderId = await cancellations.place(placing);
            await reach?.(orderId, cancellations);
            return (await cancellations.tryToCancel(orderId, { 'if-match': `"${version}"` })).status === 202
              ? orderId
              : undefined;
          }),
        );
      }
      for (const [name, { placing, fact }] of Object.entries(WAITS)) {
        cancelled.set(
          name,
          cancellations.place(placing).then(async (orderId) => {
            await cancellations.untilRecorded(orderId, fact);
            await sleep(300);
            await cancellations.cancel(orderId);
            return orderId;
          }),
        );
      }
      return Promise.allSettled(cancelled.values());
    });

    test.each(Object.entries(MOMENTS))('%s', async (name, { expected }) => {
      expect(await cancellations.outcome(await cancelled.get(name)!)).toEqual(expected);
    });

    test.each(Object.entries(WAITS))(
      'while its saga waits %s has neither money nor parcel held',
      async (name, { possible }) => {
        const { money: moved, parcels: sent } = await cancellations.outcome(await cancelled.get(name)!);
        expect(possible).toContainEqual(moved);
        expect([[], ['withdrawal']]).toContainEqual(sent);
      },
    );
  });
}
