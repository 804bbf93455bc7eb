/** The common part of all endpoints that change an order. */
import type * as z from 'zod';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { Caller } from '../../shared/http/caller.ts';
import type { CommandRoute } from '../../shared/http/command-route.ts';
import { orderIdOf } from '../../shared/http/order-path.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { type CommandBusDeps, type CommandEnvelope, dispatch } from '../application/command-bus.ts';
import { accepted } from './accepted.ts';
import { ordersOpenTo } from './caller-orders.ts';
import { problemOfBusRefusal } from './problems-of-refusals.ts';

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
    route: CommandRoute<'orders', Body>,
    toCommand: (
      request: CommandRequest<z.output<Body>>,
      deps: Deps,
    ) => CommandEnvelope['command'] | Promise<CommandEnvelope['command']>,
  ) =>
  (deps: Deps) =>
    endpoint(route, async (http) => {
      const { caller, pathParameters } = http;
      const isOpen = ordersOpenTo(caller);
      const orderId = orderIdOf(http);
      const { idempotency } = deps;
      const { answer, replayed } = await oncePerKey(
        http,
        { target: orderId, idempotency },
        async (body, origin): Promise<Accepted> => {
          const { id } = origin;
          const done = await dispatch(deps, {
            ...origin,
            command: await toCommand({ body, orderId, id, caller, pathParameters }, deps),
            isOpenTo: ({ customerId }) => isOpen(customerId),
          });
          if (!done.ok) throw problemOfBusRefusal(orderId, done.refusal);
          const { version, status } = done.value;
          return { orderId, version, status, ...(route.names === undefined ? {} : { [route.names]: id }) };
        },
      );
      return accepted(answer, replayed, { ETag: `"${answer.version}"` });
    });
