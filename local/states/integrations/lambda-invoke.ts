import { AwsError, type FunctionInvoker, type Json, type JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskIntegration } from '../integration.ts';
import { sdkMetadata, serviceCause } from './sdk.ts';

const UNKNOWN = 'Lambda.Unknown';

/** `arn:aws:states:::lambda:invoke`: `{FunctionName, Payload}` → `{ExecutedVersion, Payload, StatusCode}` and what the SDK tells of the answer. */
export const lambdaInvoke =
  (invoker: FunctionInvoker): TaskIntegration =>
  async (args, { generators }) => {
    const { FunctionName, Payload = {} } = args as JsonObject;
    if (typeof FunctionName !== 'string') {
      throw new TaskFailure(
        'States.Runtime',
        `FunctionName is ${JSON.stringify(FunctionName)}; expected the name or ARN of a function.`,
      );
    }
    const answer = await invoker.invoke(FunctionName, JSON.stringify(Payload)).catch((error: unknown) => {
      throw failureOf(error, generators.newId());
    });
    if (answer.functionError) throw new TaskFailure(errorTypeOf(answer.payload), answer.payload);
    return {
      ExecutedVersion: answer.executedVersion,
      Payload: answer.payload === '' ? null : (JSON.parse(answer.payload) as Json),
      ...sdkMetadata(
        {
          'Content-Length': String(Buffer.byteLength(answer.payload)),
          'Content-Type': 'application/json',
          Date: new Date(generators.now()).toUTCString(),
          'X-Amz-Executed-Version': answer.executedVersion,
          'x-amzn-Remapped-Content-Length': '0',
        },
        generators.newId(),
      ),
      StatusCode: answer.statusCode,
    };
  };

/** The function's own error name; Lambda gives none when the function ended without an error. */
function errorTypeOf(payload: string): string {
  try {
    const failure = JSON.parse(payload) as { readonly errorType?: unknown } | null;
    return typeof failure?.errorType === 'string' ? failure.errorType : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** An invocation that did not reach the function: the service's error, under the prefix of the integration. */
function failureOf(error: unknown, requestId: string): TaskFailure {
  if (error instanceof AwsError) {
    return new TaskFailure(`Lambda.${error.code}`, serviceCause('AWSLambda', error, requestId));
  }
  return new TaskFailure('Lambda.SdkClientException', error instanceof Error ? error.message : String(error));
}
