import type { OrderId } from '../../shared/kernel/ids.ts';
import { PartnerHttp, type PartnerOptions } from '../../shared/outbound/partner-http.ts';
import type { Booking, Carrier } from '../application/ports.ts';
import { CarrierUnavailable, ShipmentOutcomeUnknown, ShipmentRequestRefused } from '../domain/errors.ts';
import type { Shipment } from '../domain/shipment.ts';
import { refusesRequest, shipmentIn } from './carrier-answers.ts';

const pathOf = (orderId: OrderId, action = ''): string => `/v1/shipments/${encodeURIComponent(orderId)}${action}`;

interface Change {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Whether a shipment looks as if the change had not been made, but could be. */
  readonly isOpen: (shipment: Shipment) => boolean;
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
    if (!shipment) {
      throw new CarrierUnavailable(orderId, new Error(`An answer ${answer.value.status} that shows no shipment.`));
    }
    return shipment;
  }

  book(orderId: OrderId, booking: Booking): Promise<Shipment> {
    return this.#change(orderId, {
      method: 'PUT',
      path: pathOf(orderId),
      body: booking,
      isOpen: (shipment) =>
        shipment.status === 'none' || (shipment.status === 'booked' && shipment.revision < booking.revision),
    });
  }

  cancel(orderId: OrderId): Promise<Shipment> {
    return this.#change(orderId, {
      method: 'POST',
      path: pathOf(orderId, '/cancel'),
      isOpen: ({ status }) => status === 'none' || status === 'booked',
    });
  }

  async #change(orderId: OrderId, { isOpen, ...request }: Change): Promise<Shipment> {
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
    if (isOpen(shipment)) throw new CarrierUnavailable(orderId, cause);
    return shipment;
  }
}
