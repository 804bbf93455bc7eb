import { crc32 } from 'node:zlib';
import { AwsError, type JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskCaller } from '../integration.ts';
import { upperFirst } from '../sdk-names.ts';

/** How the failures of a service are named by the client that Step Functions calls it with. */
export interface ServiceNames {
  /** Before the dot of an error's name, such as `DynamoDB`. */
  readonly prefix: string;
  /** The service in causes, such as `AmazonDynamoDBv2`. */
  readonly client: string;
  /** The name of errors for which the client has none of their own. */
  readonly unnamed?: string;
}

/** Errors that every service has, and for which clients have no class. */
const COMMON = new Set([
  'AccessDeniedException',
  'InternalFailure',
  'InvalidAction',
  'MissingParameter',
  'SerializationException',
  'UnknownOperationException',
  'UnsupportedOperation',
  'ValidationException',
]);

/** The cause of a failure that a service answered, as AWS words it. */
export const serviceCause = (service: string, { code, message, status }: AwsError, requestId: string): string =>
  `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;

/** Such as `ResourceNotFoundException`. */
export const errorName = (code: string, unnamed: string | undefined): string => {
  if (unnamed !== undefined && COMMON.has(code)) return unnamed;
  return code.endsWith('Exception') ? code : `${upperFirst(code)}Exception`;
};

/** What a call through an optimised integration failed with. */
export function serviceFailure(
  error: unknown,
  { prefix, client, unnamed }: ServiceNames,
  requestId: string,
): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (error instanceof AwsError) {
    return new TaskFailure(`${prefix}.${errorName(error.code, unnamed)}`, serviceCause(client, error, requestId));
  }
  return new TaskFailure(`${prefix}.SdkClientException`, error instanceof Error ? error.message : String(error));
}

/** What an optimised integration tells of the answer beside its content: its headers and the request. */
export function sdkMetadata(headers: Readonly<Record<string, string>>, requestId: string): JsonObject {
  const all = Object.entries({ 'x-amzn-RequestId': requestId, ...headers });
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(all.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(all),
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The metadata of an answer in JSON, of which DynamoDB alone sends a checksum. */
export function jsonMetadata(
  answer: JsonObject,
  contentType: string,
  { now, newId }: TaskCaller['generators'],
  withChecksum = false,
): JsonObject {
  const body = JSON.stringify(answer);
  const headers = {
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': contentType,
    Date: new Date(now()).toUTCString(),
  };
  const connection = withChecksum
    ? { Connection: 'keep-alive', Server: 'Server', 'x-amz-crc32': String(crc32(body)) }
    : { connection: 'keep-alive' };
  return sdkMetadata({ ...connection, ...headers }, newId());
}
