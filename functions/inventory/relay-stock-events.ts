import type { DynamoDBStreamHandler } from 'aws-lambda';
import * as z from 'zod';
import { EVENT_SOURCES } from '../published/event-sources.ts';
import type { RecordedStockEvent } from '../published/stock-events.ts';
import { STOCK } from '../published/stock-log.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { streamHandler } from '../shared/edge/stream.ts';
import { EventBridgePublisher } from '../shared/event-log/event-bridge-publisher.ts';
import { relay } from '../shared/event-log/outbox.ts';
import type { EventPublisher } from '../shared/event-log/port.ts';

/** There is no personal data in them. */
const publish = (event: RecordedStockEvent): RecordedStockEvent => event;

/** Relays the outbox of the stock log: what was recorded of an article becomes known on the bus, in order, at least once. */
export const makeHandler = ({ publisher }: { readonly publisher: EventPublisher }) =>
  streamHandler((stream) => relay({ aggregate: STOCK, publish, publisher }, stream));

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
export const handler: DynamoDBStreamHandler = makeHandler({
  publisher: new EventBridgePublisher(environment.EVENT_BUS_NAME, EVENT_SOURCES.inventory),
});
