/** The table of the inventory: what the adapters write and the infrastructure creates. */
export const INVENTORY_TABLES = {
  /** Stock (`SKU#<sku>`) and reservations (`ORDER#<orderId>`). */
  inventory: { variable: 'INVENTORY_TABLE', partitionKey: 'pk' },
} as const;
