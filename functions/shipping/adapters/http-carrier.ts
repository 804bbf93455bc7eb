import { PartnerHttp, type PartnerOptions } from '../../shared/edge/partner-http.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { ShippingAddress } from '../../shared/kernel/order-events.ts';
import { CarrierUnavailable, ShipmentOutcomeUnknown, ShipmentRequestRefused } from '../domain/errors.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { Carrier, Parcel } from '../ports.ts';
import { refusesRequest, shipmentIn } from './carrier-answers.ts';

const pathOf = (orderId: OrderId, action = ''): string => `/v1/shipments/${encodeURIComponent(orderId)}${action}`;

interface Change {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** A shipment that is still in one of these has not seen the change. */
  readonly before: readonly Shipment['status'][];
}

/** The carrier over HTTP; its protocol is in `partners/carrier/README.md`. */
export class HttpCarrier implements Carrier {
  readonly #http: PartnerHttp;

  constructor(options: PartnerOptions) {
    this.#http = new PartnerHttp(options);
  }

  async find(orderId: OrderId): Promise<Shipment> {
    const answer = await this.#http.send({ method: 'GET', path: pathOf(orderId) });
    if (!answer.ok) throw new CarrierUnavailable(orderId, answer.refusal.cause);
    const shipment = shipmentIn(answer.value);
    if (!shipment) throw new CarrierUnavailable(orderId, new Error(`An answer ${answer.value.status} that shows no shipment.`));
    return shipment;
  }

  book(orderId: OrderId, address: ShippingAddress, parcels: readonly Parcel[]): Promise<Shipment> {
    return this.#change(orderId, { method: 'PUT', path: pathOf(orderId), body: { address, parcels }, before: ['none'] });
  }

  cancel(orderId: OrderId): Promise<Shipment> {
    return this.#change(orderId, { method: 'POST', path: pathOf(orderId, '/cancel'), before: ['none', 'booked'] });
  }

  async #change(orderId: OrderId, { before, ...request }: Change): Promise<Shipment> {
    const answer = await this.#http.send(request);
    if (answer.ok) {
      const shipment = shipmentIn(answer.value);
      if (shipment) return shipment;
      if (refusesRequest(answer.value)) throw new ShipmentRequestRefused(orderId, answer.value.status);
    }
    const cause = answer.ok ? undefined : answer.refusal.cause;
    const shipment = await this.find(orderId).catch((error: unknown) => {
      throw new ShipmentOutcomeUnknown(orderId, cause ?? error);
    });
    if (before.includes(shipment.status)) throw new CarrierUnavailable(orderId, cause);
    return shipment;
  }
}
