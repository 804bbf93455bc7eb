import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import * as z from 'zod';
import { readEnvironment } from '../shared/edge/environment.ts';
import { reported } from '../shared/edge/faults.ts';
import { logger } from '../shared/edge/logger.ts';
import type { CallerContext } from '../shared/http/caller.ts';
import { IssuerKeys } from './adapters/issuer-keys.ts';
import { JwtVerifier } from './adapters/jwt-verifier.ts';
import type { TokenVerifier } from './application/ports.ts';
import { callerIn } from './http/caller-claims.ts';

/** The one error message that API Gateway answers with 401; it answers any other with the failure of the authoriser. */
const UNAUTHORIZED = 'Unauthorized';

/**
 * Lets a request in when its bearer token is good, and names the caller. The reason for a refusal is in the log alone:
 * all bad tokens get the same answer.
 */
export const makeHandler =
  ({ verifier }: { readonly verifier: TokenVerifier }) =>
  async ({ authorizationToken, methodArn }: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorizationToken)?.[1];
    if (token === undefined) return refused('It is no bearer token.');
    const verified = await verifier.verify(token).catch((error: unknown) => {
      throw reported(
        error,
        'A token could not be checked.',
        error instanceof Error ? { cause: String(error.cause) } : {},
      );
    });
    const caller = verified.ok ? callerIn(verified.value) : verified;
    return caller.ok ? allowed(caller.value, methodArn) : refused(caller.refusal);
  };

function refused(reason: string): never {
  logger.warn('A token was refused.', { reason });
  throw new Error(UNAUTHORIZED);
}

/**
 * Valid for every method of the stage: API Gateway keeps the answer and applies it to the next requests with the token.
 * Functions find the principal and the context in `requestContext.authorizer`, side by side.
 */
function allowed({ principalId, ...context }: CallerContext, methodArn: string): APIGatewayAuthorizerResult {
  const [api, stage] = methodArn.split('/');
  return {
    principalId,
    context,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }],
    },
  };
}

const environment = readEnvironment(
  z.object({ OIDC_ISSUER: z.url(), OIDC_AUDIENCE: z.string().check(z.minLength(1)) }),
);
const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = environment;
export const handler = makeHandler({
  verifier: new JwtVerifier({ issuer, audience, keys: new IssuerKeys({ issuer }) }),
});
