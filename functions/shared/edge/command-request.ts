/** The common part of all endpoints that carry out a command on an order. */
import { createHash } from 'node:crypto';
import type { JSONValue } from '@aws-lambda-powertools/commons/types';
import { v5, v7 } from 'uuid';
import type * as z from 'zod';
import type { CommandOrigin } from '../commands/carry-out.ts';
import type { Caller } from '../http/caller.ts';
import { type ApiRequest, idempotencyKeyOf, ifMatchOf, optionalBodyOf } from '../http/request.ts';
import type { Route } from '../http/route.ts';
import type { Idempotency } from './idempotency.ts';

/** Ids of commands sent with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_COMMANDS = '7d0c1a52-5f4e-4d0b-9a63-1f6f2f1b8c11';

/** What of a request its command is carried out with. */
type CommandHttp<Body extends z.ZodType> = Pick<
  ApiRequest,
  'headers' | 'body' | 'pathParameters' | 'correlationId' | 'lambdaContext'
> & { readonly route: Route & { readonly body: Body }; readonly caller: Caller };

interface OnceOptions {
  /** The id of what the command changes. @default the command changes several things */
  readonly target?: string;
  readonly idempotency: Idempotency;
}

/** SHA-256 (hex) of the content by which two requests under the same key are told apart. */
export const requestHashOf = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

/**
 * Carries out the command of a request once per Idempotency-Key: the same key gets the same answer.
 * @param work gets the body, and the origin that the command's envelope takes over
 * @throws Problem for a body, a header or a key that does not fit
 */
export function oncePerKey<Body extends z.ZodType, Answer extends Readonly<Record<string, JSONValue | object>>>(
  http: CommandHttp<Body>,
  { target, idempotency }: OnceOptions,
  work: (body: z.output<Body>, origin: CommandOrigin) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly replayed: boolean }> {
  const { caller, correlationId, pathParameters, lambdaContext } = http;
  const body = optionalBodyOf(http);
  const expectedVersion = ifMatchOf(http);
  const key = idempotencyKeyOf(http, target);
  const requestHash = requestHashOf([body, pathParameters, expectedVersion ?? null]);
  return idempotency({ key, requestHash, lambdaContext }, () => {
    const id = key ? v5(key, KEYED_COMMANDS) : v7();
    return work(body, {
      id,
      requestHash,
      correlationId,
      causationId: id,
      actor: { type: caller.type, id: caller.id },
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    });
  });
}
