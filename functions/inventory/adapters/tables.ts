/** The table of the inventory: what the adapter writes and the infrastructure creates. */
export const INVENTORY_TABLES = {
  /** Stock (`SKU#<sku>`) and reservations (`ORDER#<orderId>`). */
  inventory: { variable: 'INVENTORY_TABLE', partitionKey: 'pk' },
} as const;
