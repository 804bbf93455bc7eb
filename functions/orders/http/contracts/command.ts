import * as z from 'zod';
import type { CommandRoute } from '../../../shared/http/command-route.ts';
import { type Contract, type Example, refused } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import { CONFLICTING_CHANGE, ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import { ILLEGAL_TRANSITION } from '../problems.ts';
import { changedOrder } from './answers.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';
import { ORDER_COMMANDS } from './tags.ts';

interface Own extends Pick<Contract, 'summary' | 'description' | 'examples'>, Partial<Pick<Contract, 'problems'>> {
  /** Beside that of the order. @default none */
  readonly pathParameters?: z.ZodRawShape;
}

/** The contract of an endpoint that changes an order: what all of them promise, and what is its own. */
export const command = (
  { names, ...route }: CommandRoute,
  { pathParameters = {}, problems = [], ...own }: Own,
): Contract => ({
  ...route,
  ...own,
  tag: ORDER_COMMANDS,
  pathParameters: z.object({ orderId, ...pathParameters }),
  answers: {
    202: {
      description: 'The command is decided and recorded. Its effects follow.',
      schema: names === undefined ? changedOrder : changedOrder.extend({ [names]: z.uuid() }),
      headers: ['Location', 'ETag', 'Idempotency-Replayed'],
    },
  },
  problems: [ORDER_NOT_FOUND, ILLEGAL_TRANSITION, CONFLICTING_CHANGE, ...problems],
});

/** The answer to a command that was carried out. */
export const accepted = (version: number, status: string, names: object = {}): Example['answer'] => ({
  status: 202,
  body: { orderId: ORDER_ID, version, status, ...names, links: { self: ORDER_PATH, history: `${ORDER_PATH}/history` } },
});

/** The answer of a command for which the order is in the wrong status. */
export const notWhile = (path: `/${string}`, detail: string): Example['answer'] =>
  refused(ILLEGAL_TRANSITION, detail, `${ORDER_PATH}${path}`);
