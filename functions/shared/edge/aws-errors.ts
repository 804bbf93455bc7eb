import { ConcurrencyConflict, DependencyUnavailable, WaybillError } from '../kernel/errors.ts';

/** What an AWS SDK error carries beside its name. */
interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
  readonly code?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const THROTTLES = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
]);
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Translates errors of AWS calls that pass by themselves into ours; other errors stay as they are. */
export function translateAwsError(error: unknown): unknown {
  if (error instanceof WaybillError || !(error instanceof Error)) return error;
  if (isTransactionConflict(error)) {
    return new ConcurrencyConflict('Another transaction held the same items.', { cause: error });
  }
  if (isPassing(error)) return new DependencyUnavailable(`A service did not answer: ${error.name}.`, { cause: error });
  return error;
}

function isTransactionConflict(error: SdkError): boolean {
  return (
    error.name === 'TransactionConflictException' ||
    (error.name === 'TransactionCanceledException' &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'))
  );
}

function isPassing(error: SdkError): boolean {
  return (
    THROTTLES.has(error.name) ||
    (error.$metadata?.httpStatusCode ?? 0) >= 500 ||
    NETWORK_CODES.has(error.code ?? '') ||
    // The second is how the SDK ends a call that has a time limit of ours.
    error.name === 'TimeoutError' ||
    error.name === 'AbortError'
  );
}
