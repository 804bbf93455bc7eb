import * as z from 'zod';
import { type Contract, type Example, refused } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import type { ProblemKind } from '../../../shared/http/problem-catalogue.ts';
import { changedOrder } from './answers.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';

interface Command extends Pick<Contract, 'operationId' | 'summary' | 'description' | 'callers' | 'examples'> {
  /** Below the order. */
  readonly path: `/${string}`;
  /** @default POST */
  readonly method?: 'POST' | 'PUT';
  readonly body: z.ZodType;
  /** Path parameters beside the order's. */
  readonly parameters?: z.ZodRawShape;
  /** The id in the answer that names what the command brings about, such as `refundId`. */
  readonly names?: string;
  /** Refusals beside those that every command has. */
  readonly problems?: readonly ProblemKind[];
}

/** What the endpoints that change an order promise alike. */
export const command = ({
  path,
  method = 'POST',
  body,
  parameters = {},
  names,
  problems = [],
  ...own
}: Command): Contract => ({
  ...own,
  method,
  path: `/orders/{orderId}${path}`,
  tag: 'Order commands',
  request: { path: z.object({ orderId, ...parameters }), headers: ['Idempotency-Key', 'If-Match'], body },
  answers: {
    202: {
      description: 'It is decided and recorded. What follows from it is on its way.',
      schema: names === undefined ? changedOrder : changedOrder.extend({ [names]: z.uuid() }),
      headers: ['Location', 'ETag', 'Idempotency-Replayed'],
    },
  },
  problems: ['order-not-found', 'illegal-transition', 'conflicting-change', ...problems],
});

/** The answer of a command that was carried out. */
export const accepted = (version: number, status: string, names: object = {}): Example['answer'] => ({
  status: 202,
  body: { orderId: ORDER_ID, version, status, ...names, links: { self: ORDER_PATH, history: `${ORDER_PATH}/history` } },
});

/** The answer of a command for which the order is in the wrong status. */
export const notWhile = (path: `/${string}`, detail: string): Example['answer'] =>
  refused('illegal-transition', detail, `${ORDER_PATH}${path}`);
