/** What inventory records in the stream of an order. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId, type UnitsAt } from '../../shared/kernel/location.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { Reduced } from './what-there-is.ts';

export type InventoryReserved = Event<
  'InventoryReserved',
  {
    /** Where the goods lie: a line of the order can come from several locations. */
    readonly lines: readonly UnitsAt[];
    /** Until then the goods are kept for an order that is not paid: ISO 8601, UTC. Reservations of 0.2.0 and before do not expire. */
    readonly expiresAt?: string;
    /** The order had waited for its goods. */
    readonly backordered?: true;
  }
>;
/** There is too little of these lines: the order waits for goods. Once for each set of lines that it waits for. */
export type OrderBackordered = Event<
  'OrderBackordered',
  {
    readonly customerId: CustomerId;
    readonly lines: readonly Units[];
    /** When it is cancelled if the goods have not come: ISO 8601, UTC. */
    readonly until: string;
  }
>;
export type InventoryReleased = Event<'InventoryReleased', { readonly lines: readonly Units[] }>;
/** Units of an article, with where they lay. */
export interface LeftUnits extends Units {
  /** Absent in events of before there were several shipments. */
  readonly location?: LocationId;
}
/** Goods have left: what was reserved of them is sold, and cannot be released any more. */
export type ReservationConfirmed = Event<
  'ReservationConfirmed',
  {
    readonly lines: readonly LeftUnits[];
    /** The parcel that has left; absent when all goods of an order left with one event. */
    readonly shipmentId?: ShipmentId;
  }
>;

/** There is too little of these units: they were taken off the order, which costs less. */
export type UnitsRemoved = Event<'UnitsRemoved', Reduced & { readonly customerId: CustomerId }>;

export type InventoryEvent =
  | OrderBackordered
  | UnitsRemoved
  | InventoryReserved
  | InventoryReleased
  | ReservationConfirmed;

type Lines = { readonly lines: readonly object[] };

export const INVENTORY_UPCASTERS: Upcasters<InventoryEvent> = {
  OrderBackordered: [],
  UnitsRemoved: [],
  InventoryReserved: [
    // 2: where each line lies. Before there were locations, all stock lay at one.
    (data) => ({
      ...data,
      lines: (data as Lines).lines.map((line) => ({ ...line, location: DEFAULT_LOCATION })),
    }),
  ],
  InventoryReleased: [],
  ReservationConfirmed: [],
};

/** Each event in a few words, for documents. */
export const INVENTORY_MEANINGS: Readonly<Record<InventoryEvent['type'], string>> = {
  OrderBackordered: 'there is too little of an article; the order waits for goods',
  UnitsRemoved: 'there is too little of an article; units were taken off the order, which costs less',
  InventoryReserved: 'the goods are reserved',
  InventoryReleased: 'the reservation was released',
  ReservationConfirmed: 'goods have left, and their reservation became a sale',
};
