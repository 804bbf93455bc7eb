/** What the stream of an article's stock holds: what came, what went otherwise than by an order, and what was counted. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';

/** Why units are no longer to be sold; part of the API. */
export const DAMAGE_REASONS = ['damaged', 'expired', 'lost', 'other'] as const;
/** In what condition units came back; part of the API. */
export const RETURN_CONDITIONS = ['sellable', 'damaged'] as const;
export type ReturnCondition = (typeof RETURN_CONDITIONS)[number];

/** Where something happened to units. */
interface Located {
  /** @default DEFAULT_LOCATION, as in all events of before there were others */
  readonly location?: LocationId;
}

/** The balance of an article that had stock before its stream began. */
export type StockOpened = Event<
  'StockOpened',
  { readonly available: number; readonly reserved: number; readonly sold: number }
>;
/** Goods have arrived from a supplier. */
export type StockReceived = Event<
  'StockReceived',
  Located & { readonly quantity: number; readonly reference?: string }
>;
/** A count has found more units than were recorded, or fewer: then `quantity` is negative. Never 0. */
export type StockCorrected = Event<'StockCorrected', Located & { readonly quantity: number; readonly reason: string }>;
/** Units can no longer be sold. */
export type StockDamaged = Event<
  'StockDamaged',
  Located & { readonly quantity: number; readonly reason: (typeof DAMAGE_REASONS)[number] }
>;
/** Sold units came back. */
export type StockReturned = Event<
  'StockReturned',
  Located & {
    readonly quantity: number;
    readonly condition: ReturnCondition;
    readonly orderId: OrderId;
    readonly returnId: string;
  }
>;

/** Units went from one location to another. */
export type StockTransferred = Event<
  'StockTransferred',
  { readonly quantity: number; readonly from: LocationId; readonly to: LocationId; readonly reference?: string }
>;

/** From now on, so many units of the article are kept from orders at a location, and people are told when so few can be sold at all of them. */
export type StockLimitsSet = Event<
  'StockLimitsSet',
  Located & {
    readonly safetyStock: number;
    /** @default people are not told; with a location, as before */
    readonly lowStockThreshold?: number;
    readonly reason: string;
  }
>;

/** No more units can be sold than the threshold says: `available` is without the safety stock. Once until StockRecovered. */
export type StockLow = Event<'StockLow', { readonly available: number; readonly threshold: number }>;
/** More units can be sold again than the threshold says. */
export type StockRecovered = Event<'StockRecovered', { readonly available: number; readonly threshold: number }>;

/** Something that moves units. */
export type StockMovement = StockReceived | StockCorrected | StockDamaged | StockReturned | StockTransferred;
export type StockEvent = StockOpened | StockMovement | StockLimitsSet | StockLow | StockRecovered;

export const STOCK_UPCASTERS: Upcasters<StockEvent> = {
  StockOpened: [],
  StockReceived: [],
  StockCorrected: [],
  StockDamaged: [],
  StockReturned: [],
  StockTransferred: [],
  StockLimitsSet: [],
  StockLow: [],
  StockRecovered: [],
};

export const STOCK_MEANINGS: Readonly<Record<StockEvent['type'], string>> = {
  StockOpened: 'the article had stock before its history began',
  StockReceived: 'goods have arrived',
  StockCorrected: 'a count has found another number of units',
  StockDamaged: 'units can no longer be sold',
  StockReturned: 'sold units came back',
  StockTransferred: 'units went to another location',
  StockLow: 'there is little left to be sold',
  StockRecovered: 'there is enough to be sold again',
  StockLimitsSet: 'the safety stock and the threshold of low stock were set',
};
