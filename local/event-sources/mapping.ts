/** Event source mappings as Lambda's API takes and answers them. */
import { arnOf, type Location, serviceOf } from '../arn.ts';
import { AwsError, type JsonObject } from '../contracts.ts';
import { number, present } from '../properties.ts';

export interface Mapping {
  readonly uuid: string;
  readonly eventSourceArn: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  /** The rest of it, under the names that templates and requests share. */
  readonly settings: JsonObject;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Lambda's own, by setting. */
const RANGES: Readonly<Record<string, Range>> = {
  BatchSize: { least: 1, most: 10_000 },
  MaximumBatchingWindowInSeconds: { least: 0, most: 300 },
  MaximumRecordAgeInSeconds: { least: -1, most: 604_800 },
  MaximumRetryAttempts: { least: -1, most: 10_000 },
  ParallelizationFactor: { least: 1, most: 10 },
};
const BATCH_WITHOUT_WINDOW = 10;

/** What Lambda presets, by the service of the source. */
const PRESETS: Readonly<Record<string, JsonObject>> = {
  sqs: { BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [] },
  dynamodb: {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: 1,
    DestinationConfig: { OnFailure: {} },
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
    MaximumRetryAttempts: -1,
    TumblingWindowInSeconds: 0,
    FunctionResponseTypes: [],
  },
};
/** What a client may set, beside source, function and `Enabled`. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  sqs: ['BatchSize', 'MaximumBatchingWindowInSeconds', 'FunctionResponseTypes', 'ScalingConfig', 'FilterCriteria'],
  dynamodb: [...Object.keys(PRESETS.dynamodb!), 'FilterCriteria', 'StartingPosition'],
};

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** What a request sets. @throws AwsError `InvalidParameterValueException` */
export function readSettings(eventSourceArn: string, given: JsonObject): JsonObject {
  const service = serviceOf(eventSourceArn) ?? '';
  const known = SETTINGS[service] ?? [];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalid(`${unknown} is nothing that a mapping from ${service} has here; it has ${known.join(', ')}.`);
  }
  for (const [name, { least, most }] of Object.entries(RANGES)) {
    const value = number(given[name]);
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) continue;
    throw invalid(`${name} is a whole number from ${least} to ${most}, got ${value}.`);
  }
  return given;
}

/** What holds of a mapping's settings together. @throws AwsError `InvalidParameterValueException` */
export function checkTogether({ eventSourceArn, settings }: Pick<Mapping, 'eventSourceArn' | 'settings'>): void {
  const { BatchSize, MaximumBatchingWindowInSeconds, StartingPosition } = settings;
  if (serviceOf(eventSourceArn) !== 'sqs') {
    if (StartingPosition === 'LATEST' || StartingPosition === 'TRIM_HORIZON') return;
    throw invalid('A mapping from a stream needs StartingPosition: LATEST or TRIM_HORIZON.');
  }
  if ((number(BatchSize) ?? 0) > BATCH_WITHOUT_WINDOW && (number(MaximumBatchingWindowInSeconds) ?? 0) === 0) {
    throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
}

/** @param state what the answer says; without one that it rests */
export function describeMapping(
  { uuid, eventSourceArn, functionArn, enabled, settings, updatedAt }: Mapping,
  location: Location,
  state = enabled ? 'Enabled' : 'Disabled',
): JsonObject {
  const numbers = Object.keys(RANGES).map((name) => [name, number(settings[name])] as const);
  return {
    UUID: uuid,
    EventSourceMappingArn: arnOf(location, 'lambda', `event-source-mapping:${uuid}`),
    EventSourceArn: eventSourceArn,
    FunctionArn: functionArn,
    LastModified: updatedAt / 1_000,
    State: state,
    StateTransitionReason: 'USER_INITIATED',
    ...PRESETS[serviceOf(eventSourceArn) ?? ''],
    ...settings,
    ...present(Object.fromEntries(numbers)),
  };
}
