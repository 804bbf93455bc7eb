/** The limits of what invocations carry, and what they answer. */
import { AwsError, type InvocationResult } from '../contracts.ts';
import type { Outcome } from './outcome.ts';
import type { FunctionFailure } from './protocol.ts';

const MAX_REQUEST_BYTES = { RequestResponse: 6_291_456, Event: 1_048_576 } as const;
const MAX_RESPONSE_BYTES = 6_291_556;

/**
 * Refuses what Lambda refuses before the function gets it.
 * @throws AwsError `RequestTooLargeException`, or for an event that nobody waits for `InvalidRequestContentException`
 */
export function refuseRequest(payload: string, type: keyof typeof MAX_REQUEST_BYTES): void {
  if (Buffer.byteLength(payload) > MAX_REQUEST_BYTES[type]) {
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${MAX_REQUEST_BYTES[type]} bytes for the InvokeFunction operation`,
      413,
    );
  }
  if (type === 'Event' && !isJson(payload)) throw notJson();
}

export const notJson = (): AwsError =>
  new AwsError('InvalidRequestContentException', 'Could not parse request body into json.', 400);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function answerOf({ kind, payload }: Outcome): InvocationResult {
  const answer = { statusCode: 200, executedVersion: '$LATEST' };
  if (kind === 'failed') return { ...answer, functionError: 'Unhandled', payload };
  if (Buffer.byteLength(payload) <= MAX_RESPONSE_BYTES) return { ...answer, payload };
  const tooLarge: FunctionFailure = {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
  };
  return { ...answer, functionError: 'Unhandled', payload: JSON.stringify(tooLarge) };
}
