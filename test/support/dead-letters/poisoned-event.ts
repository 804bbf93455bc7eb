/** A real dead letter: an event that its consumer cannot read, as one of a newer release, until somebody mends it. */
import { ListQueuesCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { notificationIdOf } from '../../../functions/published/notification-tables.ts';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { callApi } from '../api/client.ts';
import { asOperator } from '../api/tokens.ts';
import type { Running } from '../platform/running.ts';
import { inboxOf } from '../platform/stored.ts';
import { until } from '../run/eventually.ts';

/** No release of ours writes it. */
const UNREADABLE = 99;
const QUEUE = /CustomerNotificationsQueue/;

interface Told {
  readonly type: string;
  readonly eventId: string;
  readonly version: number;
  readonly correlationId: string;
  readonly occurredAt: string;
}

/**
 * Has the customer told once more that the order is confirmed, by an event that cannot be read. Its message is tried five times within seconds, and is a dead
 * letter then.
 * @returns makes the event readable again
 */
export async function poisonConfirmation(
  instance: Running,
  orderId: string,
  customerId: string,
): Promise<() => Promise<void>> {
  const { url, endpointUrl } = instance;
  const history = await callApi(url, `/orders/${orderId}/history`, { headers: await asOperator(url) });
  const { events } = (await history.json()) as { readonly events: readonly Told[] };
  const event = events.find(({ type }) => type === 'OrderConfirmed');
  if (!event) throw new Error(`Order ${orderId} is not confirmed.`);
  // The message that told them first must be done with: it would be a second letter.
  await until('the customer is told that the order is confirmed', async () =>
    (await inboxOf(instance, customerId)).some(({ notificationId }) => notificationId === notificationIdOf(event)),
  );
  const { OrderLogTableName } = await instance.outputs();
  const setVersion = (schemaVersion: number) =>
    instance.db().send(
      new UpdateCommand({
        TableName: OrderLogTableName,
        Key: { orderId, version: event.version },
        UpdateExpression: 'SET schemaVersion = :it',
        ExpressionAttributeValues: { ':it': schemaVersion },
        ReturnValues: 'UPDATED_OLD',
      }),
    );
  const { Attributes } = await setVersion(UNREADABLE);
  const sqs = new SQSClient(operatorClientConfig(endpointUrl));
  try {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((each) => QUEUE.test(each));
    // Each further try would come after a minute.
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '1' } }));
    const { type, ...detail } = event;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify({
          source: 'waybill.orders',
          'detail-type': type,
          detail: { orderId, ...detail },
        }),
      }),
    );
  } finally {
    sqs.destroy();
  }
  return async () => void (await setVersion(Number(Attributes?.schemaVersion)));
}
