import { type AwsJsonCall, awsJson } from '../../functions/shared/edge/aws-json.ts';
import { operatorClientConfig } from './operator.ts';

const TIMEOUT_MS = 5_000;

/** Secrets Manager on this machine, as the account's operator. */
export function secretsManagerAt(endpoint: string): AwsJsonCall {
  const { region, credentials } = operatorClientConfig(endpoint);
  return awsJson({
    service: 'secretsmanager',
    target: 'secretsmanager',
    timeoutMs: TIMEOUT_MS,
    environment: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: endpoint,
    },
  });
}
