import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { DynamoDbEventStreams } from '../../../../../functions/shared/event-log/dynamodb-event-streams.ts';
import type { OrderId } from '../../../../../functions/shared/kernel/ids.ts';
import { ORDERS, streamOf } from '../../../../support/event-log/samples.ts';

const [first, ...others] = ORDERS.events;
const stream = (id: string) =>
  streamOf(
    ORDERS.aggregate,
    id as OrderId,
    Array.from({ length: 12 }, (_, at) => (at === 0 ? first : others[at % others.length]!)),
  );
const ids = ['01a21dff-3ed0-735c-8ff3-ae127c3ea5a8', '01a21dff-3f33-7042-b834-654ba6d43a23'];

/** Gives these items, a page of five at a time. */
function scanOf(items: readonly object[]): DynamoDBDocumentClient {
  const client = Object.create(DynamoDBDocumentClient.prototype) as DynamoDBDocumentClient;
  const send = async ({ input }: { input: { ExclusiveStartKey?: { at: number } } }) => {
    const from = input.ExclusiveStartKey?.at ?? 0;
    const Items = items.slice(from, from + 5);
    return { Items, ...(from + 5 < items.length ? { LastEvaluatedKey: { at: from + 5 } } : {}) };
  };
  return Object.assign(client, { send });
}

test('The events of a stream come by version, in whatever order a scan gives them', async () => {
  const asText = (one: { version: number }, other: { version: number }) =>
    String(one.version) < String(other.version) ? -1 : 1;
  const items = ids.flatMap((id) =>
    stream(id)
      .map((event) => ({ ...event, schemaVersion: 1 }))
      .sort(asText),
  );
  expect(items.slice(0, 3).map(({ version }) => version)).toEqual([1, 10, 11]);
  const streams = new DynamoDbEventStreams(ORDERS.aggregate, scanOf(items), 'log');
  const found = [];
  for await (const each of streams.readAll()) found.push(each);
  expect(found.map(({ id }) => id)).toEqual(ids);
  for (const { events } of found) {
    expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  }
});
