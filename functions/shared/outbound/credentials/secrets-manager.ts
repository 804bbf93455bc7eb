import * as z from 'zod';
import type { AwsJsonCall } from '../../edge/aws-json.ts';

const answer = z.object({ SecretString: z.string() });

/** Reads the credential that a secret of Secrets Manager holds at the moment. */
export const credentialInSecret =
  <Known>(call: AwsJsonCall, secretId: string, parse: (text: string) => Known): (() => Promise<Known>) =>
  async () =>
    parse(answer.parse(await call('GetSecretValue', { SecretId: secretId })).SecretString);
