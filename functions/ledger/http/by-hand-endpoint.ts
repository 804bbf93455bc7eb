import type * as z from 'zod';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { type ApiFunction, endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import type { Callers, Route } from '../../shared/http/route.ts';
import type { CorrelationId, EventId } from '../../shared/kernel/ids.ts';
import type { ByHand } from '../application/correct-book.ts';
import { bookOf, type Owner } from '../domain/book-id.ts';

interface ByHandRoute<Body extends z.ZodType> extends Route<'ledger'> {
  readonly callers: Exclude<Callers, 'anyone'>;
  readonly body: Body;
}

/** Once per Idempotency-Key, for the book of what the path names. */
interface ByHandOptions<Of extends Owner> {
  readonly idempotency: Idempotency;
  /** @throws Problem 404 */
  readonly ownerIn: (http: Pick<ApiRequest, 'pathParameters'>) => Of;
}

/** An endpoint with which an operator posts to a book. It answers with what was posted. */
export const byHandEndpoint = <Said, Of extends Owner>(
  route: ByHandRoute<z.ZodType<Said>>,
  { idempotency, ownerIn }: ByHandOptions<Of>,
  work: (owner: Of, said: Said, who: Omit<ByHand, 'reason'>) => Promise<Readonly<Record<string, object | number>>>,
): ApiFunction =>
  endpoint(route, async (http) => {
    const owner = ownerIn(http);
    const bookId = bookOf(owner);
    const { answer, replayed } = await oncePerKey(
      http,
      { idempotency, target: bookId },
      async (said, { id, correlationId, actor }) => {
        const eventId = id as EventId;
        const who = { bookId, actor, eventId, correlationId: correlationId ?? (id as CorrelationId) };
        return { ...owner, ...(await work(owner, said, who)) };
      },
    );
    return { status: 200, headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: answer };
  });
