import type { Resource } from '../assembly/deploy.ts';
import type { JsonObject } from '../contracts.ts';
import { functionArn } from '../iam/request-permissions.ts';
import { textOf } from '../json-text.ts';
import { number, objects, type Provider, present, refuseProperties, type Services, seconds, text } from './provider.ts';

/** What Lambda's pollers do in the name of the function, and so what its role must allow. */
const POLLER_ACTIONS = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
} as const;

/** Work starts when everything is made: the function may need any of it. */
export const eventSourceMapping: Provider = (resource, services) => {
  refuseProperties(resource, ['TumblingWindowInSeconds']);
  const source = textOf(resource.properties.EventSourceArn).split(':')[2];
  switch (source) {
    case 'sqs':
      refuseProperties(resource, ['FilterCriteria']);
      services.onceMade.push(() => startQueueMapping(resource, services));
      break;
    case 'dynamodb':
      services.onceMade.push(() => startStreamMapping(resource, services));
      break;
    default:
      throw new Error(`It maps from ${source}; this runtime has event sources from SQS queues and DynamoDB streams.`);
  }
  const id = `${resource.stack}-${resource.logicalId}`;
  return { ref: id, attributes: { Id: id } };
};

function startQueueMapping({ properties }: Resource, services: Services): void {
  const { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig, Enabled } = properties;
  const queueArn = textOf(EventSourceArn);
  services.sqsSource.start({
    queueArn,
    functionArn: permittedFunction(properties, queueArn, POLLER_ACTIONS.sqs, services),
    batchSize: number(BatchSize) ?? 10,
    windowMs: seconds(MaximumBatchingWindowInSeconds, 0),
    ...present({ maxConcurrency: number((ScalingConfig as JsonObject | undefined)?.MaximumConcurrency) }),
    reportBatchItemFailures: reportsFailures(properties),
    enabled: Enabled !== false,
  });
}

function startStreamMapping({ properties }: Resource, services: Services): void {
  if (properties.Enabled === false) return;
  const {
    EventSourceArn,
    BatchSize,
    StartingPosition,
    BisectBatchOnFunctionError,
    MaximumRetryAttempts,
    DestinationConfig,
    FilterCriteria,
  } = properties;
  const tableStreamArn = textOf(EventSourceArn);
  const onFailure = (DestinationConfig as { readonly OnFailure?: JsonObject } | undefined)?.OnFailure;
  const filters = objects((FilterCriteria as JsonObject | undefined)?.Filters);
  services.streamSource.start({
    tableStreamArn,
    functionArn: permittedFunction(properties, tableStreamArn, POLLER_ACTIONS.dynamodb, services),
    batchSize: number(BatchSize) ?? 100,
    startingPosition: StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    bisect: BisectBatchOnFunctionError === true,
    maxRetries: number(MaximumRetryAttempts) ?? -1,
    maxAgeMs: maxAgeMsOf(properties),
    ...present({ onFailureArn: text(onFailure?.Destination) }),
    reportBatchItemFailures: reportsFailures(properties),
    ...(filters.length > 0 ? { filters: filters.map(({ Pattern }) => JSON.parse(textOf(Pattern)) as JsonObject) } : {}),
  });
}

/** The ARN of the function that gets the batches. @throws AwsError when its role does not allow what the poller does for it */
function permittedFunction(
  properties: JsonObject,
  resource: string,
  actions: readonly string[],
  { context, callers, policies }: Services,
): string {
  const calledArn = functionArn(textOf(properties.FunctionName), context);
  const { functionName, roleArn } = callers.ofFunction(calledArn);
  for (const action of actions) policies.require(roleArn, { action, resource }, functionName);
  return calledArn;
}

/** -1 is for ever, as in the template. */
function maxAgeMsOf({ MaximumRecordAgeInSeconds }: JsonObject): number {
  const maxAge = number(MaximumRecordAgeInSeconds) ?? -1;
  return maxAge < 0 ? -1 : maxAge * 1_000;
}

const reportsFailures = ({ FunctionResponseTypes }: JsonObject): boolean =>
  Array.isArray(FunctionResponseTypes) && FunctionResponseTypes.includes('ReportBatchItemFailures');
