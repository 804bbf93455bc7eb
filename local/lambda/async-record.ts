import type { InvocationResult, Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';

export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

export interface EndedInvocation {
  readonly condition: AsyncCondition;
  readonly requestId: string;
  readonly functionArn: string;
  /** JSON text of the event. */
  readonly payload: string;
  readonly attempts: number;
  /** In milliseconds since the epoch. */
  readonly now: number;
  /** Of the last invocation, if there was one. */
  readonly result?: InvocationResult;
}

/** What Lambda sends to the destination of an asynchronous invocation. */
export const destinationRecord = (ended: EndedInvocation): JsonObject => ({
  version: '1.0',
  timestamp: new Date(ended.now).toISOString(),
  requestContext: {
    requestId: ended.requestId,
    functionArn: `${ended.functionArn}:$LATEST`,
    condition: ended.condition,
    approximateInvokeCount: ended.attempts,
  },
  requestPayload: JSON.parse(ended.payload) as Json,
  ...(ended.result === undefined ? {} : responseOf(ended.result)),
});

const responseOf = ({ statusCode, executedVersion, functionError, payload }: InvocationResult): JsonObject => ({
  responseContext: { statusCode, executedVersion, ...present({ functionError }) },
  responsePayload: JSON.parse(payload) as Json,
});

const MAX_ERROR_MESSAGE = 1_024;

/** What a message of a function's dead-letter queue says beside the event. */
export function deadLetterAttributes(
  requestId: string,
  condition: AsyncCondition,
  result?: InvocationResult,
): Readonly<Record<string, string>> {
  const { errorMessage } = (result === undefined ? {} : JSON.parse(result.payload)) as {
    readonly errorMessage?: string;
  };
  return {
    RequestID: requestId,
    ErrorCode: String(result?.statusCode ?? 400),
    ErrorMessage: (errorMessage ?? condition).slice(0, MAX_ERROR_MESSAGE),
  };
}
