import { describe, expect } from 'vitest';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

/** What an instance shows to Prometheus, by name and labels. */
async function measured({ embedded: { instance } }: SuitePlatform): Promise<(name: string) => number> {
  const text = await (await fetch(`${instance.endpointUrl}/metrics`)).text();
  const values = new Map(
    text.split('\n').map((line): [string, number] => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
  return (name) => values.get(name) ?? 0;
}

const OF_A_CONFIRMED_ORDER = [
  'waybill_orders_placed_sum',
  'waybill_orders_confirmed_sum',
  'waybill_checkout_duration_count',
];

export function figures(platform: SuitePlatform): void {
  describe('The figures of orders', () => {
    testWith('the pages of the embedded runtime')('move with the life of an order, its money included', async () => {
      const before = await measured(platform);
      const orderId = await place(platform.instance.url);
      const { total } = await finalOrder(platform.instance.url, orderId);
      const money = ['waybill_money_authorised_sum{currency="CNY"}', 'waybill_money_captured_sum{currency="CNY"}'];
      const expected = [
        ...OF_A_CONFIRMED_ORDER.map((name) => [name, 1] as const),
        ...money.map((name) => [name, total.amount] as const),
      ];
      /** On a busy machine an order may be late. */
      const ended = (of: (name: string) => number) => of('waybill_orders_in_time_sum') + of('waybill_orders_late_sum');
      // Orders of other tests may be counted in between.
      const grown = await eventually('figures of the order', async () => {
        const after = await measured(platform);
        const short = expected.filter(([name, by]) => after(name) - before(name) < by);
        return short.length === 0 ? after : undefined;
      });
      expect(ended(grown)).toBeGreaterThan(ended(before));
    });

    testWith('the pages of the embedded runtime')('tell why an order was cancelled', async () => {
      const name = 'waybill_orders_cancelled_sum{reason="payment_declined"}';
      const before = (await measured(platform))(name);
      await finalOrder(platform.instance.url, await place(platform.instance.url, { token: 'tok_declined' }));
      const after = await eventually('one more cancelled order', async () => {
        const now = (await measured(platform))(name);
        return now > before ? now : undefined;
      });
      expect(after).toBeGreaterThan(before);
    });
  });
}
