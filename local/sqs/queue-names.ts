import { AwsError } from '../contracts.ts';
import type { StandardQueues } from './standard-queues.ts';

/** The names of queues in requests, and their URLs in answers. */
export interface QueueNames {
  readonly queueUrl: (name: string) => string;
  /** The ARN. @throws AwsError `QueueDoesNotExist` */
  readonly named: (queueName: string) => string;
  /** The ARN of the queue at a URL, of which only the last part counts. @throws AwsError `QueueDoesNotExist` */
  readonly at: (url: string) => string;
}

export function queueNames(queues: StandardQueues, queueUrl: QueueNames['queueUrl']): QueueNames {
  const named = (queueName: string): string => {
    const found = queues.definitions().find(({ name }) => name === queueName);
    if (found === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found.arn;
  };
  return { queueUrl, named, at: (url) => named(url.slice(url.lastIndexOf('/') + 1)) };
}
