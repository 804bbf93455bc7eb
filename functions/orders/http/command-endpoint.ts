/** The common part of all endpoints that change an order. */
import { v5, v7 } from 'uuid';
import type * as z from 'zod';
import { endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { type ApiRequest, idempotencyKeyOf, ifMatchOf, optionalBodyOf } from '../../shared/http/request.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type CommandBusDeps, dispatch } from '../application/command-bus.ts';
import type { OrderCommand } from '../domain/decide/decide.ts';
import { accepted, requestHashOf } from './accepted.ts';
import { ordersOpenTo } from './caller-orders.ts';
import type { CommandRoute } from './command-route.ts';
import { orderIdOf } from './order-path.ts';
import { problemOfBusRefusal } from './problems-of-refusals.ts';

/** Ids of commands sent with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_COMMANDS = '7d0c1a52-5f4e-4d0b-9a63-1f6f2f1b8c11';

export interface CommandEndpointDeps extends CommandBusDeps {
  readonly idempotency: Idempotency;
}

/** The parts of a request that its command is made of. */
export interface CommandRequest<Body> {
  readonly body: Body;
  readonly orderId: OrderId;
  /** The id of what the command creates, such as a refund. */
  readonly id: string;
  readonly caller: Caller;
  readonly pathParameters: ApiRequest['pathParameters'];
}

/** The answer to a request that was accepted, now or when it first came with this key. */
interface Accepted {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  readonly [name: string]: string | number;
}

/**
 * The endpoint that carries out one command and answers 202 with the order's version and status after it. The same
 * Idempotency-Key gets the same answer; an If-Match of another version than the order's is refused.
 */
export const commandEndpoint =
  <Body extends z.ZodType, Deps extends CommandEndpointDeps = CommandEndpointDeps>(
    route: CommandRoute<Body>,
    toCommand: (request: CommandRequest<z.output<Body>>, deps: Deps) => OrderCommand | Promise<OrderCommand>,
  ) =>
  (deps: Deps) =>
    endpoint(route, async (http) => {
      const { caller, correlationId, pathParameters, lambdaContext } = http;
      const isOpen = ordersOpenTo(caller);
      const orderId = orderIdOf(http);
      const body = optionalBodyOf(http);
      const expectedVersion = ifMatchOf(http);
      const key = idempotencyKeyOf(http, orderId);
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
          const { version, status } = done.value;
          return { orderId, version, status, ...(route.names === undefined ? {} : { [route.names]: id }) };
        },
      );
      return accepted(answer, replayed, { ETag: `"${answer.version}"` });
    });
