import * as z from 'zod';
import { reported } from '../shared/edge/faults.ts';
import { logger } from '../shared/edge/logger.ts';
import { ROTATION_STEPS, type RotateCredentialDeps, rotateCredential } from './application/rotate-credential.ts';
import { rotating } from './composition.ts';

/** As Secrets Manager sends it. */
const event = z.object({
  Step: z.enum(ROTATION_STEPS),
  SecretId: z.string(),
  ClientRequestToken: z.string(),
});

/** By the ARN of the secret. */
type Rotating = (secretId: string) => { readonly partner: string; readonly deps: RotateCredentialDeps };

/** Called by Secrets Manager for each step of a rotation; it tries a rotation that failed again. */
export const makeHandler =
  (rotatingOf: Rotating) =>
  async (input: unknown): Promise<void> => {
    const { Step: step, SecretId, ClientRequestToken: version } = event.parse(input);
    const { partner, deps } = rotatingOf(SecretId);
    try {
      await rotateCredential(deps, step, version);
      logger.info('A step of the rotation of a credential is done.', { partner, step, version });
    } catch (error) {
      throw reported(error, 'The rotation of a credential has failed.', { partner, step, version });
    }
  };

export const handler = makeHandler(rotating());
