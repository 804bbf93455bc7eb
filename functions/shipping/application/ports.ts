import type { ShippingAddress } from '../../published/order-events.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { Shipment } from '../domain/shipment.ts';

/** A quantity of one article, in one parcel. */
export interface Parcel {
  readonly sku: Sku;
  /** Whole units, at least 1. */
  readonly quantity: number;
}

/** What is to be delivered, and where to. */
export interface Booking {
  readonly address: ShippingAddress;
  readonly parcels: readonly Parcel[];
  /**
   * From 1, and higher whenever address or parcels have changed: the version of the event that changed them. Tells a
   * booking that comes late from the one that replaced it.
   */
  readonly revision: number;
}

/**
 * The carrier: one shipment per order, under the order's id, whatever is repeated. Every change resolves to the shipment
 * as it is afterwards, also when the change was refused: a booking may resolve to a withdrawn shipment.
 *
 * A lost answer is not a failure: the adapter asks the carrier what became of the shipment. Every change throws
 * - CarrierUnavailable when the carrier did not make it: repeating it is safe;
 * - ShipmentOutcomeUnknown when the carrier cannot be asked: repeating it is safe, giving up without an undo is not;
 * - ShipmentRequestRefused when the carrier does not take the request as it is.
 */
export interface Carrier {
  /** What the carrier knows of the order's shipment. @throws CarrierUnavailable */
  find(orderId: OrderId): Promise<Shipment>;

  /**
   * Orders the delivery, or changes what was ordered at a lower revision; the shipment keeps its id and its tracking number.
   * Resolves to a booked or refused shipment, or to one that was cancelled before.
   */
  book(orderId: OrderId, booking: Booking): Promise<Shipment>;

  /**
   * Cancels the delivery; when there is none, withdraws it, so that a booking that comes later is refused. Resolves to a
   * cancelled, withdrawn or refused shipment.
   */
  cancel(orderId: OrderId): Promise<Shipment>;
}

/** What the use cases of shipping need. */
export interface ShippingDeps extends StepDeps {
  readonly carrier: Carrier;
}
