import { createHash, randomUUID } from 'node:crypto';
import { type Answer, HttpError } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { behaviourOf } from './magic-postal-codes.ts';
import type { TrackingNotices } from './notices.ts';
import { type BookRequest, SERVICES, type Shipment, type ShipmentMovement, type TrackingRequest } from './protocol.ts';

const CARRIER = 'Simulated Express';
const SLOW_MS = 1_000;
const DAY_MS = 86_400_000;

/** The carrier's rules. Each request reads, decides and writes synchronously, so requests never interleave. */
export class Shipments {
  readonly #ledger: Ledger<ShipmentMovement>;
  readonly #now: () => number;

  readonly #notices: TrackingNotices;

  /** @param now milliseconds since the epoch. @default of this machine */
  constructor(
    ledger: Ledger<ShipmentMovement>,
    { notices, now = Date.now }: { readonly notices: TrackingNotices; readonly now?: () => number },
  ) {
    this.#ledger = ledger;
    this.#notices = notices;
    this.#now = now;
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
    if (known?.status === 'withdrawn' || known?.status === 'cancelled') throw new HttpError(409, 'withdrawn');
    if (!known || (known.status === 'booked' && request.revision > known.revision)) {
      this.#ledger.append(
        key,
        behaviour === 'refuses' ? refusal(known) : booking(request, known, this.#now()),
        fingerprintOf(request),
      );
    } else if (known.status === 'booked' && request.revision < known.revision) {
      throw new HttpError(409, 'superseded', `The booking is of revision ${known.revision}.`);
    } else if (this.#ledger.memo(key) !== fingerprintOf(request)) {
      throw new HttpError(422, 'key-reused', 'This revision has other parcels, or another address.');
    }
    const shipment = this.#find(key);
    if (shipment?.status === 'refused') throw new HttpError(422, 'address-refused');
    return {
      status: known ? 200 : 201,
      body: { key, ...shipment },
      ...(behaviour === 'slow' ? { afterMs: SLOW_MS } : {}),
    };
  }

  cancel(key: string): Answer {
    const shipment = this.#find(key);
    if (!shipment) this.#ledger.append(key, { kind: 'withdrawal' });
    if (shipment?.status === 'booked') {
      this.#ledger.append(key, { kind: 'cancellation', shipmentId: shipment.shipmentId });
    }
    return this.get(key);
  }

  /** A person at the carrier, or its scanner, says what has become of the parcel; also what contradicts what was said before. */
  track(key: string, { status, at }: TrackingRequest): Answer {
    const shipment = this.#find(key);
    if (!shipment) throw new HttpError(404, 'unknown-shipment');
    if (shipment.status !== 'booked') throw new HttpError(409, 'not-booked');
    const happenedAt = at ?? new Date(this.#now()).toISOString();
    const tracking = { id: `trk_${randomUUID()}`, status, happenedAt };
    this.#ledger.append(key, { kind: 'tracking', ...tracking });
    this.#notices.tell(key, tracking, shipment.trackingNumber);
    return this.get(key);
  }

  #find(key: string): Shipment | undefined {
    return this.#ledger.of(key).reduce<Shipment | undefined>(evolve, undefined);
  }
}

type Known = Extract<Shipment, { status: 'booked' }> | undefined;

const fingerprintOf = ({ address, parcels }: BookRequest): string =>
  createHash('sha256').update(JSON.stringify({ address, parcels })).digest('hex');

/** A booking that is replaced keeps its id and its tracking number: the label is printed when the parcels are picked up. */
function booking({ parcels, revision, service }: BookRequest, before: Known, now: number): ShipmentMovement {
  const { days, price } = SERVICES[service];
  const shipmentId = before?.shipmentId ?? `shp_${randomUUID()}`;
  return {
    kind: before ? 'rebooking' : 'booking',
    shipmentId,
    trackingNumber: `SX${shipmentId.replaceAll('-', '').slice(-12).toUpperCase()}`,
    carrier: CARRIER,
    revision,
    service,
    cost: { amount: price, currency: 'CNY' },
    estimatedDeliveryAt: new Date(now + days * DAY_MS).toISOString(),
    quantity: parcels.reduce((total, { quantity }) => total + quantity, 0),
  };
}

const refusal = (before: Known): ShipmentMovement => ({
  kind: 'refusal',
  ...(before ? { shipmentId: before.shipmentId } : {}),
});

const cancelled = ({ tracking: _, ...shipment }: NonNullable<Known>): Shipment => ({
  ...shipment,
  status: 'cancelled',
});

function evolve(shipment: Shipment | undefined, entry: ShipmentMovement): Shipment | undefined {
  switch (entry.kind) {
    case 'booking':
    case 'rebooking': {
      // Entries from before there were revisions have none.
      const { shipmentId, trackingNumber, carrier, revision = 1, service, cost, estimatedDeliveryAt } = entry;
      return {
        ...{ status: 'booked', shipmentId, trackingNumber, carrier, revision },
        ...(service && { service }),
        ...(cost && { cost }),
        ...(estimatedDeliveryAt && { estimatedDeliveryAt }),
      };
    }
    case 'tracking': {
      if (shipment?.status !== 'booked') return shipment;
      const { id, status, happenedAt } = entry;
      return { ...shipment, tracking: [...(shipment.tracking ?? []), { id, status, happenedAt }] };
    }
    case 'refusal':
      return { status: 'refused' };
    case 'withdrawal':
      return { status: 'withdrawn' };
    case 'cancellation':
      return shipment?.status === 'booked' ? cancelled(shipment) : shipment;
  }
}
