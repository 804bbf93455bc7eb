import * as z from 'zod';
import { LETTER_ATTRIBUTE } from '../../shared/dead-letters/tables.ts';
import { queueCall } from '../../shared/edge/queue-call.ts';
import type { DeadLetterQueues, DeadMessage, Resending } from '../application/ports.ts';

/** With a wait all of SQS's servers are asked: a queue with one message does not seem empty. */
const WAIT_SECONDS = 1;
const AT_A_TIME = 10;
/** Nobody waits for the filing, and an operator who resends has some seconds. */
const PATIENCE_MS = 8_000;

const received = z.object({
  Messages: z
    .array(
      z.object({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        Attributes: z.object({ SentTimestamp: z.coerce.number() }),
        MessageAttributes: z.record(z.string(), z.object({ StringValue: z.string().optional() })).optional(),
      }),
    )
    .optional(),
});

export class SqsQueues implements DeadLetterQueues, Resending {
  readonly #call = queueCall(PATIENCE_MS);

  async receive(arn: string): Promise<readonly DeadMessage[]> {
    const answer = await this.#call('ReceiveMessage', {
      QueueUrl: urlOf(arn),
      MaxNumberOfMessages: AT_A_TIME,
      WaitTimeSeconds: WAIT_SECONDS,
      AttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    });
    return (received.parse(answer).Messages ?? []).map((message) => {
      const attributes: Readonly<Record<string, string>> = Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).flatMap(([name, { StringValue }]) =>
          StringValue === undefined ? [] : [[name, StringValue]],
        ),
      );
      return {
        messageId: message.MessageId,
        receipt: message.ReceiptHandle,
        body: message.Body,
        sentAt: new Date(message.Attributes.SentTimestamp).toISOString(),
        resentLetter: attributes[LETTER_ATTRIBUTE],
        attributes,
      };
    });
  }

  async remove(arn: string, receipt: string): Promise<void> {
    await this.#call('DeleteMessage', { QueueUrl: urlOf(arn), ReceiptHandle: receipt });
  }

  async send(arn: string, letterId: string, body: string): Promise<void> {
    await this.#call('SendMessage', {
      QueueUrl: urlOf(arn),
      MessageBody: body,
      MessageAttributes: { [LETTER_ATTRIBUTE]: { DataType: 'String', StringValue: letterId } },
    });
  }
}

/** SQS takes the account and the name from it. */
function urlOf(arn: string): string {
  const [, partition, , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${name}`;
}
