import { INVENTORY_TABLES, stockKey } from '../../published/inventory-tables.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Changes, Shelf } from '../domain/stock-count.ts';
import type { StockLine } from '../domain/stock-line.ts';

export const KEY = INVENTORY_TABLES.inventory.partitionKey;

/**
 * Changes the counts of an article, if no count becomes negative; one that is absent counts as 0. For transactions.
 * @param set further attributes, by name
 */
export function stockUpdate(tableName: string, sku: Sku, changes: Changes, set: Readonly<Record<string, number>> = {}) {
  const counts = Object.entries(changes);
  const fewer = counts.filter(([, units]) => units < 0);
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    Update: {
      TableName: tableName,
      Key: stockKey(sku),
      UpdateExpression: [
        ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
        `ADD ${counts.map(([name]) => `#${name} :${name}`).join(', ')}`,
      ].join(' '),
      ...(fewer.length > 0
        ? { ConditionExpression: fewer.map(([name]) => `#${name} >= :${name}Needed`).join(' AND ') }
        : {}),
      ExpressionAttributeNames: Object.fromEntries(
        [...counts.map(([name]) => name), ...Object.keys(set)].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: Object.fromEntries([
        ...counts.map(([name, units]) => [`:${name}`, units] as const),
        ...fewer.map(([name, units]) => [`:${name}Needed`, -units] as const),
        ...Object.entries(set).map(([name, value]) => [`:${name}`, value] as const),
      ]),
    },
  };
}

/** Moves units of one article from one shelf to another, if the first one holds that many. For transactions. */
export const stockMove = (tableName: string, { sku, quantity }: StockLine, from: Shelf, to: Shelf) =>
  stockUpdate(tableName, sku, { [from]: -quantity, [to]: quantity });
