import type { Handler } from 'aws-lambda';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { reverseEntry as reverse } from './application/correct-book.ts';
import type { PostingDeps } from './application/ports.ts';
import { reversing } from './composition.ts';
import type { ReversalRefusal } from './domain/reverse.ts';
import { orderIn } from './http/book-path.ts';
import { byHandEndpoint } from './http/by-hand-endpoint.ts';
import { reverseEntry } from './routes.ts';

type Deps = Pick<PostingDeps, 'books' | 'now'> & { readonly idempotency: Idempotency };

/** `POST /api/v1/ledger/orders/{orderId}/reversals`: takes back an entry, or a part of it, by a new one. */
export const makeHandler = ({ idempotency, ...deps }: Deps) =>
  byHandEndpoint(reverseEntry, { idempotency, ownerIn: orderIn }, async (_, { postings, ...said }, who) => {
    const decision = await reverse(deps, { ...who, ...said, ...(postings === undefined ? {} : { postings }) });
    if (!decision.ok) throw new Problem(REQUEST_REFUSED, wordsOf(decision.refusal));
    return { of: said.of, postings: decision.value.data.postings };
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
