import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command } from '../../support/api/command-requests.ts';
import { finalOrder, getOrder, orderBody, post } from '../../support/api/order-requests.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const DAY_MS = 24 * 3_600_000;
/** Of so many, an operator has to approve the order first. */
const HELD = [{ sku: 'TSHIRT', quantity: 100 }];

interface Placed {
  readonly orderId: string;
  readonly estimatedDeliveryAt: string;
}
interface Milestone {
  readonly name: string;
  readonly promisedAt?: string;
  readonly expectedAt?: string;
  readonly metAt?: string;
  readonly late: boolean;
}

/** A shop that changes what it promises. `config` is `npm run config` with these arguments. */
export function promises(platform: SuitePlatform, config: (...args: string[]) => Promise<unknown>): void {
  const url = () => platform.instance.url;
  const placed = async (items?: typeof HELD): Promise<Placed> => {
    const answer = await post(url(), orderBody(items ? { items } : {}));
    expect(answer.status).toBe(202);
    return (await answer.json()) as Placed;
  };
  const milestonesOf = async (orderId: string): Promise<readonly Milestone[]> =>
    ((await getOrder(url(), orderId)) as unknown as { milestones: readonly Milestone[] }).milestones;
  const milestone = async (orderId: string, wanted: string) =>
    (await milestonesOf(orderId)).find(({ name }) => name === wanted)!;
  const daysUntil = (time: string) => Math.round((Date.parse(time) - Date.now()) / DAY_MS);

  describe('A shop that promises other times', () => {
    let before: Placed;
    beforeAll(async () => {
      before = await placed(HELD);
      await config(
        ...['set', 'promises.confirmWithinSeconds=1', 'promises.deliverWithinDays=30', '--reason', 'It snows.'],
      );
    });

    test('tells them with each order, is late with what it does not keep, and keeps what it has promised before', async () => {
      expect(daysUntil(before.estimatedDeliveryAt)).toBe(7);
      const order = await eventually('the setting takes effect', async () => {
        const one = await placed(HELD);
        return daysUntil(one.estimatedDeliveryAt) === 30 ? one : undefined;
      });
      const isLate = async () => (await milestone(order.orderId, 'confirmed')).late || undefined;
      await eventually('the order is late', isLate);
      expect(await milestone(order.orderId, 'delivered')).toMatchObject({
        promisedAt: order.estimatedDeliveryAt,
        late: false,
      });
      const headers = { ...(await asCustomer(url())), 'if-none-match': '"1"' };
      expect((await callApi(url(), `/orders/${order.orderId}`, { headers })).status).toBe(200);
      expect(await milestone(before.orderId, 'confirmed')).toMatchObject({ late: false });
      expect(await milestone(before.orderId, 'delivered')).toMatchObject({ promisedAt: before.estimatedDeliveryAt });
    });

    test('expects the delivery when the carrier does, and shows when each milestone was met', async () => {
      const { orderId, estimatedDeliveryAt } = await placed();
      const { shipments } = (await finalOrder(url(), orderId)) as unknown as {
        shipments: readonly { estimatedDeliveryAt: string }[];
      };
      expect(await milestone(orderId, 'delivered')).toEqual({
        name: 'delivered',
        promisedAt: estimatedDeliveryAt,
        expectedAt: shipments[0]!.estimatedDeliveryAt,
        late: false,
      });
      for (const name of ['ship', 'deliver']) await command(url(), orderId, name, {});
      const milestones = await milestonesOf(orderId);
      expect(milestones.map(({ name }) => name)).toEqual(['placed', 'confirmed', 'shipped', 'delivered']);
      const times = milestones.map(({ metAt }) => metAt);
      expect(times).toEqual(times.toSorted());
      expect(times).not.toContain(undefined);
    });
  });
}
