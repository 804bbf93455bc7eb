import type { DynamoDBStreamHandler } from 'aws-lambda';
import * as z from 'zod';
import { readEnvironment } from '../shared/edge/environment.ts';
import { logger } from '../shared/edge/logger.ts';
import { streamHandler } from '../shared/edge/stream.ts';
import { EventBridgePublisher } from './adapters/event-bridge-publisher.ts';
import { appendedEvents } from './adapters/outbox-records.ts';
import type { EventPublisher } from './application/ports.ts';
import { publish } from './domain/published.ts';

/** Relays the outbox: what was appended to the log becomes known on the bus, in order, at least once. */
export const makeHandler = ({ publisher }: { readonly publisher: EventPublisher }) =>
  streamHandler(async (stream) => {
    const records = appendedEvents(stream);
    const [refused] = await publisher.publish(records.map(({ event }) => publish(event)));
    if (!refused) return { batchItemFailures: [] };
    const first = records.find(({ event }) => event.eventId === refused.eventId)!;
    logger.error('The bus did not take an event; the relay goes on from it.', {
      eventId: refused.eventId,
      orderId: refused.orderId,
    });
    return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
  });

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
export const handler: DynamoDBStreamHandler = makeHandler({
  publisher: new EventBridgePublisher(environment.EVENT_BUS_NAME),
});
