import type { SQSHandler } from 'aws-lambda';
import type { OrderEvent } from '../published/order-events.ts';
import type { OrderLog } from '../published/order-log.ts';
import { eventInStreamConsumer } from '../shared/edge/event-in-stream-consumer.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { notificationFrom } from './application/notification-from.ts';
import type { Inbox } from './application/ports.ts';
import { inbox, shopStyle } from './composition.ts';
import { toldOf } from './domain/notification-of.ts';
import type { Style } from './domain/render.ts';

interface NotifyDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly inbox: Inbox;
  readonly shop: Style;
}

/** Tells the customer of their order: one notification per event, however often the event comes, and none of what is overtaken. */
export const makeHandler = ({ log, inbox, shop }: NotifyDeps) =>
  eventInStreamConsumer<OrderEvent>(log, async (event, stream) => {
    const told = toldOf(event, stream, shop);
    if (told !== undefined) await inbox.put(notificationFrom(event, told));
  });

export const handler: SQSHandler = makeHandler({ log: stepDeps().log, inbox: inbox(), shop: shopStyle() });
