import { countAt, INVENTORY_TABLES, stockKey } from '../../published/inventory-tables.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { type LocationId, locationOf } from '../../shared/kernel/location.ts';
import type { Changes, Shelf } from '../domain/stock-count.ts';
import type { HeldLine } from '../domain/stock-line.ts';

export const KEY = INVENTORY_TABLES.inventory.partitionKey;

/** An item with counts of an article. */
export interface StockItem {
  readonly sku: Sku;
  /** @default 0 */
  readonly shard?: number | undefined;
}

/** Units by the attribute of an item that counts them, such as `available` or `available@north`. */
export type Units = Readonly<Record<string, number>>;

interface StockUpdate {
  readonly changes: Units;
  /** What each count has to be before, at least. @default as many units as go */
  readonly needed?: Units;
  /** What each count has to be before; one that is absent is 0. @default nothing */
  readonly exactly?: Units;
  /** The article must not be split. @default false */
  readonly whole?: boolean;
  /** Further attributes, by name; undefined removes one. */
  readonly set?: Readonly<Record<string, number | string | undefined>>;
}

/** The changes of counts at a location. */
export const at = (location: LocationId, changes: Changes): Units =>
  Object.fromEntries(Object.entries(changes).map(([name, units]) => [countAt(name, location), units]));

/** Units of the same attributes together. */
export function together(all: Iterable<Units>): Units {
  const sum: Record<string, number> = {};
  for (const [name, units] of [...all].flatMap((each) => Object.entries(each))) sum[name] = (sum[name] ?? 0) + units;
  return sum;
}

/** In expressions an attribute's name has letters, digits and underscores only. */
const token = (attribute: string): string => attribute.replace(/\W/g, '_');

/**
 * Changes counts of an article in one of its shards, if no count becomes negative; one that is absent counts as 0. For transactions.
 * Stopped by its condition, it says what the item has.
 */
export function stockUpdate(
  tableName: string,
  { sku, shard }: StockItem,
  { changes, needed = unitsThatGo(changes), exactly = {}, whole = false, set = {} }: StockUpdate,
) {
  const names = new Map<string, string>();
  const values = new Map<string, number | string>();
  const named = (attribute: string): string => {
    names.set(`#${token(attribute)}`, attribute);
    return `#${token(attribute)}`;
  };
  const valued = (name: string, value: number | string): string => {
    values.set(`:${token(name)}`, value);
    return `:${token(name)}`;
  };
  const sets = Object.entries(set).flatMap(([name, value]) =>
    value === undefined ? [] : [`${named(name)} = ${valued(name, value)}`],
  );
  const removed = Object.keys(set).filter((name) => set[name] === undefined);
  const added = Object.entries(changes).map(([name, units]) => `${named(name)} ${valued(`${name}Change`, units)}`);
  const orAbsent = (name: string, condition: string): string =>
    `(attribute_not_exists(${named(name)}) OR ${condition})`;
  const conditions = [
    ...Object.entries(needed).map(([name, units]) => {
      const isEnough = `${named(name)} >= ${valued(`${name}Needed`, units)}`;
      return units > 0 ? isEnough : orAbsent(name, isEnough);
    }),
    ...Object.entries(exactly).map(([name, units]) => {
      const isIt = `${named(name)} = ${valued(`${name}Exactly`, units)}`;
      return units === 0 ? orAbsent(name, isIt) : isIt;
    }),
    ...(whole ? [`attribute_not_exists(${named('shards')})`] : []),
  ];
  const expression = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.map(named).join(', ')}`] : []),
    ...(added.length > 0 ? [`ADD ${added.join(', ')}`] : []),
  ].join(' ');
  return {
    Update: {
      TableName: tableName,
      Key: stockKey(sku, shard),
      UpdateExpression: expression,
      ...(conditions.length > 0
        ? {
            ConditionExpression: conditions.join(' AND '),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
          }
        : {}),
      ExpressionAttributeNames: Object.fromEntries(names),
      ExpressionAttributeValues: Object.fromEntries(values),
    },
  };
}

/** Those counts from which units are taken. */
export const unitsThatGo = (changes: Units): Units =>
  Object.fromEntries(Object.entries(changes).flatMap(([name, units]) => (units < 0 ? [[name, -units]] : [])));

/** The lines of each article, which are all in one shard. */
export function byArticle<Line extends HeldLine>(lines: readonly Line[]): readonly (readonly Line[])[] {
  const articles = new Map<Sku, Line[]>();
  for (const line of lines) articles.set(line.sku, [...(articles.get(line.sku) ?? []), line]);
  return [...articles.values()];
}

/** Moves units of one article from one shelf to another where they are, if the first one holds that many. For transactions. */
export const stockMove = (tableName: string, lines: readonly HeldLine[], from: Shelf, to: Shelf) =>
  stockUpdate(tableName, lines[0]!, {
    changes: together(lines.map((line) => at(locationOf(line), { [from]: -line.quantity, [to]: line.quantity }))),
  });
