import { INVENTORY_TABLES, stockKey } from '../../published/inventory-tables.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { Changes, Shelf } from '../domain/stock-count.ts';
import type { HeldLine } from '../domain/stock-line.ts';

export const KEY = INVENTORY_TABLES.inventory.partitionKey;

/** An item with counts of an article. */
export interface StockItem {
  readonly sku: Sku;
  /** @default 0 */
  readonly shard?: number | undefined;
}

interface StockUpdate {
  readonly changes: Changes;
  /** What each count has to be before, at least. @default as many units as go */
  readonly needed?: Changes;
  /** Further attributes, by name; undefined removes one. */
  readonly set?: Readonly<Record<string, number | string | undefined>>;
}

/**
 * Changes counts of an article in one of its shards, if no count becomes negative; one that is absent counts as 0. For transactions.
 * Stopped by its condition, it says what the item has.
 */
export function stockUpdate(
  tableName: string,
  { sku, shard }: StockItem,
  { changes, needed = unitsThatGo(changes), set = {} }: StockUpdate,
) {
  const counts = Object.entries(changes);
  const conditions = Object.entries(needed);
  const sets = Object.entries(set).filter(([, value]) => value !== undefined);
  const removed = Object.keys(set).filter((name) => set[name] === undefined);
  const names = [...counts.map(([name]) => name), ...conditions.map(([name]) => name), ...Object.keys(set)];
  return {
    Update: {
      TableName: tableName,
      Key: stockKey(sku, shard),
      UpdateExpression: [
        ...(sets.length > 0 ? [`SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}`] : []),
        ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
        ...(counts.length > 0 ? [`ADD ${counts.map(([name]) => `#${name} :${name}`).join(', ')}`] : []),
      ].join(' '),
      ...(conditions.length > 0
        ? {
            ConditionExpression: conditions.map(([name]) => `#${name} >= :${name}Needed`).join(' AND '),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
          }
        : {}),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries([
        ...counts.map(([name, units]) => [`:${name}`, units] as const),
        ...conditions.map(([name, units]) => [`:${name}Needed`, units] as const),
        ...sets.map(([name, value]) => [`:${name}`, value] as const),
      ]),
    },
  };
}

/** Those counts from which units are taken. */
export const unitsThatGo = (changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).flatMap(([name, units]) => (units < 0 ? [[name, -units]] : [])));

/** Moves units of one article from one shelf to another in the same shard, if the first one holds that many. For transactions. */
export const stockMove = (tableName: string, { sku, shard, quantity }: HeldLine, from: Shelf, to: Shelf) =>
  stockUpdate(tableName, { sku, shard }, { changes: { [from]: -quantity, [to]: quantity } });
