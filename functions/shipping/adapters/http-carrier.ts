import { orderOfShipment, type ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { PartnerExchange } from '../../shared/outbound/partner-exchange.ts';
import { PartnerRecords } from '../../shared/outbound/partner-records.ts';
import type { Carrier, Consignment } from '../application/ports.ts';
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

  find(shipmentId: ShipmentId): Promise<Shipment> {
    return this.#shipments.find(orderOfShipment(shipmentId), shipmentId);
  }

  book(shipmentId: ShipmentId, { address, items, revision, service }: Consignment): Promise<Shipment> {
    return this.#shipments.change(orderOfShipment(shipmentId), {
      operation: 'book',
      key: shipmentId,
      method: 'PUT',
      body: { address, parcels: items, revision, service },
      isOpen: (shipment) =>
        shipment.status === 'none' || (shipment.status === 'booked' && shipment.revision < revision),
    });
  }

  cancel(shipmentId: ShipmentId): Promise<Shipment> {
    return this.#shipments.change(orderOfShipment(shipmentId), {
      operation: 'cancel',
      key: shipmentId,
      method: 'POST',
      action: '/cancel',
      isOpen: ({ status }) => status === 'none' || status === 'booked',
    });
  }
}
