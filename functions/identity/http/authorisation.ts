/** API Gateway's side of the authoriser: the token that comes in, and the answers that it understands. */
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Configuration } from '../../shared/configuration/document.ts';
import type { CallerContext } from '../../shared/http/caller.ts';
import { policyContextOf } from '../../shared/rate-limit/policy.ts';

/** The one error message that API Gateway answers with 401; it answers any other with the failure of the authoriser. */
export const UNAUTHORIZED = 'Unauthorized';

/** The token of an `Authorization` header (RFC 6750, 2.1); undefined when it holds none. */
export const bearerToken = (header: string): string | undefined => /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];

/**
 * Admits the caller to every method of the stage: API Gateway keeps the answer and uses it for the next requests with the same
 * token, whatever their method. Functions find the principal and the context in `requestContext.authorizer`, side by side, and
 * with them what they follow of the configuration: none of them reads it itself.
 */
export function admission(
  { principalId, ...context }: CallerContext,
  { limiter, monitoring }: Configuration,
  methodArn: string,
): APIGatewayAuthorizerResult {
  const [api, stage] = methodArn.split('/');
  return {
    principalId,
    context: { ...context, ...policyContextOf(limiter.callers), ...monitoring },
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }],
    },
  };
}
