import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderLists, PlaceInList, TimesOfOrders } from '../application/ports.ts';
import type { Counts, ListTerm } from '../domain/lists.ts';
import { COUNTS, entryOf, LIST_PARTS, listBucket, newestFirst, readEntry, timeOf } from './search-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const { partitionKey: BUCKET, sortKey: ENTRY } = ORDER_TABLES.orderSearch;

/** Of each part of a list: four kilobytes, which is what a read unit takes at least, are some thirty. */
const READ_AT_ONCE = 16;
/** Sorts behind all that an entry has after its time. */
const BEHIND = '~';

/** A part of a list, as far as it was read. */
interface Part {
  readonly bucket: string;
  /** Sorted; read and not taken yet. */
  read: string[];
  /** Where it goes on; undefined when all of it was read. */
  from: string | undefined;
}

/** Lists of orders in the search table: each in sixteen parts, whose entries are sorted as the list is. */
export class DynamoDbOrderLists implements OrderLists {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async *read(list: ListTerm, { from, to }: TimesOfOrders, after?: PlaceInList): AsyncIterable<readonly PlaceInList[]> {
    const begin = after
      ? `${entryOf(list, after)}${BEHIND}`
      : to === undefined
        ? `${list.text} `
        : `${list.text} ${newestFirst(to)}`;
    const end = `${list.text} ${from === undefined ? BEHIND : newestFirst(from)}${BEHIND}`;
    const parts = LIST_PARTS.map((part): Part => ({ bucket: listBucket(list, part), read: [], from: begin }));
    do {
      await Promise.all(
        parts
          .filter((part) => part.read.length === 0 && part.from !== undefined)
          .map((part) => this.#readOn(part, end)),
      );
      const taken = takeInOrder(parts);
      if (taken.length > 0) {
        yield taken.map((entry) => ({ createdAt: timeOf(entry), orderId: readEntry(entry).orderId }));
      }
    } while (parts.some(({ read, from: more }) => read.length > 0 || more !== undefined));
  }

  async #readOn(part: Part, end: string): Promise<void> {
    const begin = part.from!;
    if (begin > end) return void (part.from = undefined);
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        Limit: READ_AT_ONCE,
        KeyConditionExpression: '#bucket = :bucket AND #entry BETWEEN :begin AND :end',
        ExpressionAttributeNames: { '#bucket': BUCKET, '#entry': ENTRY },
        ExpressionAttributeValues: { ':bucket': part.bucket, ':begin': begin, ':end': end },
      }),
    );
    part.read = Items.map((item) => item[ENTRY] as string);
    part.from = LastEvaluatedKey === undefined ? undefined : `${LastEvaluatedKey[ENTRY]}${BEHIND}`;
  }

  async counts(): Promise<Counts> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: '#bucket = :counts',
        ExpressionAttributeNames: { '#bucket': BUCKET },
        ExpressionAttributeValues: { ':counts': COUNTS },
      }),
    );
    const counts = new Map<string, number>();
    for (const { [BUCKET]: _, [ENTRY]: __, ...part } of Items) {
      for (const [name, count] of Object.entries(part)) counts.set(name, (counts.get(name) ?? 0) + Number(count));
    }
    return counts;
  }
}

/** Takes entries in their order for as long as each part that goes on has one to compare with. */
function takeInOrder(parts: readonly Part[]): string[] {
  const taken: string[] = [];
  while (parts.every(({ read, from }) => read.length > 0 || from === undefined)) {
    const [first, ...others] = parts.filter(({ read }) => read.length > 0);
    if (first === undefined) break;
    const next = others.reduce((least, part) => (part.read[0]! < least.read[0]! ? part : least), first);
    taken.push(next.read.shift()!);
  }
  return taken;
}
