/** The audit trail: who of the shop's people asked for what, when and by which request. It names things by their ids alone. */
import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Route } from '../http/route.ts';

/** In the line that an answer to an operator leaves in the log. */
export interface AuditFields {
  /** The subject of the operator's token. */
  readonly operator: string;
  /** API Gateway's id of the request, which the access log has as `requestId`. */
  readonly request?: string;
  /** The ids that the path names, by the names of its parameters. */
  readonly about?: Readonly<Record<string, string>>;
  /** The parameters of the query by their names: what an operator searched for is somebody's name or address. */
  readonly by?: readonly string[];
}

const DIGEST_LENGTH = 16;
/** What an id may look like; longer or stranger text was never one. */
const ID = /^[\w.@:|-]{1,64}$/;

/**
 * @param status of the answer: names of the query are taken from requests alone that the route's schema let in, because others may be anything
 * @returns undefined when it was no operator who asked
 */
export function auditOf(
  { callers }: Route,
  { requestContext, pathParameters, queryStringParameters }: APIGatewayProxyEvent,
  status: number,
): AuditFields | undefined {
  const { role, principalId } = (requestContext.authorizer ?? {}) as { readonly role?: string; principalId?: string };
  if (callers === 'anyone' || role !== 'operator' || principalId === undefined) return undefined;
  const about = Object.entries(pathParameters ?? {}).flatMap(([name, value]) =>
    value !== undefined && ID.test(value) ? [[name, withoutAddress(value)] as const] : [],
  );
  const by = status < 400 ? Object.keys(queryStringParameters ?? {}) : [];
  return {
    operator: principalId,
    ...(requestContext.requestId ? { request: requestContext.requestId } : {}),
    ...(about.length > 0 ? { about: Object.fromEntries(about) } : {}),
    ...(by.length > 0 ? { by } : {}),
  };
}

/** An id as the trail has it: itself, but for one that is an e-mail address, of which it has a digest. */
export const withoutAddress = (id: string): string =>
  id.includes('@') ? `sha256:${createHash('sha256').update(id).digest('hex').slice(0, DIGEST_LENGTH)}` : id;
