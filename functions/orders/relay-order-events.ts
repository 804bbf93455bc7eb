import type { DynamoDBStreamHandler } from 'aws-lambda';
import * as z from 'zod';
import { EVENT_SOURCES } from '../published/event-sources.ts';
import { ORDER } from '../published/order-log.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { streamHandler } from '../shared/edge/stream.ts';
import { EventBridgePublisher } from '../shared/event-log/event-bridge-publisher.ts';
import { relay } from '../shared/event-log/outbox.ts';
import type { EventPublisher } from '../shared/event-log/port.ts';
import { publish } from './domain/published.ts';

/** Relays the outbox of the order log: what was appended becomes known on the bus, in order, at least once. */
export const makeHandler = ({ publisher }: { readonly publisher: EventPublisher }) =>
  streamHandler((stream) => relay({ aggregate: ORDER, publish, publisher }, stream));

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
export const handler: DynamoDBStreamHandler = makeHandler({
  publisher: new EventBridgePublisher(environment.EVENT_BUS_NAME, EVENT_SOURCES.orders),
});
