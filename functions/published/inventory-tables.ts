import { VERSION_KEY } from '../shared/event-log/tables.ts';
import { type OrderId, parseOrderId, type Sku } from '../shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId } from '../shared/kernel/location.ts';

/** The tables of the inventory: what the adapters write and the infrastructure creates. The ledger reads what there is of an article. */
export const INVENTORY_TABLES = {
  /**
   * The counts of each article at all locations (`SKU#<sku>`; those of its further shards in `SKU#<sku>#<shard>`), and reservations
   * (`ORDER#<orderId>`).
   */
  inventory: {
    variable: 'INVENTORY_TABLE',
    partitionKey: 'pk',
    indexes: {
      /** Articles with a threshold of low stock. Reservations and sales change none of its attributes, so that it costs them nothing. */
      byWatch: { partitionKey: 'watch', sortKey: 'pk', attributes: ['lowStockThreshold'] },
      /** Orders that wait for goods, by an article of which there is too little. */
      byBackorder: { partitionKey: 'awaits', sortKey: 'orderedAt', attributes: ['status'] },
    },
  },
  /** The histories of articles' stock: one item per event. */
  stockLog: { variable: 'STOCK_LOG_TABLE', partitionKey: 'sku', sortKey: VERSION_KEY },
} as const;

/**
 * The key of an article's counts.
 * @param shard the units of an article that many orders want at once lie in several items, its shards, numbered from 0
 */
export const stockKey = (sku: Sku, shard = 0) => ({
  [INVENTORY_TABLES.inventory.partitionKey]: shard === 0 ? `SKU#${sku}` : `SKU#${sku}#${shard}`,
});

const ORDER = 'ORDER#';

/** The key of an order's reservation. */
export const reservationKey = (orderId: OrderId) => ({
  [INVENTORY_TABLES.inventory.partitionKey]: `${ORDER}${orderId}`,
});

/** The order whose reservation has this key. */
export const orderIn = (key: string): OrderId => parseOrderId(key.slice(ORDER.length));

/** The article whose counts have this key. */
export const skuIn = (key: string): Sku => key.slice('SKU#'.length) as Sku;

/** The attribute of an article's item that has a count at a location, such as `available`, at another than the usual one `available@north`. */
export const countAt = (name: string, location: LocationId): string =>
  location === DEFAULT_LOCATION ? name : `${name}@${location}`;

/**
 * The counts of an article's item by location and name; a location of which it has none of these is left out.
 * @param names such as `available`; other attributes are left out
 */
export function countsByLocation<Name extends string>(
  item: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): ReadonlyMap<LocationId, Readonly<Partial<Record<Name, number>>>> {
  const counts = new Map<LocationId, Partial<Record<Name, number>>>();
  for (const [attribute, value] of Object.entries(item)) {
    const [name, location = DEFAULT_LOCATION] = attribute.split('@') as [Name, LocationId?];
    if (names.includes(name)) counts.set(location, { ...counts.get(location), [name]: Number(value) });
  }
  return counts;
}
