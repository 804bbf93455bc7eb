import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../shared/edge/batch-write.ts';
import type { Closes } from '../application/ports.ts';
import type { Account } from '../domain/accounts.ts';
import type { Posting } from '../domain/entry.ts';
import { LEDGER_TABLES } from './tables.ts';

const { partitionKey, sortKey } = LEDGER_TABLES.ledgerReports;
/** An account of stock has a balance for each article: so many stay far below the 400 kB of an item. */
const UNITS_OF_ITEM = 1_000;
const BATCH = 25;
const LAST = { [partitionKey]: 'closes', [sortKey]: 'last' };

interface ClosedItem {
  readonly account: Account;
  readonly balances: Readonly<Record<string, number>>;
}

/** Closed days: the balances of an account in one item, or in several when it has many units; and which day is the last. */
export class DynamoDbCloses implements Closes {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async last(): Promise<string | undefined> {
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: LAST, ConsistentRead: true }));
    return Item?.day as string | undefined;
  }

  async balancesAt(day: string, account?: Account): Promise<readonly Posting[]> {
    const pages = paginateQuery(
      { client: this.#db },
      {
        TableName: this.#table,
        KeyConditionExpression: `#report = :report${account === undefined ? '' : ' AND begins_with(#line, :account)'}`,
        ExpressionAttributeNames: { '#report': partitionKey, ...(account === undefined ? {} : { '#line': sortKey }) },
        ExpressionAttributeValues: {
          ':report': reportOf(day),
          ...(account === undefined ? {} : { ':account': `${account}#` }),
        },
        ConsistentRead: true,
      },
    );
    const balances: Posting[] = [];
    for await (const { Items = [] } of pages) {
      for (const item of Items as ClosedItem[]) {
        for (const [unit, amount] of Object.entries(item.balances)) {
          balances.push({ account: item.account, unit, amount });
        }
      }
    }
    return balances;
  }

  async close(day: string, balances: readonly Posting[]): Promise<void> {
    const puts = itemsOf(day, balances).map((Item) => ({ PutRequest: { Item } }));
    for (let from = 0; from < puts.length; from += BATCH) {
      await batchWrite(this.#db, this.#table, puts.slice(from, from + BATCH));
    }
    const put = new PutCommand({
      TableName: this.#table,
      Item: { ...LAST, day },
      ConditionExpression: 'attribute_not_exists(#day) OR #day < :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': day },
    });
    await this.#db.send(put).catch((error: unknown) => {
      // Another run has closed it already, and perhaps days after it.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }
}

const reportOf = (day: string): string => `close#${day}`;

function itemsOf(day: string, balances: readonly Posting[]) {
  const byAccount = new Map<Account, Posting[]>();
  for (const balance of balances) {
    const its = byAccount.get(balance.account);
    if (its) its.push(balance);
    else byAccount.set(balance.account, [balance]);
  }
  return [...byAccount].flatMap(([account, its]) => {
    const sorted = its.toSorted((one, other) => (one.unit < other.unit ? -1 : 1));
    return Array.from({ length: Math.ceil(sorted.length / UNITS_OF_ITEM) }, (_, index) => ({
      [partitionKey]: reportOf(day),
      [sortKey]: `${account}#${String(index).padStart(6, '0')}`,
      account,
      balances: Object.fromEntries(
        sorted.slice(index * UNITS_OF_ITEM, (index + 1) * UNITS_OF_ITEM).map(({ unit, amount }) => [unit, amount]),
      ),
    }));
  });
}
