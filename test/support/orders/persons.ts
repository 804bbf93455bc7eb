/** Orders of two persons, for tests of what is taken out of them: delivered, under way, cancelled, and another person's. */
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { type CustomerId, type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import type { PersonsStore } from './stored-persons.ts';
import { created, EVENTS, HAPPY_PATH, newEvent } from './streams.ts';

export const ANN = 'C-ann' as CustomerId;
const BOB = 'C-bob' as CustomerId;
export const OF_ANN = /Ann|ann@example|tok_of_ann|thanks/;
const ids = Array.from({ length: 4 }, (_, index) =>
  parseOrderId(`0190f3a0-0000-7000-8000-00000000000${index + 1}`),
) as [OrderId, OrderId, OrderId, OrderId];
export const [DELIVERED, UNDER_WAY, OF_BOB, CANCELLED] = ids;

const placedBy = (customerId: CustomerId, name: string): OrderEvent => {
  const { type, data } = created();
  const { country } = data.shippingAddress;
  return {
    type,
    data: {
      ...data,
      customerId,
      customer: { name: `${name} Example`, email: `${name.toLowerCase()}@example.com` },
      shippingAddress: { name: `${name} Example`, street: `${name} Lane 7`, country },
      requestHash: `hash of ${name}`,
      paymentMethod: { type: 'card', token: `tok_of_${name.toLowerCase()}` },
    },
  };
};
export const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
export const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const moved: OrderEvent = {
  type: 'AddressChanged',
  data: { shippingAddress: { name: 'Annabel', street: 'Annex 7', country: 'DE' } },
};
const cancelling: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'created', comment: 'no thanks' },
};
export const recorded = (orderId: OrderId, events: readonly OrderEvent[]) =>
  events.map((event, second) => newEvent(event, second, orderId));

export async function fillWithPersons(store: PersonsStore): Promise<void> {
  const confirmed = HAPPY_PATH.slice(1);
  await store.record(DELIVERED, recorded(DELIVERED, [placedBy(ANN, 'Ann'), moved, ...confirmed, shipped, delivered]));
  await store.record(UNDER_WAY, recorded(UNDER_WAY, [placedBy(ANN, 'Ann'), ...confirmed]));
  await store.record(OF_BOB, recorded(OF_BOB, [placedBy(BOB, 'Bob'), ...confirmed, shipped, delivered]));
  const { data } = EVENTS.cancelled;
  const cancelled: OrderEvent = { type: 'OrderCancelled', data: { ...data, customerId: ANN } };
  await store.record(CANCELLED, recorded(CANCELLED, [placedBy(ANN, 'Ann'), cancelling, cancelled]));
}
