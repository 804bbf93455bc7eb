import type { Json, JsonObject } from '../../contracts.ts';
import type { TaskIntegration } from '../integration.ts';
import { sdkNames, upperFirst, wireNames } from '../sdk-names.ts';
import { jsonMetadata, type ServiceNames, serviceFailure } from './sdk.ts';
import type { ServiceCalls } from './service-calls.ts';

interface Optimised {
  readonly actions: readonly string[];
  readonly names: Required<ServiceNames>;
  /** The field that may be any JSON, and is sent as text. */
  readonly data?: string;
  readonly contentType?: string;
  /** Present for the service whose fields begin with a small letter. */
  readonly wire?: {
    readonly request: (input: JsonObject) => JsonObject;
    readonly answer: (output: JsonObject) => JsonObject;
  };
}

const optimised: Readonly<Record<string, Optimised>> = {
  dynamodb: {
    actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
    names: { prefix: 'DynamoDB', client: 'AmazonDynamoDBv2', unnamed: 'AmazonDynamoDBException' },
  },
  sqs: {
    actions: ['sendMessage'],
    names: { prefix: 'SQS', client: 'AmazonSQS', unnamed: 'AmazonSQSException' },
    data: 'MessageBody',
  },
  sns: {
    actions: ['publish'],
    names: { prefix: 'SNS', client: 'AmazonSNS', unnamed: 'AmazonSNSException' },
    data: 'Message',
    contentType: 'text/xml',
  },
  states: {
    actions: ['startExecution'],
    names: { prefix: 'StepFunctions', client: 'AWSStepFunctions', unnamed: 'AWSStepFunctionsException' },
    data: 'Input',
    wire: { request: wireNames, answer: (output) => sdkNames(output, (ms) => ms) },
  },
};

/** `arn:aws:states:::sqs:sendMessage` and its like: the service's operation, with what the SDK tells of the answer. */
export function optimisedIntegration(called: string, calls: ServiceCalls): TaskIntegration | undefined {
  const [, service = '', action = ''] = /^arn:aws:states:::(\w+):(\w+)$/.exec(called) ?? [];
  const known = Object.hasOwn(optimised, service) ? optimised[service]! : undefined;
  if (!known?.actions.includes(action)) return undefined;
  const { names, data, contentType = 'application/x-amz-json-1.0', wire } = known;
  return async (args, caller) => {
    const given = withText(args as JsonObject, data === undefined ? [] : [data]);
    try {
      const output = await calls.call(service, upperFirst(action), wire ? wire.request(given) : given, caller);
      const metadata = jsonMetadata(output, contentType, caller.generators, service === 'dynamodb');
      return { ...(wire ? wire.answer(output) : output), ...metadata };
    } catch (error) {
      throw serviceFailure(error, names, caller.generators.newId());
    }
  };
}

/** Fields that a service takes as text may be any JSON in a state machine; null is as if it were absent. */
export function withText(args: JsonObject, fields: readonly string[]): JsonObject {
  const told = Object.entries(args ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(
    told.map(([name, value]): [string, Json] => [
      name,
      fields.includes(name) && typeof value !== 'string' ? JSON.stringify(value) : value,
    ]),
  );
}
