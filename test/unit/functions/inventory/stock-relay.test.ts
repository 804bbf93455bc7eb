import '../../../support/platform/function-environment.ts';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { makeHandler } from '../../../../functions/inventory/relay-stock-events.ts';
import { STOCK } from '../../../../functions/published/stock-log.ts';
import { eventPut } from '../../../../functions/shared/event-log/dynamodb-event-log.ts';
import type { PublishedEvent } from '../../../../functions/shared/event-log/port.ts';
import { MUG, received, recorded } from '../../../support/ledger/audited-stock.ts';

test('What is recorded of an article is published as it is, in order', async () => {
  const stream = [received(40), received(2)].map((event, index) => ({
    ...recorded(event, index),
    sku: MUG,
    version: index + 1,
  }));
  const published: PublishedEvent[] = [];
  const publisher = {
    publish: async (events: readonly PublishedEvent[]) => {
      published.push(...events);
      return [];
    },
  };
  const outbox = {
    Records: stream.map((event) => ({
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: `seq-${event.version}`,
        NewImage: marshall(eventPut(STOCK, 'stock-log', event).Item, { removeUndefinedValues: true }),
      },
    })),
  } as DynamoDBStreamEvent;
  expect(await makeHandler({ publisher })(outbox)).toEqual({ batchItemFailures: [] });
  expect(published).toEqual(stream);
});
