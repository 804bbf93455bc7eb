import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { reported } from '../shared/edge/faults.ts';
import { logger } from '../shared/edge/logger.ts';
import type { TokenVerifier } from './application/ports.ts';
import { tokenVerifier } from './composition.ts';
import { admission, bearerToken, UNAUTHORIZED } from './http/authorisation.ts';
import { callerIn } from './http/caller-claims.ts';

interface AuthoriserDeps {
  readonly verifier: TokenVerifier;
  readonly configuration: ConfigurationSource;
}

/**
 * Admits requests with a good bearer token, and says who calls. The reason why a token is refused is for the log only: a
 * client that tries tokens cannot tell bad ones apart.
 */
export const makeHandler =
  ({ verifier, configuration }: AuthoriserDeps) =>
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
    if (!caller.ok) return refused(caller.refusal);
    return admission(caller.value, await configuration.current(), methodArn);
  };

function refused(reason: string): never {
  logger.warn('A token was refused.', { reason });
  throw new Error(UNAUTHORIZED);
}

export const handler = makeHandler({ verifier: tokenVerifier(), configuration: configurationSource() });
