/** The carrier's requests and its ledger; README.md has an example of each message. */
import * as z from 'zod';

const line = z.string().min(1).max(200);

/** What the carrier sells: days on the way, and the price of a parcel in fen. */
export const SERVICES = {
  standard: { days: 3, price: 1_200 },
  express: { days: 1, price: 2_800 },
} as const;
export type Service = keyof typeof SERVICES;
const SERVICE_NAMES = Object.keys(SERVICES) as [Service, ...Service[]];

export const bookRequest = z.strictObject({
  address: z.strictObject({
    name: line,
    street: line,
    city: line.optional(),
    state: line.optional(),
    country: line,
    postalCode: line.optional(),
  }),
  parcels: z
    .array(z.strictObject({ sku: line, quantity: z.int().positive() }))
    .min(1)
    .max(1_000),
  /** Counts the merchant's changes of address and parcels: a booking of a higher revision replaces the one before. */
  revision: z.int().positive().default(1),
  service: z.enum(SERVICE_NAMES).default('standard'),
});
export type BookRequest = z.output<typeof bookRequest>;

/** What becomes of a parcel. */
export const TRACKING_STATUSES = [
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'delivery_attempted',
  'returned_to_sender',
  'lost',
  'delivered',
] as const;

/** A person at the carrier says what has become of a parcel; `at` for what is reported late. */
export const trackingRequest = z.strictObject({
  status: z.enum(TRACKING_STATUSES),
  at: z.iso.datetime().optional(),
});
export type TrackingRequest = z.output<typeof trackingRequest>;

export interface Tracking {
  readonly id: string;
  readonly status: (typeof TRACKING_STATUSES)[number];
  /** ISO 8601, UTC. */
  readonly happenedAt: string;
}

interface Booked {
  readonly shipmentId: string;
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly revision: number;
  /** Entries from before there were several lack it, and what follows from it. */
  readonly service?: Service;
  readonly cost?: { readonly amount: number; readonly currency: 'CNY' };
  readonly estimatedDeliveryAt?: string;
}

/** One entry of the ledger. The ledger holds no address. */
export type ShipmentMovement =
  | (Booked & { readonly kind: 'booking' | 'rebooking' /** Units in all parcels. */; readonly quantity: number })
  | { readonly kind: 'refusal' /** The booking that it ends. */; readonly shipmentId?: string }
  | { readonly kind: 'cancellation'; readonly shipmentId: string }
  | (Tracking & { readonly kind: 'tracking' })
  /** The tombstone of a key that was cancelled before it was booked. */
  | { readonly kind: 'withdrawal' };

/** A shipment, folded from the ledger's entries of its key. */
export type Shipment =
  | (Booked & { readonly status: 'booked'; readonly tracking?: readonly Tracking[] })
  | (Booked & { readonly status: 'cancelled' })
  | { readonly status: 'refused' }
  | { readonly status: 'withdrawn' };
