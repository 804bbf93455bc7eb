import type { JsonObject, ServiceContext } from '../contracts.ts';
import { type EventSource, reportsItemFailures } from '../event-source.ts';
import { number, present, text, textOf } from '../properties.ts';
import type { DynamoDbProxy } from './proxy.ts';
import { StreamCheckpoints } from './stream-checkpoints.ts';
import type { StreamMapping } from './stream-mapping.ts';
import { StreamPoller } from './stream-poller.ts';
import { StreamReader } from './stream-reader.ts';

/** What event source mappings read of the streams of tables. */
export const streamEventSource = (context: ServiceContext, proxy: () => DynamoDbProxy): EventSource => ({
  actions: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
  map({ properties }) {
    const mapping = streamMapping(properties);
    return ({ functionArn, invoker, deliver }) =>
      new StreamPoller(context, { proxy: proxy(), invoker, deliver }, { ...mapping, functionArn });
  },
  async check(tableStreamArn) {
    await new StreamReader(proxy(), tableStreamArn).shards();
  },
  forget(tableStreamArn, functionArn) {
    new StreamCheckpoints(context.store, { tableStreamArn, functionArn }).forget();
  },
});

/** What the template says of a mapping, with Lambda's presets: every record is retried for ever. */
export function streamMapping(properties: JsonObject): Omit<StreamMapping, 'functionArn'> {
  const {
    EventSourceArn,
    BatchSize,
    StartingPosition,
    BisectBatchOnFunctionError,
    MaximumRetryAttempts,
    DestinationConfig,
    FilterCriteria,
  } = properties;
  const onFailure = (DestinationConfig as { readonly OnFailure?: JsonObject } | undefined)?.OnFailure;
  const filters = (FilterCriteria as { readonly Filters?: JsonObject[] } | undefined)?.Filters;
  return {
    tableStreamArn: textOf(EventSourceArn),
    batchSize: number(BatchSize) ?? 100,
    startingPosition: StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    bisect: BisectBatchOnFunctionError === true,
    maxRetries: number(MaximumRetryAttempts) ?? -1,
    maxAgeMs: maxAgeMsOf(properties),
    ...present({
      onFailureArn: text(onFailure?.Destination),
      filters: filters?.map(({ Pattern }) => JSON.parse(textOf(Pattern)) as JsonObject),
    }),
    reportBatchItemFailures: reportsItemFailures(properties),
  };
}

/** -1 is for ever, as in the template. */
function maxAgeMsOf({ MaximumRecordAgeInSeconds }: JsonObject): number {
  const maxAge = number(MaximumRecordAgeInSeconds) ?? -1;
  return maxAge < 0 ? -1 : maxAge * 1_000;
}
