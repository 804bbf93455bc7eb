/** Endpoints that change an order, for tests without HTTP. */
import '../platform/function-environment.ts';
import { expect } from 'vitest';
import type { CommandEndpointDeps } from '../../../functions/orders/http/command-endpoint.ts';
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import type { ApiFunction } from '../../../functions/shared/edge/endpoint.ts';
import type { Caller } from '../../../functions/shared/http/caller.ts';
import { apiEvent, customer, lambdaContext, operator } from '../api/invocations.ts';
import { SCOPES } from '../api/routes.ts';
import { inMemoryIdempotency } from '../fakes/in-memory-idempotency.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { CUSTOMER_ID, created, newEvent, ORDER_ID, START } from './streams.ts';

export const OWNER = customer(CUSTOMER_ID);
export const OPERATOR = operator(...SCOPES);
export const SELF = `/api/v1/orders/${ORDER_ID}`;
export const elsewhere = { shippingAddress: { ...created().data.shippingAddress, street: '1 Elsewhere Road' } };

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
  readonly returnId?: string;
  readonly orderId?: string;
}

/** Command endpoints in memory, over one order. */
export class CommandEndpoints {
  readonly log = new InMemoryOrderLog();
  #deps: CommandEndpointDeps = {
    log: this.log,
    snapshots: new InMemorySnapshots(),
    now: () => START,
    idempotency: inMemoryIdempotency(),
  };

  readonly given = (events: readonly OrderEvent[]) =>
    this.log.append(
      ORDER_ID,
      0,
      events.map((event, index) => newEvent(event, index)),
    );

  /** Types of the order's events, oldest first. */
  readonly types = async () => (await this.log.read(ORDER_ID)).map(({ type }) => type);

  /** Sends as an operator with every scope, unless another caller is given. */
  readonly send = async (
    make: (deps: CommandEndpointDeps) => ApiFunction,
    { returnId, orderId = ORDER_ID, caller = OPERATOR, ...request }: Sent = {},
  ) =>
    make(this.#deps)(
      apiEvent({
        method: 'POST',
        path: SELF,
        orderId,
        caller,
        ...request,
        ...(returnId ? { pathParameters: { returnId } } : {}),
      }),
      lambdaContext(),
    );

  /** Time goes on for so long. */
  wait(ms: number): void {
    const { now } = this.#deps;
    this.#deps = { ...this.#deps, now: () => now() + ms };
  }

  /** As if a crash had lost every record of answers. */
  forgetAnswers(): void {
    this.#deps = { ...this.#deps, idempotency: inMemoryIdempotency() };
  }
}

/** The answer that is a problem document of this kind. */
export const problem = (status: number, kind: string) => ({
  statusCode: status,
  body: expect.stringContaining(`"urn:waybill:problem:${kind}"`),
});
