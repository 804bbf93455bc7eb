import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Booking, Carrier } from '../../../functions/shipping/application/ports.ts';
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
  readonly #shipments = new Map<OrderId, Shipment>();
  /** The latest booking. */
  readonly #bookings = new Map<OrderId, Booking>();
  readonly #movements = new Map<OrderId, ShipmentMovement[]>();

  movements(orderId: OrderId): readonly ShipmentMovement[] {
    return this.#movements.get(orderId) ?? [];
  }

  /** Content and address of the order's shipment. */
  bookedFor(orderId: OrderId): Booking | undefined {
    return this.#bookings.get(orderId);
  }

  async find(orderId: OrderId): Promise<Shipment> {
    return this.#shipments.get(orderId) ?? { status: 'none' };
  }

  async book(orderId: OrderId, booking: Booking): Promise<Shipment> {
    return this.#change(orderId, () => {
      const known = this.#shipments.get(orderId);
      const { address, revision } = booking;
      if (known && known.status !== 'booked') return;
      if (known && revision < known.revision) return;
      if (known?.revision === revision) {
        if (JSON.stringify(this.#bookings.get(orderId)) !== JSON.stringify(booking)) {
          throw new ShipmentRequestRefused(orderId, 'key-reused');
        }
        return;
      }
      this.#bookings.set(orderId, booking);
      if (address.postalCode === '000000') this.#move(orderId, 'refusal', { status: 'refused' });
      else {
        this.#move(orderId, known ? 'rebooking' : 'booking', {
          status: 'booked',
          shipmentId: `shp-${orderId}`,
          carrier: 'In Memory',
          trackingNumber: `TRK-${orderId}`,
          revision,
        });
      }
    });
  }

  async cancel(orderId: OrderId): Promise<Shipment> {
    return this.#change(orderId, () => {
      const shipment = this.#shipments.get(orderId);
      if (!shipment) this.#shipments.set(orderId, { status: 'withdrawn' });
      if (shipment?.status === 'booked') {
        this.#move(orderId, 'cancellation', { status: 'cancelled', shipmentId: shipment.shipmentId });
      }
    });
  }

  async #change(orderId: OrderId, carryOut: () => void): Promise<Shipment> {
    const fate = this.fates.next();
    if (fate === 'not carried out') throw new CarrierUnavailable(orderId);
    carryOut();
    if (fate === 'outcome unknown') throw new ShipmentOutcomeUnknown(orderId);
    return this.find(orderId);
  }

  #move(orderId: OrderId, movement: ShipmentMovement, shipment: Shipment): void {
    this.#shipments.set(orderId, shipment);
    this.#movements.set(orderId, [...this.movements(orderId), movement]);
  }
}
