/** The settings of what happens to orders: their goods and their money. */
import * as z from 'zod';
import { LOCATION_ID } from '../kernel/location.ts';
import { DAY_SECONDS, group, wholeNumber } from './fields.ts';

/** So many keep the item of an article small: a write of it costs by its size. */
export const MOST_LOCATIONS = 20;

/** How an order's goods are chosen from several locations. */
export const ALLOCATIONS = ['priority', 'single-location-first', 'nearest-country'] as const;

const location = group({
  /** Where it is, ISO 3166-1 alpha-2; left out: nothing is near to it. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'It is no country code; expected two capital letters, such as CN.')
    .optional(),
  /** The lowest comes first. */
  priority: wholeNumber(1, 1_000).default(100),
  /** Whether orders get goods from there. */
  active: z.boolean().default(true),
});
export type LocationSettings = z.output<typeof location>;

/** Where stock lies, by id. */
const locations: z.ZodType<Readonly<Record<string, LocationSettings>>> = z
  .record(
    z
      .string()
      .regex(
        LOCATION_ID,
        'It is no id of a location; expected 1 to 16 small letters, digits or dashes, a letter first.',
      ),
    location,
  )
  .readonly();

export const inventory = group({
  locations,
  /** Which locations an order's goods come from. */
  allocation: z.enum(ALLOCATIONS),
  /** How long goods are kept for an order that is not paid. */
  reservationSeconds: wholeNumber(1, 30 * DAY_SECONDS),
  /** Units that are kept from orders, of an article that gets its first goods. */
  safetyStock: wholeNumber(0, 1_000_000),
  /** When people are told that there is little left of an article that gets its first goods; null: never. */
  lowStockThreshold: wholeNumber(0, 1_000_000).nullable(),
  /** What becomes of an order that wants more than there is: it is cancelled, it waits for goods, or it becomes an order of what there is. */
  whenShort: z.enum(['refuse', 'backorder', 'partial']),
  /** How long a backorder waits for goods before it is cancelled. */
  backorderDays: wholeNumber(1, 180),
});

export const shipping = group({
  /** How many units a parcel holds: an order of more travels in several. */
  unitsPerParcel: wholeNumber(1, 100_000),
  /** The carrier's product that parcels are booked with. */
  service: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'It is no service; expected small letters, digits or dashes, a letter first.'),
  /** How long a carrier may tell nothing of a parcel under way before it is asked, each time. */
  askAfterSeconds: wholeNumber(1, 30 * DAY_SECONDS),
  /** How long nothing may be known of a parcel under way before it is a person's task. */
  quietSeconds: wholeNumber(1, 365 * DAY_SECONDS),
});

export const returns = group({
  /** How many days after the delivery customers can send goods back; null: always. */
  windowDays: wholeNumber(1, 3_650).nullable(),
  /** How many days after it was requested a return expires of which nothing has come; null: never. */
  sendWithinDays: wholeNumber(1, 3_650).nullable(),
  /** The part of a refund that the shop keeps, by why goods come back: in hundredths of a percent. For the other reasons, which are its own fault, it keeps nothing. */
  restockingFeeBasisPoints: group({
    changed_mind: wholeNumber(0, 10_000),
    does_not_fit: wholeNumber(0, 10_000),
    other: wholeNumber(0, 10_000),
  }),
});

/** What customers are promised as they order; null: nothing. */
export const promises = group({
  confirmWithinSeconds: wholeNumber(1, 30 * DAY_SECONDS).nullable(),
  shipWithinDays: wholeNumber(1, 365).nullable(),
  deliverWithinDays: wholeNumber(1, 365).nullable(),
});

/** By method of payment, within what its channel takes: a code of WeChat Pay lives two hours, and a transfer takes banking days. */
export const payments = group({
  /** How long a customer has to pay, after the order was placed or approved. */
  payWithinSeconds: group({
    card: wholeNumber(60, 3_600),
    alipay: wholeNumber(60, DAY_SECONDS),
    wechat_pay: wholeNumber(60, 7_200),
    bank_transfer: wholeNumber(60, 14 * DAY_SECONDS),
  }),
});
