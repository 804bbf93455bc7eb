import { createHash, randomUUID } from 'node:crypto';
import { HttpError, type Answer } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { behaviourOf } from './magic-postal-codes.ts';
import type { BookRequest, Shipment, ShipmentMovement } from './protocol.ts';

const CARRIER = 'Simulated Express';

/** The carrier's rules. Each request reads, decides and writes without a pause, so requests never interleave. */
export class Shipments {
  readonly #ledger: Ledger<ShipmentMovement>;

  constructor(ledger: Ledger<ShipmentMovement>) {
    this.#ledger = ledger;
  }

  get(key: string): Answer {
    const shipment = this.#find(key);
    if (!shipment) throw new HttpError(404, 'unknown-shipment');
    return { status: 200, body: { key, ...shipment } };
  }

  book(key: string, request: BookRequest): Answer {
    const behaviour = behaviourOf(request.address.postalCode);
    if (behaviour === 'down') throw new HttpError(503, 'unavailable');
    const known = this.#find(key);
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    if (known?.status === 'withdrawn') throw new HttpError(409, 'withdrawn');
    if (!known) {
      this.#ledger.append(key, behaviour === 'refuses' ? { kind: 'refusal' } : booking(request), fingerprint);
    } else if (this.#ledger.memo(key) !== fingerprint) {
      throw new HttpError(422, 'key-reused', 'This key belongs to a shipment of other parcels, or to another address.');
    }
    const shipment = this.#find(key);
    if (shipment?.status === 'refused') throw new HttpError(422, 'address-refused');
    if (shipment?.status === 'cancelled') throw new HttpError(409, 'withdrawn');
    return { status: known ? 200 : 201, body: { key, ...shipment } };
  }

  cancel(key: string): Answer {
    const shipment = this.#find(key);
    if (!shipment) this.#ledger.append(key, { kind: 'withdrawal' });
    if (shipment?.status === 'booked') this.#ledger.append(key, { kind: 'cancellation', shipmentId: shipment.shipmentId });
    return this.get(key);
  }

  #find(key: string): Shipment | undefined {
    return this.#ledger.of(key).reduce<Shipment | undefined>(evolve, undefined);
  }
}

function booking({ parcels }: BookRequest): ShipmentMovement {
  const shipmentId = `shp_${randomUUID()}`;
  return {
    kind: 'booking',
    shipmentId,
    trackingNumber: `SX${shipmentId.replaceAll('-', '').slice(-12).toUpperCase()}`,
    carrier: CARRIER,
    quantity: parcels.reduce((total, { quantity }) => total + quantity, 0),
  };
}

function evolve(shipment: Shipment | undefined, entry: ShipmentMovement): Shipment | undefined {
  switch (entry.kind) {
    case 'booking': {
      const { shipmentId, trackingNumber, carrier } = entry;
      return { status: 'booked', shipmentId, trackingNumber, carrier };
    }
    case 'refusal':
      return { status: 'refused' };
    case 'withdrawal':
      return { status: 'withdrawn' };
    case 'cancellation':
      return shipment?.status === 'booked' ? { ...shipment, status: 'cancelled' } : shipment;
  }
}
