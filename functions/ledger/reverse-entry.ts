import type { Handler } from 'aws-lambda';
import { oncePerKey } from '../shared/edge/command-request.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf } from '../shared/http/order-path.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import type { CorrelationId, EventId } from '../shared/kernel/ids.ts';
import type { PostingDeps } from './application/ports.ts';
import { reverseEntry as reverse } from './application/reverse-entry.ts';
import { reversing } from './composition.ts';
import { bookOfOrder } from './domain/book-id.ts';
import type { ReversalRefusal } from './domain/reverse.ts';
import { reverseEntry } from './routes.ts';

type Deps = Pick<PostingDeps, 'books' | 'now'> & { readonly idempotency: Idempotency };

/** `POST /api/v1/ledger/orders/{orderId}/reversals`: takes back an entry, or a part of it, by a new one. */
export const makeHandler = ({ idempotency, ...deps }: Deps) =>
  endpoint(reverseEntry, async (http) => {
    const orderId = orderIdOf(http);
    const { answer, replayed } = await oncePerKey(
      http,
      { idempotency, target: orderId },
      async ({ of, reason, postings }, { id, correlationId, actor }) => {
        const decision = await reverse(deps, {
          bookId: bookOfOrder(orderId),
          of,
          reason,
          ...(postings === undefined ? {} : { postings }),
          actor,
          eventId: id as EventId,
          correlationId: correlationId ?? (id as CorrelationId),
        });
        if (!decision.ok) throw new Problem(REQUEST_REFUSED, wordsOf(decision.refusal));
        return { orderId, of, postings: decision.value.data.postings };
      },
    );
    return { status: 200, headers: { ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}) }, body: answer };
  });

function wordsOf(refusal: ReversalRefusal): string {
  switch (refusal.kind) {
    case 'unknown-entry':
      return `The order has no posted entry of event ${refusal.of}; read its books.`;
    case 'nothing-left':
      return `The entry of event ${refusal.of} is taken back already; nothing is left of it.`;
    case 'not-balanced':
      return 'The postings sum to zero for each unit, and are at least two; or leave them out to take back all that is left.';
    case 'more-than-left':
      return `More than is left of the entry would be taken back in ${refusal.account}: ${refusal.left} is left.`;
  }
}

export const handler: Handler = limited(makeHandler(reversing()));
