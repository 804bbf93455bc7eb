import { AwsError, type JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskIntegration } from '../integration.ts';
import { sdkNames, upperFirst, wireNames, withDates } from '../sdk-names.ts';
import { withText } from './optimised.ts';
import { errorName } from './sdk.ts';
import type { ServiceCalls } from './service-calls.ts';

interface SdkService {
  /** The service's name in policies. */
  readonly service: string;
  /** Before the dot of an error's name. */
  readonly prefix: string;
  /** Fields that may be any JSON, and are sent as text. */
  readonly data?: readonly string[];
  /** A field whose content is sent as JSON, also when it is a text. */
  readonly content?: string;
}

/** Services by the names that the AWS SDK has for them. */
const sdkServices: Readonly<Record<string, SdkService>> = {
  cloudwatch: { service: 'cloudwatch', prefix: 'CloudWatch' },
  dynamodb: { service: 'dynamodb', prefix: 'DynamoDb' },
  dynamodbstreams: { service: 'dynamodb', prefix: 'DynamoDbStreams' },
  eventbridge: { service: 'events', prefix: 'EventBridge' },
  lambda: { service: 'lambda', prefix: 'Lambda', content: 'Payload' },
  s3: { service: 's3', prefix: 'S3', content: 'Body' },
  secretsmanager: { service: 'secretsmanager', prefix: 'SecretsManager', data: ['SecretString'] },
  sfn: { service: 'states', prefix: 'Sfn', data: ['Cause', 'Definition', 'Input', 'Output'] },
  sns: { service: 'sns', prefix: 'Sns', data: ['Message'] },
  sqs: { service: 'sqs', prefix: 'Sqs', data: ['MessageBody'] },
  ssm: { service: 'ssm', prefix: 'Ssm', data: ['Value'] },
};

/** `arn:aws:states:::aws-sdk:sqs:receiveMessage` and its like: any operation of a service that this runtime has. */
export function sdkIntegration(called: string, calls: ServiceCalls): TaskIntegration | undefined {
  const [, sdkName = '', action = ''] = /^arn:aws:states:::aws-sdk:(\w+):(\w+)$/.exec(called) ?? [];
  const known = Object.hasOwn(sdkServices, sdkName) ? sdkServices[sdkName]! : undefined;
  const operation = upperFirst(action);
  const service = known && calls.find(known.service);
  if (!known || !service || service.operations?.includes(operation) === false) return undefined;
  const { prefix, data = [], content } = known;
  const { request, answer } = sdkName === 'sfn' ? { request: wireNames, answer: camelAnswer } : AS_IT_IS;
  return async (args, caller) => {
    try {
      const given = withText(withContent(args as JsonObject, content), data);
      return answer(await calls.call(known.service, operation, request(given), caller));
    } catch (error) {
      throw failureOf(error, prefix, caller.generators.newId());
    }
  };
}

const withContent = (args: JsonObject, field: string | undefined): JsonObject =>
  field !== undefined && args[field] !== undefined ? { ...args, [field]: JSON.stringify(args[field]) } : args;

const isoTime = (ms: number): string => new Date(ms).toISOString();
const camelAnswer = (output: JsonObject): JsonObject => sdkNames(output, isoTime);
const AS_IT_IS = {
  request: (input: JsonObject) => input,
  answer: (output: JsonObject) => withDates(output, isoTime) as JsonObject,
};

function failureOf(error: unknown, prefix: string, requestId: string): TaskFailure {
  if (!(error instanceof AwsError)) {
    return new TaskFailure(`${prefix}.SdkClientException`, error instanceof Error ? error.message : String(error));
  }
  const ids = `Request ID: ${requestId}${prefix === 'S3' ? `, Extended Request ID: ${requestId}` : ''}`;
  const cause = `${error.message} (Service: ${prefix}, Status Code: ${error.status}, ${ids}) (SDK Attempt Count: 1)`;
  return new TaskFailure(`${prefix}.${errorName(error.code, `${prefix}Exception`)}`, cause);
}
