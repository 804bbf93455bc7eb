import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderLists, PlaceInList, Sequence, TimesOfOrders } from '../application/ports.ts';
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

  async *read(
    list: ListTerm,
    times: TimesOfOrders,
    after?: PlaceInList,
    sequence: Sequence = 'newest first',
  ): AsyncIterable<readonly PlaceInList[]> {
    const forward = sequence === 'newest first';
    const [newest, oldest] = endsOf(list, times);
    const last = after && entryOf(list, after);
    const begin = forward ? (last === undefined ? newest : `${last}${BEHIND}`) : (last ?? oldest);
    const parts = LIST_PARTS.map((part): Part => ({ bucket: listBucket(list, part), read: [], from: begin }));
    const readOn = (part: Part) => (forward ? this.#readForward(part, oldest) : this.#readBackward(part, newest));
    do {
      await Promise.all(parts.filter((part) => part.read.length === 0 && part.from !== undefined).map(readOn));
      const taken = takeInOrder(parts, forward);
      if (taken.length > 0) {
        yield taken.map((entry) => ({ createdAt: timeOf(entry), orderId: readEntry(entry).orderId }));
      }
    } while (parts.some(({ read, from: more }) => read.length > 0 || more !== undefined));
  }

  async #readForward(part: Part, end: string): Promise<void> {
    const begin = part.from!;
    if (begin > end) return void (part.from = undefined);
    const { entries, last } = await this.#query(part, begin, end, true);
    part.read = entries;
    part.from = last === undefined ? undefined : `${last}${BEHIND}`;
  }

  /** Nothing sorts right before an entry: the one that was read last is left out. */
  async #readBackward(part: Part, end: string): Promise<void> {
    const begin = part.from!;
    if (begin < end) return void (part.from = undefined);
    const { entries, last } = await this.#query(part, end, begin, false);
    part.read = entries.filter((entry) => entry !== begin);
    part.from = last;
  }

  async #query({ bucket }: Part, low: string, high: string, forward: boolean) {
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        Limit: READ_AT_ONCE,
        ScanIndexForward: forward,
        KeyConditionExpression: '#bucket = :bucket AND #entry BETWEEN :low AND :high',
        ExpressionAttributeNames: { '#bucket': BUCKET, '#entry': ENTRY },
        ExpressionAttributeValues: { ':bucket': bucket, ':low': low, ':high': high },
      }),
    );
    const entries = Items.map((item) => item[ENTRY] as string);
    return { entries, last: LastEvaluatedKey?.[ENTRY] as string | undefined };
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

/** Entries within the times are between these; the newest sort first. */
const endsOf = (list: ListTerm, { from, to }: TimesOfOrders): readonly [newest: string, oldest: string] => [
  `${list.text} ${to === undefined ? '' : newestFirst(to)}`,
  `${list.text} ${from === undefined ? BEHIND : newestFirst(from)}${BEHIND}`,
];

/** Takes entries in their order for as long as each part that goes on has one to compare with. */
function takeInOrder(parts: readonly Part[], forward: boolean): string[] {
  const taken: string[] = [];
  while (parts.every(({ read, from }) => read.length > 0 || from === undefined)) {
    const [first, ...others] = parts.filter(({ read }) => read.length > 0);
    if (first === undefined) break;
    const next = others.reduce((least, part) => (part.read[0]! < least.read[0]! === forward ? part : least), first);
    taken.push(next.read.shift()!);
  }
  return taken;
}
