/** Everything that is held of a person, for the person. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { fold } from '../domain/evolve.ts';
import { viewOf } from '../domain/order-view.ts';
import { forPerson } from '../domain/personal-data.ts';
import type { Erasures, ToldCustomers } from './erasure-ports.ts';
import type { CustomerOrders, PlaceInList } from './ports.ts';

export interface PersonalDataDeps {
  readonly customerOrders: CustomerOrders;
  readonly log: Pick<OrderLog, 'read'>;
  readonly inbox: Pick<ToldCustomers, 'told'>;
  readonly erasures: Pick<Erasures, 'of'>;
}

/** A page of orders, the newest first, each as it is now and with its whole history; what belongs to no order is on the first page. */
export async function collectPersonalData(
  { customerOrders, log, inbox, erasures }: PersonalDataDeps,
  customerId: CustomerId,
  { limit, after }: { readonly limit: number; readonly after: PlaceInList | undefined },
) {
  const { items, next } = await customerOrders.page({ customerId }, limit, after);
  const streams = await Promise.all(items.map(({ orderId }) => log.read(orderId as OrderId)));
  const orders = streams.flatMap((events) => {
    const order = fold(events);
    return order.status === 'none' ? [] : [{ order: forPerson(viewOf(order)), events: events.map(shown) }];
  });
  const first =
    after === undefined
      ? { notifications: await inbox.told(customerId), erasures: (await erasures.of(customerId)).map(aboutErasure) }
      : {};
  return { orders, ...first, next };
}

/** Who of the shop's people did something is not the customer's to know. */
function shown({ version, type, occurredAt, actor, data }: RecordedOrderEvent) {
  const by = actor.type === 'customer' ? actor : { type: actor.type };
  return { version, type, occurredAt, actor: by, data: forPerson(data) };
}

const aboutErasure = ({
  erasureId,
  reason,
  requestedAt,
  status,
  doneAt,
}: Awaited<ReturnType<Erasures['of']>>[number]) => ({
  erasureId,
  reason,
  requestedAt,
  status,
  ...(doneAt === undefined ? {} : { doneAt }),
});
