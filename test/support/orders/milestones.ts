/** The milestones of an order whose events happen hours after one another. */
import { fold } from '../../../functions/orders/domain/evolve.ts';
import { type Milestone, milestonesOf } from '../../../functions/orders/domain/milestones.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { OrderEvent, PromisedTimes } from '../../../functions/published/order-events.ts';
import { created, EVENTS, newEvent, ORDER_ID, START } from './streams.ts';

/** An event, and how many hours after the order it happens. */
export type Happening = readonly [OrderEvent, number];
const HOUR_MS = 3_600_000;
export const timeAt = (hours: number) => new Date(START + hours * HOUR_MS).toISOString();

/** What `PLACED` promises. */
export const PROMISED: PromisedTimes = { confirmed: timeAt(1), shipped: timeAt(48), delivered: timeAt(96) };
/** The event with the promise, when it is the one that can have it. */
export const promising = (promised: PromisedTimes, event: OrderEvent = created()): OrderEvent =>
  event.type === 'OrderCreated' ? { ...event, data: { ...event.data, promised } } : event;

const orderOf = (...happenings: readonly Happening[]) =>
  fold(
    happenings.map(([event, hours], index) => ({
      ...newEvent(event, hours * 3_600),
      orderId: ORDER_ID,
      version: index + 1,
    })),
  ) as ExistingOrder;
/** The order, and its milestones some hours after it was placed. */
export const given = (...happenings: readonly Happening[]) => {
  const order = orderOf(...happenings);
  const at = (hours: number) => milestonesOf(order, START + hours * HOUR_MS);
  return { order, at, named: (name: Milestone['name'], hours: number) => at(hours).find((one) => one.name === name) };
};

export const PLACED: Happening = [promising(PROMISED), 0];
/** Confirmed. */
export const PAID: readonly Happening[] = [
  [EVENTS.reserved, 0.1],
  [EVENTS.authorised, 0.2],
  [EVENTS.arranged, 0.3],
  [EVENTS.captured, 0.4],
  [EVENTS.confirmed, 0.5],
];
/** As it is expected before it is met. */
export const toCome = (name: keyof PromisedTimes) => ({
  name,
  promisedAt: PROMISED[name],
  expectedAt: PROMISED[name],
  late: false,
});
