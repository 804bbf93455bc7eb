import { ShipmentRequestRefused } from '../../../functions/shipping/domain/errors.ts';
import type { Shipment } from '../../../functions/shipping/domain/shipment.ts';
import type { Carrier, Parcel } from '../../../functions/shipping/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { ShippingAddress } from '../../../functions/shared/kernel/order-events.ts';

export type CarrierEntry = 'booking' | 'refusal' | 'cancellation' | 'withdrawal';

/** The carrier in memory; it passes the same contract suite as the adapter over HTTP. Postal code 00000 is refused. */
export class FakeCarrier implements Carrier {
  readonly #shipments = new Map<OrderId, Shipment>();
  readonly #asked = new Map<OrderId, string>();
  readonly #entries: (readonly [OrderId, CarrierEntry])[] = [];

  ledger(orderId: OrderId): readonly CarrierEntry[] {
    return this.#entries.filter(([id]) => id === orderId).map(([, kind]) => kind);
  }

  async find(orderId: OrderId): Promise<Shipment> {
    return this.#shipments.get(orderId) ?? { status: 'none' };
  }

  async book(orderId: OrderId, address: ShippingAddress, parcels: readonly Parcel[]): Promise<Shipment> {
    const shipment = await this.find(orderId);
    const asked = JSON.stringify([address, parcels]);
    if ((this.#asked.get(orderId) ?? asked) !== asked) throw new ShipmentRequestRefused(orderId, 'key-reused');
    if (shipment.status !== 'none') return shipment;
    this.#asked.set(orderId, asked);
    return address.postalCode === '00000'
      ? this.#enter(orderId, { status: 'refused' }, 'refusal')
      : this.#enter(orderId, { status: 'booked', shipmentId: `shp-${orderId}`, carrier: 'Fake Express', trackingNumber: 'TRK-1' }, 'booking');
  }

  async cancel(orderId: OrderId): Promise<Shipment> {
    const shipment = await this.find(orderId);
    if (shipment.status === 'none') return this.#enter(orderId, { status: 'withdrawn' }, 'withdrawal');
    if (shipment.status !== 'booked') return shipment;
    return this.#enter(orderId, { status: 'cancelled', shipmentId: shipment.shipmentId }, 'cancellation');
  }

  #enter(orderId: OrderId, shipment: Shipment, entry: CarrierEntry): Shipment {
    this.#shipments.set(orderId, shipment);
    this.#entries.push([orderId, entry]);
    return shipment;
  }
}
