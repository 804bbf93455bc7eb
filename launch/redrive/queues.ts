/** The dead-letter queues of an environment, and what can be done with their messages. */
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

export interface DeadLetters {
  /** As the queue is called in the stacks, such as `OrderViewUpdatesDeadLetters`. */
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly messages: number;
  /** The queue that its messages were in; undefined for those of rules, schedules and streams. */
  readonly source: { readonly name: string; readonly arn: string } | undefined;
}

const WAIT_SECONDS = 1;
/** What EventBridge says in a message that it could not deliver. */
const TARGET = 'TARGET_ARN';

/** @param prefix what names of the environment's queues begin with, such as `WaybillProd-` */
export async function deadLettersOf(sqs: SQSClient, prefix: string): Promise<readonly DeadLetters[]> {
  const queues = await Promise.all((await urlsOf(sqs, prefix)).map((url) => queueAt(sqs, url)));
  const sources = new Map(
    queues.flatMap(({ name, arn, target }) => (target === undefined ? [] : [[target, { name, arn }] as const])),
  );
  return queues
    .filter(({ arn, name }) => sources.has(arn) || /(DeadLetters|Undelivered)$/.test(name))
    .map(({ name, arn, url, messages }) => ({ name, arn, url, messages, source: sources.get(arn) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

async function urlsOf(sqs: SQSClient, prefix: string): Promise<readonly string[]> {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1_000, ...(NextToken && { NextToken }) }),
    );
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return urls;
}

async function queueAt(sqs: SQSClient, url: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'RedrivePolicy'],
    }),
  );
  const { deadLetterTargetArn: target } = JSON.parse(Attributes.RedrivePolicy ?? '{}') as {
    readonly deadLetterTargetArn?: string;
  };
  const messages = Number(Attributes.ApproximateNumberOfMessages ?? 0);
  return { name: readable(url), arn: Attributes.QueueArn ?? '', url, messages, target };
}

/** `…/WaybillProd-Stateless-SagaStartsQueue653AE040-6RxT0` is `SagaStartsQueue`. */
const readable = (url: string): string =>
  url
    .slice(url.lastIndexOf('/') + 1)
    .replace(/^\w+-\w+-/, '')
    .replace(/[0-9A-F]{8}(-\w+)?$/, '');

/** How many messages were put back, and what a person should know beside. */
export interface Redriven {
  readonly moved: number;
  /** Messages that no queue was meant for, which stay. */
  readonly kept: number;
}

/**
 * Has the messages handled once more: SQS moves those of a queue back by itself; those of a rule go to the queue that the rule could not reach.
 * @param waitSeconds for which a queue is asked before it counts as empty
 */
export async function redrive(
  sqs: SQSClient,
  { arn, url, source, messages }: DeadLetters,
  waitSeconds = WAIT_SECONDS,
): Promise<Redriven> {
  if (source === undefined) return resend(sqs, { arn, url, waitSeconds });
  // Named, because what a rule could not deliver was never in that queue.
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn, DestinationArn: source.arn }));
  return { moved: messages, kept: 0 };
}

async function resend(
  sqs: SQSClient,
  { arn, url, waitSeconds }: Pick<DeadLetters, 'arn' | 'url'> & { readonly waitSeconds: number },
): Promise<Redriven> {
  let [moved, kept] = [0, 0];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: [TARGET],
      }),
    );
    if (Messages.length === 0) return { moved, kept };
    for (const { Body, MessageAttributes, ReceiptHandle } of Messages) {
      const target = queueIn(MessageAttributes?.[TARGET]?.StringValue);
      if (target === undefined) {
        // It is visible again after the queue's time, for a person.
        kept += 1;
        continue;
      }
      // Sent before it is deleted: twice at worst, which every subscriber can bear.
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(target, url, arn), MessageBody: Body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      moved += 1;
    }
  }
}

const queueIn = (arn: string | undefined): string | undefined => /^arn:[^:]+:sqs:[^:]+:\d+:(.+)$/.exec(arn ?? '')?.[1];

/** Of another queue of the same account, by the address of this one. */
const urlOf = (name: string, url: string, arn: string): string =>
  url.slice(0, -arn.slice(arn.lastIndexOf(':') + 1).length) + name;
