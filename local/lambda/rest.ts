import { AwsError, type EndpointAnswer, type EndpointRequest, type InvocationResult } from '../contracts.ts';
import { present } from '../properties.ts';

const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?|$)/;

/**
 * The function that a request invokes, by name or ARN; undefined when it is no invocation.
 * @throws AwsError for an invocation that does not wait for its answer
 */
export function invokedFunction({ method, path, headers }: EndpointRequest): string | undefined {
  const name = INVOCATION.exec(path)?.[1];
  if (name === undefined || method !== 'POST') return undefined;
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse') {
    throw new AwsError(
      'InvalidParameterValueException',
      `The invocation type is ${String(type)}; this runtime has RequestResponse only.`,
    );
  }
  return decodeURIComponent(name);
}

export const invocationAnswer = ({
  statusCode,
  functionError,
  payload,
  executedVersion,
}: InvocationResult): EndpointAnswer => ({
  status: statusCode,
  headers: {
    'content-type': 'application/json',
    'x-amz-executed-version': executedVersion,
    ...present({ 'x-amz-function-error': functionError }),
  },
  body: payload,
});
