/**
 * An endpoint, said once: its handler, contract, grants and API method are all made from its route. Routes import schemas of
 * requests and nothing else, so that the stacks can read them.
 */
import type * as z from 'zod';

/** What an operator can be allowed (RFC 6749, 3.3), such as `orders:refund`. */
export type Scope = `${string}:${string}`;

/** Anyone, without a token; or customers, for what is their own, and operators with the scope, for what is anyone's. */
export type Callers =
  | 'anyone'
  | {
      readonly customers?: true;
      readonly operators?: Scope;
      /**
       * A parameter of the path: `<scope>:<its value>`, such as `partners:register:carrier`, admits operators to that one alone.
       * @default the scope admits to all
       */
      readonly narrowedBy?: string;
    };

/** @typeParam Context the folder in `functions/` that the route belongs to */
export interface Route<Context extends string = string> {
  /** Names the operation in clients that are made from the API document, and in the scope of idempotency keys. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with `{parameters}`. */
  readonly path: `/${string}`;
  /** The Lambda function that answers; its source is `functions/<function>.ts`. */
  readonly function: `${Context}/${string}`;
  /** Each caller with a token has a rate limit as well. */
  readonly callers: Callers;
  /**
   * Takes an `Idempotency-Key`, and keeps the first answer to it; `by-id` makes the id of what it creates from the key, and keeps nothing.
   * @default the header is not read
   */
  readonly idempotency?: true | 'by-id';
  /** Takes an `If-Match`. @default the header is not read */
  readonly ifMatch?: true;
  /** Takes an `If-None-Match`. @default the header is not read */
  readonly ifNoneMatch?: true;
  /** @default a request with parameters is refused */
  readonly query?: z.ZodType;
  /** JSON. @default the body is not read */
  readonly body?: z.ZodType;
}

/** Whether the route has a caller: only then there are an authoriser before it and a rate limit. */
export const needsToken = ({ callers }: Route): boolean => callers !== 'anyone';
