import { VERSION_KEY } from '../shared/event-log/tables.ts';
import { type OrderId, parseOrderId, type Sku } from '../shared/kernel/ids.ts';

/** The tables of the inventory: what the adapters write and the infrastructure creates. The ledger reads what there is of an article. */
export const INVENTORY_TABLES = {
  /**
   * The counts of each article (`SKU#<sku>`; those of its further shards in `SKU#<sku>#<shard>`), and reservations (`ORDER#<orderId>`).
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
