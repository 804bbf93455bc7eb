import type { ShippingAddress } from '../../published/order-events.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { Shipment } from '../domain/shipment.ts';

/** What is to be delivered, where to, and how. */
export interface Consignment {
  readonly address: ShippingAddress;
  /** What is in the parcel. */
  readonly items: readonly Units[];
  /**
   * From 1, and higher whenever address or items have changed: the version of the event that changed them. Tells a
   * booking that comes late from the one that replaced it.
   */
  readonly revision: number;
  /** The carrier's product, such as `standard`. */
  readonly service: string;
}

/**
 * The carrier: one booking per shipment, under the shipment's id, whatever is repeated. Every change resolves to the shipment
 * as it is afterwards, also when the change was refused: a booking may resolve to a withdrawn shipment.
 *
 * A lost answer is not a failure: the adapter asks the carrier what became of the shipment. Every change throws
 * - CarrierUnavailable when the carrier did not make it: repeating it is safe;
 * - ShipmentOutcomeUnknown when the carrier cannot be asked: repeating it is safe, giving up without an undo is not;
 * - ShipmentRequestRefused when the carrier does not take the request as it is.
 */
export interface Carrier {
  /** What the carrier knows of the shipment. @throws CarrierUnavailable */
  find(shipmentId: ShipmentId): Promise<Shipment>;

  /**
   * Orders the delivery, or changes what was ordered at a lower revision; the booking keeps its id and its tracking number.
   * Resolves to a booked or refused shipment, or to one that was cancelled before.
   */
  book(shipmentId: ShipmentId, consignment: Consignment): Promise<Shipment>;

  /**
   * Cancels the delivery; when there is none, withdraws it, so that a booking that comes later is refused. Resolves to a
   * cancelled, withdrawn or refused shipment.
   */
  cancel(shipmentId: ShipmentId): Promise<Shipment>;
}

/** What the use cases of shipping need. */
export interface ShippingDeps extends StepDeps {
  readonly carrier: Carrier;
}
