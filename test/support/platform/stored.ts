/** What a running platform has stored, read past its API. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCommand, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inKeyOrder } from '../../../functions/shared/kernel/key-order.ts';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import type { Running } from './running.ts';

/** An item of the inventory, such as `SKU#TSHIRT` or `ORDER#<order id>`. Counts that an item does not have are 0. */
export async function inventoryItem(instance: Running, pk: string): Promise<Record<string, unknown> | undefined> {
  const { InventoryTableName } = await instance.outputs();
  const { Item } = await instance
    .db()
    .send(new GetCommand({ TableName: InventoryTableName, Key: { pk }, ConsistentRead: true }));
  return Item && pk.startsWith('SKU#') ? { available: 0, reserved: 0, ...Item } : Item;
}

/** The orders that the log has a stream of. */
export async function orderIdsInLog(instance: Running): Promise<string[]> {
  const { OrderLogTableName } = await instance.outputs();
  const ids = new Set<string>();
  const scan = { TableName: OrderLogTableName, ConsistentRead: true, ProjectionExpression: 'orderId' };
  for await (const { Items = [] } of paginateScan({ client: instance.db() }, scan)) {
    for (const { orderId } of Items) ids.add(orderId as string);
  }
  return [...ids];
}

/** What a customer was told, the oldest first. */
export async function inboxOf(instance: Running, customerId: string): Promise<Record<string, unknown>[]> {
  const { NotificationsTableName } = await instance.outputs();
  const { Items = [] } = await instance.db().send(
    new QueryCommand({
      TableName: NotificationsTableName,
      KeyConditionExpression: 'customerId = :id',
      ExpressionAttributeValues: { ':id': customerId },
      ConsistentRead: true,
    }),
  );
  return Items;
}

interface ParkedEvent {
  readonly type: string;
  readonly orderId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events in the queue whose alarm calls a person. They stay there. */
export async function parkedEvents(instance: Running): Promise<ParkedEvent[]> {
  const { ParkedOrdersQueueUrl } = await instance.outputs();
  const sqs = new SQSClient(operatorClientConfig(instance.endpointUrl));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: ParkedOrdersQueueUrl, WaitTimeSeconds: 10, VisibilityTimeout: 0 }),
  );
  sqs.destroy();
  return Messages.map(({ Body }) => JSON.parse(Body!) as ParkedEvent);
}

/**
 * Every item of every table, except what changes with time alone: how many requests callers have left, how partners are, and
 * when what waits is tried again.
 */
export async function storedItems(instance: Running): Promise<Record<string, string[]>> {
  const tables = Object.entries(await instance.outputs()).filter(
    ([name]) => name.endsWith('TableName') && !/^(RateLimits|Partners|RecoveryWaits)/.test(name),
  );
  const db = instance.db();
  const contents = await Promise.all(
    tables.map(async ([name, table]) => {
      const items: string[] = [];
      const scan = { TableName: table, ConsistentRead: true };
      for await (const { Items = [] } of paginateScan({ client: db }, scan)) {
        items.push(...Items.map((item) => JSON.stringify(inKeyOrder(item))));
      }
      return [name, items.sort()] as const;
    }),
  );
  return Object.fromEntries(contents);
}

/** What has come (`+`) and what has gone (`-`) between two looks, a line each. */
export function changesOf(
  before: Readonly<Record<string, string[]>>,
  after: Readonly<Record<string, string[]>>,
): string[] {
  return Object.entries(after).flatMap(([table, items]) => {
    const [known, found] = [new Set(before[table]), new Set(items)];
    return [
      ...(before[table] ?? []).filter((item) => !found.has(item)).map((item) => `- ${table} ${item}`),
      ...items.filter((item) => !known.has(item)).map((item) => `+ ${table} ${item}`),
    ];
  });
}

/** Waits until no item has changed for five seconds: messages are gathered for two: everything that followed from earlier requests is done. */
export async function untilSettled(instance: Running): Promise<void> {
  for (let last = '', quiet = 0; quiet < 5; await sleep(1_000)) {
    const now = JSON.stringify(await storedItems(instance));
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
}
