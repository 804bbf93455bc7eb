import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { orderOfShipment, type ShipmentId, shipmentIdOf } from '../../../functions/shared/kernel/shipment-id.ts';
import type { Carrier, Consignment } from '../../../functions/shipping/application/ports.ts';
import {
  CarrierUnavailable,
  ShipmentOutcomeUnknown,
  ShipmentRequestRefused,
} from '../../../functions/shipping/domain/errors.ts';
import type { Shipment } from '../../../functions/shipping/domain/shipment.ts';
import { Fates } from './fate.ts';

export type ShipmentMovement = 'booking' | 'rebooking' | 'refusal' | 'cancellation';

/** The port in memory; it passes the same contract suite as the HTTP adapter. Postal code 000000 is refused, others work. */
export class InMemoryCarrier implements Carrier {
  readonly fates = new Fates();
  readonly #shipments = new Map<ShipmentId, Shipment>();
  /** The latest booking. */
  readonly #bookings = new Map<ShipmentId, Consignment>();
  readonly #movements = new Map<ShipmentId, ShipmentMovement[]>();

  /** Of one of the order's shipments, by default the first. */
  movements(orderId: OrderId, number = 1): readonly ShipmentMovement[] {
    return this.#movements.get(shipmentIdOf(orderId, number)) ?? [];
  }

  /** Content and address of one of the order's shipments, by default the first. */
  bookedFor(orderId: OrderId, number = 1): Consignment | undefined {
    return this.#bookings.get(shipmentIdOf(orderId, number));
  }

  async find(shipmentId: ShipmentId): Promise<Shipment> {
    return this.#shipments.get(shipmentId) ?? { status: 'none' };
  }

  async book(shipmentId: ShipmentId, booking: Consignment): Promise<Shipment> {
    return this.#change(shipmentId, () => {
      const known = this.#shipments.get(shipmentId);
      const { address, revision } = booking;
      if (known && known.status !== 'booked') return;
      if (known && revision < known.revision) return;
      if (known?.revision === revision) {
        if (JSON.stringify(this.#bookings.get(shipmentId)) !== JSON.stringify(booking)) {
          throw new ShipmentRequestRefused(orderOfShipment(shipmentId), 'key-reused');
        }
        return;
      }
      this.#bookings.set(shipmentId, booking);
      if (address.postalCode === '000000') this.#move(shipmentId, 'refusal', { status: 'refused' });
      else {
        this.#move(shipmentId, known ? 'rebooking' : 'booking', {
          status: 'booked',
          bookingId: `shp-${shipmentId}`,
          carrier: 'In Memory',
          trackingNumber: `TRK-${shipmentId}`,
          revision,
        });
      }
    });
  }

  async cancel(shipmentId: ShipmentId): Promise<Shipment> {
    return this.#change(shipmentId, () => {
      const shipment = this.#shipments.get(shipmentId);
      if (!shipment) this.#shipments.set(shipmentId, { status: 'withdrawn' });
      if (shipment?.status === 'booked') {
        this.#move(shipmentId, 'cancellation', { status: 'cancelled', bookingId: shipment.bookingId });
      }
    });
  }

  async #change(shipmentId: ShipmentId, carryOut: () => void): Promise<Shipment> {
    const fate = this.fates.next();
    if (fate === 'not carried out') throw new CarrierUnavailable(orderOfShipment(shipmentId));
    carryOut();
    if (fate === 'outcome unknown') throw new ShipmentOutcomeUnknown(orderOfShipment(shipmentId));
    return this.find(shipmentId);
  }

  #move(shipmentId: ShipmentId, movement: ShipmentMovement, shipment: Shipment): void {
    this.#shipments.set(shipmentId, shipment);
    this.#movements.set(shipmentId, [...(this.#movements.get(shipmentId) ?? []), movement]);
  }
}
