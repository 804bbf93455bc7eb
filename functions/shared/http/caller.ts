/** The caller of the API, as the authoriser found out, and what callers may do. */

import * as z from 'zod';
import { type CustomerId, isCustomerId } from '../kernel/ids.ts';
import { Problem } from './problem.ts';
import { FORBIDDEN } from './problems.ts';
import type { Callers } from './route.ts';

export interface Customer {
  readonly type: 'customer';
  readonly id: CustomerId;
  /** Personal data, as the issuer vouches for it. */
  readonly email?: string;
  /** Personal data, as the issuer vouches for it. */
  readonly name?: string;
}

/** Works for the shop. */
export interface Operator {
  readonly type: 'operator';
  readonly id: string;
  /** Those of the token, whether an endpoint asks for them or not. */
  readonly scopes: readonly string[];
}

export type Caller = Customer | Operator;

/** The callers that a route admits: undefined when anyone may call. */
export type CallerOf<C extends Callers> = C extends 'anyone'
  ? undefined
  : ('customers' extends keyof C ? Customer : never) | ('operators' extends keyof C ? Operator : never);

/**
 * The authoriser's message to functions about the caller (`requestContext.authorizer`). API Gateway passes text only.
 * The authoriser writes it, every function behind the API reads it.
 */
const callerContext = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('customer'),
    principalId: z.string().refine(isCustomerId),
    email: z.string().optional(),
    name: z.string().optional(),
  }),
  z.object({ role: z.literal('operator'), principalId: z.string().min(1), scope: z.string() }),
]);
export type CallerContext = z.output<typeof callerContext>;

/** @throws z.ZodError when a request came past the authoriser: a fault of ours, never the caller's */
export function callerOf(authorizer: unknown): Caller {
  const context = callerContext.parse(authorizer);
  if (context.role === 'operator') {
    return { type: 'operator', id: context.principalId, scopes: scopesIn(context.scope) };
  }
  const { principalId, email, name } = context;
  return {
    type: 'customer',
    id: principalId,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
  };
}

/** The scopes of a space-separated list (RFC 6749, 3.3). */
const scopesIn = (list: string): string[] => list.split(' ').filter((scope) => scope !== '');

/**
 * The caller of a request, once it is known that the route admits them.
 * @throws Problem 403 for the wrong type of caller and for an operator without the scope, before anything is looked up
 */
export function admittedCaller<C extends Callers>(
  callers: C,
  requestContext: { readonly authorizer?: unknown },
  pathParameters: PathParameters = {},
): CallerOf<C> {
  return (
    callers === 'anyone' ? undefined : admitted(callers, callerOf(requestContext.authorizer), pathParameters)
  ) as CallerOf<C>;
}

type PathParameters = Readonly<Record<string, string | undefined>>;

function admitted(
  { customers, operators, narrowedBy }: Exclude<Callers, 'anyone'>,
  caller: Caller,
  pathParameters: PathParameters,
): Caller {
  if (caller.type === 'operator') {
    if (operators === undefined) throw new Problem(FORBIDDEN, 'This is for customers.');
    const one = narrowedBy === undefined ? undefined : pathParameters[narrowedBy];
    const narrow = one === undefined ? [] : [`${operators}:${one}`];
    if (![operators, ...narrow].some((scope) => caller.scopes.includes(scope))) {
      throw new Problem(FORBIDDEN, `This needs the scope ${[operators, ...narrow].join(' or ')}.`);
    }
  } else if (!customers) {
    throw new Problem(FORBIDDEN, 'This is for operators.');
  }
  return caller;
}

/** A name that tells the caller from all others, of either type: the key of idempotency records and rate limits. */
export const callerKey = ({ type, id }: Caller): string => `${type}:${id}`;
