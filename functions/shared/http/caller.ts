/** Who calls the API, as the authoriser found out, and what they may do. */
import * as z from 'zod';
import { type CustomerId, isCustomerId } from '../kernel/ids.ts';
import { Problem } from './problem.ts';

/** What an operator can be allowed. */
export const SCOPES = ['orders:read', 'orders:approve', 'orders:refund', 'orders:fulfil'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Customer {
  readonly type: 'customer';
  readonly id: CustomerId;
  /** Personal data, as the issuer vouches for it. */
  readonly email?: string;
  /** Personal data, as the issuer vouches for it. */
  readonly name?: string;
}

/** Somebody who works for the shop. */
export interface Operator {
  readonly type: 'operator';
  readonly id: string;
  readonly scopes: readonly Scope[];
}

export type Caller = Customer | Operator;

/**
 * What the authoriser tells a function about the caller (`requestContext.authorizer`). API Gateway passes text only.
 * The authoriser writes it, every function behind the API reads it.
 */
export const callerContext = z.discriminatedUnion('role', [
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

/** The scopes of a space-separated list (RFC 6749, 3.3) that Waybill knows; others are of no use here. */
export function scopesIn(list: string): Scope[] {
  const granted = new Set(list.split(' '));
  return SCOPES.filter((scope) => granted.has(scope));
}

/** For what only operators do. @throws Problem 403 for customers, and for operators without the scope */
export function requireScope(caller: Caller, scope: Scope): Operator {
  if (caller.type !== 'operator') throw new Problem('forbidden', 'This is for operators.');
  if (!caller.scopes.includes(scope)) throw new Problem('forbidden', `This needs the scope ${scope}.`);
  return caller;
}

/** For what only customers do. @throws Problem 403 for operators */
export function requireCustomer(caller: Caller): Customer {
  if (caller.type !== 'customer') throw new Problem('forbidden', 'This is for customers.');
  return caller;
}

/**
 * Whose orders are there for the caller: a customer's own, and everybody's for an operator with the scope. An order that is
 * not is answered like one that does not exist (`orderNotFound`), so that nobody can find out which ids are in use.
 * @throws Problem 403 for an operator without the scope, before anything is looked up
 */
export function ordersOpenTo(caller: Caller, scope: Scope): (owner: string) => boolean {
  if (caller.type === 'customer') return (owner) => owner === caller.id;
  requireScope(caller, scope);
  return () => true;
}

/** Everybody's orders, for an operator with the scope and for nobody else. @throws Problem 403 */
export function operatedBy(caller: Caller, scope: Scope): (owner: CustomerId) => boolean {
  requireScope(caller, scope);
  return () => true;
}

/** Names the caller apart from all others, of either type: what idempotency keys and rate limits are kept by. */
export const callerKey = ({ type, id }: Caller): string => `${type}:${id}`;
