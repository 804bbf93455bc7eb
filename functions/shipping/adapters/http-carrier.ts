import type { OrderId } from '../../shared/kernel/ids.ts';
import type { PartnerExchange } from '../../shared/outbound/partner-exchange.ts';
import { PartnerRecords } from '../../shared/outbound/partner-records.ts';
import type { Booking, Carrier } from '../application/ports.ts';
import { CarrierUnavailable, ShipmentOutcomeUnknown, ShipmentRequestRefused } from '../domain/errors.ts';
import type { Shipment } from '../domain/shipment.ts';
import { shipmentIn } from './carrier-answers.ts';
import type { ShippingOperation } from './partner.ts';

/** The carrier over HTTP; its protocol is in `partners/carrier/README.md`. */
export class HttpCarrier implements Carrier {
  readonly #shipments: PartnerRecords<ShippingOperation, Shipment>;

  constructor(exchange: PartnerExchange<ShippingOperation>) {
    this.#shipments = new PartnerRecords({
      exchange,
      path: '/v1/shipments',
      recordIn: shipmentIn,
      errors: {
        Unavailable: CarrierUnavailable,
        OutcomeUnknown: ShipmentOutcomeUnknown,
        RequestRefused: ShipmentRequestRefused,
      },
    });
  }

  find(orderId: OrderId): Promise<Shipment> {
    return this.#shipments.find(orderId);
  }

  book(orderId: OrderId, booking: Booking): Promise<Shipment> {
    return this.#shipments.change(orderId, {
      operation: 'book',
      method: 'PUT',
      body: booking,
      isOpen: (shipment) =>
        shipment.status === 'none' || (shipment.status === 'booked' && shipment.revision < booking.revision),
    });
  }

  cancel(orderId: OrderId): Promise<Shipment> {
    return this.#shipments.change(orderId, {
      operation: 'cancel',
      method: 'POST',
      action: '/cancel',
      isOpen: ({ status }) => status === 'none' || status === 'booked',
    });
  }
}
