import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { reported } from '../shared/edge/faults.ts';
import { logger } from '../shared/edge/logger.ts';
import type { TokenVerifier } from './application/ports.ts';
import { tokenVerifier } from './composition.ts';
import { admission, bearerToken, UNAUTHORIZED } from './http/authorisation.ts';
import { callerIn } from './http/caller-claims.ts';

/**
 * Admits requests with a good bearer token, and says who calls. The reason why a token is refused is for the log only: a
 * client that tries tokens cannot tell bad ones apart.
 */
export const makeHandler =
  ({ verifier }: { readonly verifier: TokenVerifier }) =>
  async ({ authorizationToken, methodArn }: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const token = bearerToken(authorizationToken);
    if (token === undefined) return refused('It is no bearer token.');
    const verified = await verifier.verify(token).catch((error: unknown) => {
      throw reported(
        error,
        'A token could not be checked.',
        error instanceof Error ? { cause: String(error.cause) } : {},
      );
    });
    const caller = verified.ok ? callerIn(verified.value) : verified;
    return caller.ok ? admission(caller.value, methodArn) : refused(caller.refusal);
  };

function refused(reason: string): never {
  logger.warn('A token was refused.', { reason });
  throw new Error(UNAUTHORIZED);
}

export const handler = makeHandler({ verifier: tokenVerifier() });
