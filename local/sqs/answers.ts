/** Answers of the SQS API in its wire format. */
import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import { digestOfAttributes, digestOfBody } from './digest.ts';
import { type ReceivedMessage, type SendOptions, systemAttributesOf } from './queue.ts';

/** What SendMessage and an entry of SendMessageBatch have in common. */
export interface SendRequest {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: JsonObject | undefined;
}

export const optionsOf = ({ DelaySeconds, MessageAttributes }: SendRequest): SendOptions =>
  present({ delayMs: milliseconds(DelaySeconds), messageAttributes: MessageAttributes });

export const milliseconds = (seconds: number | undefined): number | undefined => seconds && seconds * 1_000;

export const sentOf = ({ MessageBody, MessageAttributes = {} }: SendRequest, messageId: string): JsonObject => ({
  MessageId: messageId,
  MD5OfMessageBody: digestOfBody(MessageBody),
  ...present({ MD5OfMessageAttributes: digestOfSome(MessageAttributes) }),
});

export function receivedOf(
  message: ReceivedMessage,
  account: string,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): JsonObject {
  const system = pick(
    systemAttributesOf(message, account),
    (name) => systemNames.includes('All') || systemNames.includes(name),
  );
  const attributes = pick(message.messageAttributes, (name) =>
    attributeNames.some((pattern) => asksFor(pattern, name)),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: digestOfBody(message.body),
    ...present({
      Attributes: filled(system),
      MessageAttributes: filled(attributes),
      MD5OfMessageAttributes: digestOfSome(attributes),
    }),
  };
}

/** `All`, `.*`, a prefix such as `trace.*`, or a name. */
const asksFor = (pattern: string, name: string): boolean =>
  pattern === 'All' || (pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern);

const filled = (object: JsonObject): JsonObject | undefined => (Object.keys(object).length > 0 ? object : undefined);

const digestOfSome = (attributes: JsonObject): string | undefined =>
  filled(attributes) && digestOfAttributes(attributes);

const pick = (object: JsonObject, wanted: (name: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => wanted(name)));

export const failedEntry = (id: string, code: string, message: string): JsonObject => ({
  Id: id,
  SenderFault: true,
  Code: code,
  Message: message,
});

export const batchAnswer = (successful: JsonObject[], failed: JsonObject[]): JsonObject => ({
  Successful: successful,
  ...present({ Failed: failed.length > 0 ? failed : undefined }),
});
