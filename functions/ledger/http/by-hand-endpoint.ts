import type * as z from 'zod';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { type ApiFunction, endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import { orderIdOf } from '../../shared/http/order-path.ts';
import type { Callers, Route } from '../../shared/http/route.ts';
import type { CorrelationId, EventId, OrderId } from '../../shared/kernel/ids.ts';
import type { ByHand } from '../application/correct-book.ts';
import { bookOfOrder } from '../domain/book-id.ts';

interface ByHandRoute<Body extends z.ZodType> extends Route<'ledger'> {
  readonly callers: Exclude<Callers, 'anyone'>;
  readonly body: Body;
}

/** An endpoint with which an operator posts to the book of the order of the path, once per Idempotency-Key. It answers with what was posted. */
export const byHandEndpoint = <Said>(
  route: ByHandRoute<z.ZodType<Said>>,
  idempotency: Idempotency,
  work: (
    orderId: OrderId,
    said: Said,
    who: Omit<ByHand, 'reason'>,
  ) => Promise<Readonly<Record<string, object | number>>>,
): ApiFunction =>
  endpoint(route, async (http) => {
    const orderId = orderIdOf(http);
    const { answer, replayed } = await oncePerKey(
      http,
      { idempotency, target: orderId },
      async (said, { id, correlationId, actor }) => {
        const who = {
          bookId: bookOfOrder(orderId),
          actor,
          eventId: id as EventId,
          correlationId: correlationId ?? (id as CorrelationId),
        };
        return { orderId, ...(await work(orderId, said, who)) };
      },
    );
    return { status: 200, headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: answer };
  });
