import { arnOf } from '../arn.ts';
import type { AwsError, JsonObject, Measurement, ServiceContext } from '../contracts.ts';
import type { EventSource } from '../event-source.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, Service } from '../service.ts';
import { OPERATIONS, type SqsApi, sqsApi } from './api.ts';
import { queueEventSource } from './event-source.ts';
import { queryErrorOf } from './query-error.ts';
import { queueResources } from './resources.ts';
import { StandardQueues } from './standard-queues.ts';

export interface SqsOptions {
  /** Base URL of the AWS endpoint, which begins the URLs of queues. */
  readonly endpointUrl: string;
}

/** Amazon SQS: standard queues. */
export class SqsService implements Service {
  readonly name = 'sqs';
  readonly targets = ['AmazonSQS'];
  readonly meters = ['sqs.requests'];
  readonly resources: ResourceTypes;
  readonly receiver: Receiver;
  readonly eventSource: EventSource;
  readonly queues: StandardQueues;
  readonly operations = OPERATIONS;
  readonly handle: SqsApi;
  readonly #context: ServiceContext;

  constructor(context: ServiceContext, { endpointUrl }: SqsOptions) {
    const { account, newId } = context;
    const queueUrl = (name: string) => `${endpointUrl}/${account}/${name}`;
    this.#context = context;
    this.queues = new StandardQueues(context);
    this.handle = sqsApi(this.queues, { queueUrl, account, newId });
    this.resources = queueResources(this.queues, queueUrl, context);
    this.eventSource = queueEventSource(this.queues, context);
    this.receiver = {
      kind: 'a queue',
      deliver: async (arn, content) => void this.queues.send(arn, content),
    };
  }

  /** A batch needs the permission of its operation on single messages, as on AWS. */
  permissions(operation: string, { QueueUrl, QueueName }: JsonObject): Permission[] {
    const name = (filledText(QueueUrl) ?? filledText(QueueName) ?? '').split('/').at(-1)!;
    return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arnOf(this.#context, this.name, name) }];
  }

  errorHeaders(error: AwsError): Readonly<Record<string, string>> {
    return { 'x-amzn-query-error': queryErrorOf(error) };
  }

  gauges(): Measurement[] {
    return this.queues.definitions().flatMap(({ name, arn }) => {
      const { visible, inFlight, delayed } = this.queues.counts(arn);
      const metric = { namespace: 'AWS/SQS', dimensions: { QueueName: name } };
      return [
        { ...metric, name: 'ApproximateNumberOfMessagesVisible', value: visible },
        { ...metric, name: 'ApproximateNumberOfMessagesNotVisible', value: inFlight },
        { ...metric, name: 'ApproximateNumberOfMessagesDelayed', value: delayed },
        { ...metric, name: 'ApproximateAgeOfOldestMessage', value: Math.floor(this.queues.oldestAgeMs(arn) / 1_000) },
      ];
    });
  }

  close(): void {
    this.queues.close();
  }
}
