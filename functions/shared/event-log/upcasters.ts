/**
 * Stored events are never rewritten. Each event type has a schema version of its own; what is stored in an older one is
 * turned, version by version, into the shape that the code knows now.
 */

import type { OrderEventType, RecordedOrderEvent, ShippingAddress } from '../../published/order-events.ts';
import { WaybillError } from '../kernel/errors.ts';
import { type Money, times, zero } from '../kernel/money.ts';

type Data = Readonly<Record<string, unknown>>;
/** Turns an event's data from one schema version into the next. Pure. */
export type Upcaster = (data: Data) => Data;
/** For each type the upcasters from version 1 on; the current version is one more than there are. */
export type Upcasters = { readonly [Type in OrderEventType]: readonly Upcaster[] };

/** An event of a type or a version that only newer code can read: the function is older than the log. */
export class UnknownEventVersion extends WaybillError {
  override readonly name = 'UnknownEventVersion' as const;
}

interface OrderCreatedV1 {
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: Money }[];
  readonly total: Money;
  readonly shippingAddress: ShippingAddress;
}

/** Version 2 knows discounts, and the customer apart from the parcel's recipient. Before it there was neither. */
export const orderCreatedToV2: Upcaster = (stored) => {
  const data = stored as Data & OrderCreatedV1;
  return {
    ...data,
    lines: data.lines.map((line) => ({
      ...line,
      discount: zero(line.unitPrice.currency),
      net: times(line.unitPrice, line.quantity),
    })),
    subtotal: data.total,
    discounts: [],
    customer: { name: data.shippingAddress.name },
  };
};

/** The event types that the log can hold, each with its way from older versions. */
const UPCASTERS: Upcasters = {
  OrderCreated: [orderCreatedToV2],
  OrderApproved: [],
  AddressChanged: [],
  ItemsChangeRequested: [],
  ItemsChanged: [],
  ItemsChangeRefused: [],
  InventoryReserved: [],
  InventoryReleased: [],
  PaymentAuthorised: [],
  PaymentDeclined: [],
  PaymentCaptured: [],
  PaymentVoided: [],
  PaymentRefunded: [],
  ShipmentArranged: [],
  ShipmentCancelled: [],
  OrderConfirmed: [],
  OrderShipped: [],
  OrderDelivered: [],
  CancellationRequested: [],
  OrderCancelled: [],
  CompensationParked: [],
  RefundRequested: [],
  RefundFailed: [],
  ReturnRequested: [],
  ReturnReceived: [],
};

/** The version in which events of this type are stored now. */
export const schemaVersionOf = (type: OrderEventType): number => UPCASTERS[type].length + 1;

/**
 * The event that a stored item is today.
 * @throws UnknownEventVersion for a type or a version that this code does not know
 */
export function upcast(
  { schemaVersion, ...event }: Readonly<Record<string, unknown>>,
  upcasters: Upcasters = UPCASTERS,
): RecordedOrderEvent {
  const { type, data } = event;
  const chain = Object.hasOwn(upcasters, String(type)) ? upcasters[type as OrderEventType] : undefined;
  if (
    !chain ||
    !Number.isInteger(schemaVersion) ||
    Number(schemaVersion) < 1 ||
    Number(schemaVersion) > chain.length + 1
  ) {
    const { orderId, version } = event;
    throw new UnknownEventVersion(`This code cannot read ${String(type)} in version ${String(schemaVersion)}.`, {
      data: { orderId, version, type, schemaVersion },
    });
  }
  const current = chain.slice(Number(schemaVersion) - 1).reduce((older, next) => next(older), data as Data);
  return { ...event, data: current } as unknown as RecordedOrderEvent;
}
