import { AwsError } from '../contracts.ts';

export interface GivenUp {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly attempts: number;
  /** `MaximumRetryAttempts` or `MaximumEventAgeInSeconds`; absent when the target refuses for good. */
  readonly exhausted?: string;
}

/** What a message of a target's dead-letter queue says beside the event: EventBridge's attributes. */
export const deadLetterAttributes = (
  { ruleArn, targetArn, attempts, exhausted }: GivenUp,
  error: unknown,
): Readonly<Record<string, string>> => ({
  RULE_ARN: ruleArn,
  TARGET_ARN: targetArn,
  ERROR_CODE: codeOf(error),
  ERROR_MESSAGE: (error instanceof Error && error.message) || 'There is no message.',
  ...(exhausted ? { EXHAUSTED_RETRY_CONDITION: exhausted, RETRY_ATTEMPTS: String(attempts - 1) } : {}),
});

function codeOf(error: unknown): string {
  if (!(error instanceof AwsError)) return 'INTERNAL_ERROR';
  if (error.status === 429) return 'THROTTLING';
  if (error.code.startsWith('AccessDenied')) return 'NO_PERMISSIONS';
  if (/NotFound|DoesNotExist|NonExistent/.test(error.code)) return 'NO_RESOURCE';
  return error.status >= 500 ? 'INTERNAL_ERROR' : 'SDK_CLIENT_ERROR';
}
