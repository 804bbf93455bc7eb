import type { Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import { digestOfBody } from './digest.ts';
import { type ReceivedMessage, systemAttributesOf } from './queue.ts';

/** A batch in the shape in which Lambda hands it to a function. */
export function sqsEvent(
  queueArn: string,
  messages: readonly ReceivedMessage[],
  { account, region }: Location,
): JsonObject {
  return {
    Records: messages.map((message) => ({
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: systemAttributesOf(message, account),
      messageAttributes: Object.fromEntries(
        Object.entries(message.messageAttributes).map(([name, attribute]) => [
          name,
          lambdaAttribute(attribute as JsonObject),
        ]),
      ),
      md5OfBody: digestOfBody(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

/** Lambda writes the names of an attribute's parts in lower camel case and adds lists that are always empty. */
const lambdaAttribute = ({ DataType, StringValue, BinaryValue }: JsonObject): JsonObject => ({
  ...present({ stringValue: StringValue, binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType ?? 'String',
});
