/** One order of the crash test from its first request to its last. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenRequest } from '../../launch/clients/tokens.ts';
import type { Kind } from '../fault/load.ts';
import type { PatientClient } from '../fault/real/patient-client.ts';
import type { Checkout } from './checkout.ts';
import type { SeenOrder } from './lives.ts';
import type { Plan } from './plans.ts';

const OPERATOR: TokenRequest = {
  sub: 'O1',
  role: 'operator',
  scope: 'orders:read orders:approve orders:refund orders:fulfil',
};
const customer = (sub: string): TokenRequest => ({ sub, role: 'customer' });

const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 4_000;
/** Nothing more becomes of an order by itself. */
const ENDED = ['cancelled', 'refunded'];
const never = () => false;

export interface Surroundings {
  readonly client: PatientClient;
  readonly checkout: Checkout;
  /** The kinds of the orders that were accepted, by their ids. */
  readonly kinds: Map<string, Kind>;
}

export async function live(plan: Plan, { client, checkout, kinds }: Surroundings): Promise<void> {
  const { customerId, kind, paying } = plan;
  const placed = await client.untilAnswered(never, customer(customerId), {
    method: 'POST',
    path: '/orders',
    body: plan.body,
  });
  if (placed?.status !== 202) throw new Error(`An order was answered ${placed?.status}: ${placed?.text}`);
  const { orderId } = JSON.parse(placed.text) as { orderId: string };
  kinds.set(orderId, kind);
  const seen = async (isEnough: (order: SeenOrder) => boolean): Promise<SeenOrder | undefined> => {
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LAST_LOOK_MS, 1.5 * pause)) {
      const answer = await client.untilAnswered(never, OPERATOR, { method: 'GET', path: `/orders/${orderId}` });
      const order = JSON.parse(answer!.text) as SeenOrder;
      if (isEnough(order)) return order;
      if (ENDED.includes(order.status)) return undefined;
      await sleep(pause);
    }
  };
  const pay = async (): Promise<void> => {
    if (paying === undefined || paying === 'leaves') return;
    const order = await seen(({ payment }) => payment.action !== undefined);
    if (order) await checkout.pay(order, paying);
  };
  const ask = async (): Promise<void> => {
    for (const { by, method = 'POST', path, body, once, afterMs } of plan.steps) {
      const before = await seen(({ status }) => once === undefined || status === once);
      if (!before) return;
      await sleep(afterMs);
      const answer = await client.untilAnswered(never, by === 'customer' ? customer(customerId) : OPERATOR, {
        method,
        path: `/orders/${orderId}/${typeof path === 'string' ? path : path(before)}`,
        body: body?.(before) ?? {},
      });
      if (answer?.status !== 202) return;
    }
  };
  await Promise.all([pay(), ask()]);
}
