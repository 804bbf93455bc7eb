import { arnOf, type Location } from '../arn.ts';
import { AwsError } from '../contracts.ts';
import { pageOf, sortedBy } from '../paging.ts';
import { present } from '../properties.ts';
import type { QueueDefinition } from './queue.ts';
import { attributesOf, defaultQueue, withAttributes } from './queue-attributes.ts';
import type { QueueCatalogue } from './queue-catalogue.ts';
import type { QueueNames } from './queue-names.ts';
import type { Operations } from './requests.ts';
import type { StandardQueues } from './standard-queues.ts';

const PAGE = 1_000;

type QueueOperation =
  | 'CreateQueue'
  | 'DeleteQueue'
  | 'GetQueueAttributes'
  | 'SetQueueAttributes'
  | 'GetQueueUrl'
  | 'ListQueues'
  | 'PurgeQueue'
  | 'TagQueue'
  | 'UntagQueue'
  | 'ListQueueTags'
  | 'ListDeadLetterSourceQueues';

/** Operations on queues as a whole. */
export function queueOperations(
  sqs: StandardQueues,
  catalogue: QueueCatalogue,
  { at, named, queueUrl }: QueueNames,
  location: Location,
): Pick<Operations, QueueOperation> {
  const urlOf = ({ name }: QueueDefinition): string => queueUrl(name);
  const definition = (url: string): QueueDefinition => sqs.definitionOf(at(url));
  const listed = (queues: readonly QueueDefinition[], { MaxResults, NextToken }: Paging) => {
    const sorted = sortedBy(queues, ({ name }) => name);
    const page = pageOf(
      sorted,
      ({ name }) => name,
      { limit: MaxResults ?? PAGE, token: NextToken },
      'InvalidParameterValue',
    );
    return { urls: page.items.map(urlOf), ...present({ NextToken: page.nextToken }) };
  };
  const checked = (queue: QueueDefinition): QueueDefinition => {
    const { redrive } = queue;
    if (redrive === undefined || sqs.definitions().some(({ arn }) => arn === redrive.deadLetterArn)) return queue;
    throw new AwsError('InvalidParameterValue', `The dead-letter queue ${redrive.deadLetterArn} does not exist.`);
  };

  return {
    /** The same queue again changes nothing; attributes that are not given and tags are not compared. */
    CreateQueue({ QueueName, Attributes, tags }) {
      refuseName(QueueName);
      const existing = sqs.definitions().find(({ name }) => name === QueueName);
      if (existing) refuseOthers(existing, Attributes);
      else {
        const queue = checked(withAttributes(defaultQueue(QueueName, arnOf(location, 'sqs', QueueName)), Attributes));
        catalogue.put({ ...queue, tags });
      }
      return { QueueUrl: queueUrl(QueueName) };
    },

    DeleteQueue({ QueueUrl }) {
      catalogue.remove(at(QueueUrl));
      return {};
    },

    GetQueueAttributes({ QueueUrl, AttributeNames }) {
      const queue = definition(QueueUrl);
      const all = attributesOf(queue, sqs.counts(queue.arn));
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
    },

    SetQueueAttributes({ QueueUrl, Attributes }) {
      catalogue.put(checked(withAttributes(definition(QueueUrl), Attributes)));
      return {};
    },

    GetQueueUrl({ QueueName }) {
      named(QueueName);
      return { QueueUrl: queueUrl(QueueName) };
    },

    ListQueues({ QueueNamePrefix, ...paging }) {
      const { urls, ...next } = listed(
        sqs.definitions().filter(({ name }) => name.startsWith(QueueNamePrefix)),
        paging,
      );
      return { QueueUrls: urls, ...next };
    },

    ListDeadLetterSourceQueues({ QueueUrl, ...paging }) {
      const arn = at(QueueUrl);
      const { urls, ...next } = listed(
        sqs.definitions().filter(({ redrive }) => redrive?.deadLetterArn === arn),
        paging,
      );
      return { queueUrls: urls, ...next };
    },

    PurgeQueue({ QueueUrl }) {
      sqs.purge(at(QueueUrl));
      return {};
    },

    TagQueue({ QueueUrl, Tags }) {
      const queue = definition(QueueUrl);
      catalogue.put({ ...queue, tags: { ...queue.tags, ...Tags } });
      return {};
    },

    UntagQueue({ QueueUrl, TagKeys }) {
      const queue = definition(QueueUrl);
      const left = Object.entries(queue.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
      catalogue.put({ ...queue, tags: Object.fromEntries(left) });
      return {};
    },

    ListQueueTags({ QueueUrl }) {
      return { Tags: { ...definition(QueueUrl).tags } };
    },
  };
}

interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

function refuseName(name: string): void {
  if (name.endsWith('.fifo')) {
    throw new AwsError('UnsupportedOperation', 'The embedded SQS has standard queues only, no FIFO queues.');
  }
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length, got ${name}.`,
  );
}

/** @throws AwsError `QueueNameExists` when an attribute is not as the queue has it */
function refuseOthers(queue: QueueDefinition, attributes: Readonly<Record<string, string>>): void {
  const none = { visible: 0, inFlight: 0, delayed: 0 };
  const [before, after] = [queue, withAttributes(queue, attributes)].map((one) => attributesOf(one, none));
  const other = Object.keys(attributes).find((name) => before?.[name] !== after?.[name]);
  if (other === undefined) return;
  throw new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${other}`,
  );
}
