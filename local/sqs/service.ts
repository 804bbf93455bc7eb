import { arnOf } from '../arn.ts';
import type { AwsError, JsonObject, Measurement, ServiceContext } from '../contracts.ts';
import type { EventSource } from '../event-source.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, Service } from '../service.ts';
import { OPERATIONS, type SqsApi, sqsApi } from './api.ts';
import { queueEventSource } from './event-source.ts';
import { MoveTasks } from './move-tasks.ts';
import { queryErrorOf } from './query-error.ts';
import { QueueCatalogue } from './queue-catalogue.ts';
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
  readonly #moves: MoveTasks;

  constructor(context: ServiceContext, { endpointUrl }: SqsOptions) {
    const { account } = context;
    const queueUrl = (name: string) => `${endpointUrl}/${account}/${name}`;
    this.#context = context;
    this.queues = new StandardQueues(context);
    this.#moves = new MoveTasks(context, this.queues);
    const catalogue = new QueueCatalogue(context, this.queues);
    this.handle = sqsApi({ queues: this.queues, catalogue, moves: this.#moves, location: context, queueUrl });
    this.resources = queueResources(catalogue, queueUrl, context);
    this.eventSource = queueEventSource(this.queues, context);
    this.receiver = {
      kind: 'a queue',
      deliver: async (arn, content, attributes = {}) => {
        const texts = Object.entries(attributes).map(([name, StringValue]) => [
          name,
          { DataType: 'String', StringValue },
        ]);
        this.queues.send(
          arn,
          content,
          texts.length > 0 ? { messageAttributes: Object.fromEntries(texts) as JsonObject } : {},
        );
      },
    };
  }

  /** A batch needs the permission of its operation on single messages, as on AWS. */
  permissions(operation: string, { QueueUrl, QueueName, SourceArn }: JsonObject): Permission[] {
    const name = (filledText(QueueUrl) ?? filledText(QueueName) ?? '').split('/').at(-1)!;
    const resource = filledText(SourceArn) ?? arnOf(this.#context, this.name, name);
    return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource }];
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

  /** Goes on with tasks that move messages. */
  resume(): void {
    this.#moves.resume();
  }

  close(): void {
    this.#moves.close();
    this.queues.close();
  }
}
