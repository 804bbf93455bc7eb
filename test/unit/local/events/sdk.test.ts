import { DescribeEventBusCommand, EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { Json } from '../../../../local/contracts.ts';
import { EventsService } from '../../../../local/events/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { jsonEndpoint } from '../sqs/json-endpoint.ts';

test('an SDK client puts events, and learns which of them failed', async () => {
  const delivered: Json[] = [];
  const events = new EventsService(testContext(new VirtualClock()), {
    checkTarget: () => {},
    deliver: async (_, content) => void delivered.push(JSON.parse(content) as Json),
  });
  events.defineRule({
    name: 'all',
    busName: 'default',
    pattern: { source: ['waybill.orders'] },
    enabled: true,
    targets: [
      {
        id: 't',
        arn: 'arn:aws:sqs:us-east-1:000000000000:orders',
        inputTransformer: {
          inputTemplate: '{"at":<at>,"order":<order>}',
          inputPathsMap: { at: '$.time', order: '$.detail.orderId' },
        },
      },
    ],
  });
  await using endpoint = await jsonEndpoint(events);
  const client = new EventBridgeClient(endpoint.client);
  const entry = { Source: 'waybill.orders', DetailType: 'OrderCreated', Time: new Date('2026-11-21T10:00:00.000Z') };
  const answer = await client.send(
    new PutEventsCommand({
      Entries: [
        { ...entry, Detail: '{"orderId":"o1"}' },
        { ...entry, Detail: 'no JSON' },
      ],
    }),
  );
  expect(answer).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
  });
  expect(delivered).toEqual([{ at: '2026-11-21T10:00:00Z', order: 'o1' }]);
  expect(await client.send(new DescribeEventBusCommand({ Name: 'default' }))).toMatchObject({
    Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
  });
  await expect(client.send(new DescribeEventBusCommand({ Name: 'nowhere' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  client.destroy();
});
