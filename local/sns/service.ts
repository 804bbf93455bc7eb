import { arnOf } from '../arn.ts';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { filledText, textOf } from '../properties.ts';
import { ignored, physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { Permission, Receiver, Service } from '../service.ts';
import { type Notification, NotificationStore } from './notification-store.ts';

export type { Notification } from './notification-store.ts';

/** What an e-mail of SNS has as its subject when the message has none. */
const SUBJECT_OF_NONE = 'AWS Notification Message';

/** Amazon SNS: topics with subscribers by e-mail. Nothing is sent from this machine: notifications are kept, and shown. */
export class SnsService implements Service {
  readonly name = 'sns';
  readonly operations = ['Publish'];
  readonly meters = ['sns.published', 'sns.emails'];
  readonly resources: ResourceTypes;
  readonly receiver: Receiver = {
    kind: 'a topic',
    deliver: async (arn, content) => this.publish(arn, SUBJECT_OF_NONE, content),
  };
  readonly #context: ServiceContext;
  readonly #notifications: NotificationStore;
  /** Addresses by the topic's ARN. */
  readonly #topics = new Map<string, string[]>();
  readonly #listeners = new Set<(notification: Notification) => void>();

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#notifications = new NotificationStore(context.store);
    this.resources = {
      'AWS::SNS::Topic': (resource) => {
        refuseProperties(resource, ['FifoTopic', 'Subscription', 'DataProtectionPolicy']);
        const name = physicalName(resource, resource.properties.TopicName);
        const arn = arnOf(context, this.name, name);
        this.#topics.set(arn, []);
        return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
      },
      'AWS::SNS::Subscription': (resource) => {
        refuseProperties(resource, ['FilterPolicy', 'RawMessageDelivery', 'RedrivePolicy']);
        const { TopicArn, Protocol, Endpoint } = resource.properties;
        if (Protocol !== 'email') {
          throw new Error(
            `Its protocol is ${textOf(Protocol)}; the subscribers of this runtime's topics are e-mail addresses.`,
          );
        }
        this.#emailsOf(textOf(TopicArn)).push(textOf(Endpoint));
        return { ref: `${textOf(TopicArn)}:${resource.logicalId}` };
      },
      'AWS::SNS::TopicPolicy': ignored,
    };
  }

  /** SNS has an API of its own protocol, which nothing on this machine speaks: state machines publish through this. */
  async handle(operation: string, { TopicArn, Subject, Message }: JsonObject): Promise<JsonObject> {
    if (operation !== 'Publish') {
      throw new AwsError('InvalidAction', `The embedded SNS has no operation ${operation}; it has Publish.`);
    }
    if (typeof Message !== 'string' || Message === '') {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
    }
    this.publish(textOf(TopicArn ?? ''), textOf(Subject ?? ''), Message);
    return { MessageId: this.#context.newId() };
  }

  permissions(operation: string, { TopicArn }: JsonObject): Permission[] {
    return [{ action: `sns:${operation}`, resource: filledText(TopicArn) ?? '*' }];
  }

  /** @throws AwsError `NotFound` for a topic that does not exist */
  publish(topicArn: string, subject: string, message: string): void {
    const emails = this.#emailsOf(topicArn);
    const notification = { topicArn, subject, message, at: this.#context.clock.now(), emails: [...emails] };
    this.#notifications.add(notification);
    this.#context.meter.count('sns.published', topicArn);
    if (emails.length > 0) this.#context.meter.count('sns.emails', topicArn, emails.length);
    for (const listener of this.#listeners) listener(notification);
  }

  /** The last ones, the newest first. */
  notifications(): Notification[] {
    return this.#notifications.newest();
  }

  /** Calls `listener`, which must not throw, for each notification. Returns what ends the subscription. */
  subscribe(listener: (notification: Notification) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }

  #emailsOf(topicArn: string): string[] {
    const emails = this.#topics.get(topicArn);
    if (emails === undefined) throw new AwsError('NotFound', `Topic does not exist: ${topicArn}`, 404);
    return emails;
  }
}
