import { type AwsJsonCall, awsJson } from '../../functions/shared/edge/aws-json.ts';
import { operatorEnvironment } from './operator.ts';

const TIMEOUT_MS = 5_000;

/** Secrets Manager on this machine, as the account's operator. */
export function secretsManagerAt(endpoint: string): AwsJsonCall {
  return awsJson({
    service: 'secretsmanager',
    target: 'secretsmanager',
    timeoutMs: TIMEOUT_MS,
    environment: operatorEnvironment(endpoint),
  });
}
