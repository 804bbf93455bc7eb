import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type InvocationResult } from '../contracts.ts';

const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?|$)/;

/**
 * The function that a request invokes, by name or ARN; undefined when it is no invocation.
 * @throws AwsError for an invocation that does not wait for its answer
 */
export function invokedFunction({ method, url = '', headers }: IncomingMessage): string | undefined {
  const name = INVOCATION.exec(url)?.[1];
  if (name === undefined || method !== 'POST') return undefined;
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse') {
    throw new AwsError('InvalidParameterValueException', `The invocation type is ${type.toString()}; this runtime has RequestResponse only.`);
  }
  return decodeURIComponent(name);
}

export function answerInvocation(response: ServerResponse, { statusCode, functionError, payload, executedVersion }: InvocationResult): void {
  response.writeHead(statusCode, {
    'content-type': 'application/json',
    'x-amz-executed-version': executedVersion,
    ...(functionError ? { 'x-amz-function-error': functionError } : {}),
  }).end(payload);
}
