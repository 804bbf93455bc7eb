import * as z from 'zod';
import type { AwsJsonCall } from '../../edge/aws-json.ts';
import { type Credential, parseCredential } from './credential.ts';

const answer = z.object({ SecretString: z.string() });

/** Reads the credential that a secret of Secrets Manager holds at the moment. */
export const credentialInSecret =
  (call: AwsJsonCall, secretId: string): (() => Promise<Credential>) =>
  async () =>
    parseCredential(answer.parse(await call('GetSecretValue', { SecretId: secretId })).SecretString);
