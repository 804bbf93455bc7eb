/** What all endpoints that change an order have in common. */
import { v5, v7 } from 'uuid';
import type * as z from 'zod';
import { type ApiRequest, apiHandler, ifMatchOf, orderIdOf, parseOptionalBody } from '../../shared/edge/api.ts';
import { type Idempotency, idempotencyKeyOf } from '../../shared/edge/idempotency.ts';
import type { Caller } from '../../shared/http/caller.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { type CommandBusDeps, dispatch } from '../application/command-bus.ts';
import type { OrderCommand } from '../domain/commands.ts';
import { accepted, requestHashOf } from './accepted.ts';
import { problemOfBusRefusal } from './problems-of-refusals.ts';

/** Ids of commands sent with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_COMMANDS = '7d0c1a52-5f4e-4d0b-9a63-1f6f2f1b8c11';

export interface CommandEndpointDeps extends CommandBusDeps {
  readonly idempotency: Idempotency;
}

/** What a request is about, for making its command. */
export interface CommandRequest<Body> {
  readonly body: Body;
  readonly orderId: OrderId;
  /** Names what the command brings about, such as a refund. */
  readonly id: string;
  readonly caller: Caller;
  readonly pathParameters: ApiRequest['pathParameters'];
}

export interface CommandEndpoint<Schema extends z.ZodType, Deps> {
  /** Scopes Idempotency-Keys, such as `cancel-order`. */
  readonly operation: string;
  readonly body: Schema;
  /** Whose orders the caller may change. @throws Problem 403 for callers who may not do this to any */
  readonly openTo: (caller: Caller) => (owner: CustomerId) => boolean;
  readonly toCommand: (request: CommandRequest<z.output<Schema>>, deps: Deps) => OrderCommand | Promise<OrderCommand>;
  /** What of the command's id the answer names, such as `refundId`. @default nothing */
  readonly names?: string;
}

/** The answer of a request that was accepted, now or when it came with this key first. */
interface Accepted {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  readonly [name: string]: string | number;
}

/**
 * An endpoint that carries out one command and answers 202 with the order's version and status after it. The same
 * Idempotency-Key gets the same answer; an If-Match of another version than the order's is refused.
 */
export const commandEndpoint =
  <Schema extends z.ZodType, Deps extends CommandEndpointDeps = CommandEndpointDeps>({
    operation,
    body: schema,
    openTo,
    toCommand,
    names,
  }: CommandEndpoint<Schema, Deps>) =>
  (deps: Deps) =>
    apiHandler(async (http) => {
      const { caller, correlationId, pathParameters, lambdaContext } = http;
      const isOpen = openTo(caller);
      const orderId = orderIdOf(http);
      const body = parseOptionalBody(schema, http);
      const expectedVersion = ifMatchOf(http);
      const key = idempotencyKeyOf(http, `${operation}#${orderId}`);
      const requestHash = requestHashOf([body, pathParameters, expectedVersion ?? null]);
      const { answer, replayed } = await deps.idempotency(
        { key, requestHash, lambdaContext },
        async (): Promise<Accepted> => {
          const id = key ? v5(key, KEYED_COMMANDS) : v7();
          const done = await dispatch(deps, {
            id,
            requestHash,
            command: await toCommand({ body, orderId, id, caller, pathParameters }, deps),
            correlationId,
            causationId: id,
            actor: { type: caller.type, id: caller.id },
            isOpenTo: ({ customerId }) => isOpen(customerId),
            ...(expectedVersion === undefined ? {} : { expectedVersion }),
          });
          if (!done.ok) throw problemOfBusRefusal(orderId, done.refusal);
          return { orderId, version: done.value.version, status: done.value.status, ...(names ? { [names]: id } : {}) };
        },
      );
      return accepted(answer, replayed, { ETag: `"${answer.version}"` });
    });
