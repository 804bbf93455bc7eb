import type { InvocationResult, Json, JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskCaller, TaskIntegration } from '../integration.ts';
import { sdkMetadata, serviceFailure } from './sdk.ts';

const UNKNOWN = 'Lambda.Unknown';
const NAMES = { prefix: 'Lambda', client: 'AWSLambda', unnamed: 'AWSLambdaException' };

/** Invokes a function, as far as the caller's role allows it. */
interface Invoker {
  invoke(functionNameOrArn: string, payload: string, caller: TaskCaller): Promise<InvocationResult>;
}

/** `arn:aws:states:::lambda:invoke`: `{FunctionName, Payload}` → `{ExecutedVersion, Payload, StatusCode}` and what the SDK tells of the answer. */
export const lambdaInvoke =
  (invoker: Invoker): TaskIntegration =>
  async (args, caller) => {
    const { generators } = caller;
    const { FunctionName, Payload = {} } = args as JsonObject;
    if (typeof FunctionName !== 'string') {
      throw new TaskFailure(
        'States.Runtime',
        `FunctionName is ${JSON.stringify(FunctionName)}; expected the name or ARN of a function.`,
      );
    }
    const answer = await invoker.invoke(FunctionName, JSON.stringify(Payload), caller).catch((error: unknown) => {
      throw serviceFailure(error, NAMES, generators.newId());
    });
    if (answer.functionError) throw new TaskFailure(errorTypeOf(answer.payload), answer.payload);
    return {
      ExecutedVersion: answer.executedVersion,
      Payload: answer.payload === '' ? null : (JSON.parse(answer.payload) as Json),
      ...sdkMetadata(
        {
          Connection: 'keep-alive',
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
