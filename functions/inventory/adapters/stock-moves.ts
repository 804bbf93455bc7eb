import type { Sku } from '../../shared/kernel/ids.ts';
import type { StockLine } from '../domain/stock-line.ts';
import { INVENTORY_TABLES } from './tables.ts';

export const KEY = INVENTORY_TABLES.inventory.partitionKey;
const stockKey = (sku: Sku) => ({ [KEY]: `SKU#${sku}` });

/** Where units of an article can be: `available` to be sold, `reserved` for orders, or `sold`, which is absent before the first sale. */
type Shelf = 'available' | 'reserved' | 'sold';

/** Moves units of one article from one shelf to another, if the first one holds that many. For transactions. */
export const stockMove = (tableName: string, { sku, quantity }: StockLine, from: Shelf, to: Shelf) => ({
  Update: {
    TableName: tableName,
    Key: stockKey(sku),
    UpdateExpression: 'SET #from = #from - :quantity ADD #to :quantity',
    ConditionExpression: '#from >= :quantity',
    ExpressionAttributeNames: { '#from': from, '#to': to },
    ExpressionAttributeValues: { ':quantity': quantity },
  },
});
