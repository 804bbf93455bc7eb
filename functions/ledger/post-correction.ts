import type { Handler } from 'aws-lambda';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderNotFound } from '../shared/http/order-path.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { postCorrection as post } from './application/correct-book.ts';
import type { PostingDeps } from './application/ports.ts';
import { correcting } from './composition.ts';
import { orderIn } from './http/book-path.ts';
import { byHandEndpoint } from './http/by-hand-endpoint.ts';
import { wordsOf } from './http/words-of-corrections.ts';
import { postCorrection } from './routes.ts';

/** `POST /api/v1/ledger/orders/{orderId}/corrections`: an entry that follows from no event. */
export const makeHandler = ({ idempotency, ...deps }: PostingDeps & { readonly idempotency: Idempotency }) =>
  byHandEndpoint(postCorrection, { idempotency, ownerIn: orderIn }, async ({ orderId }, said, who) => {
    if ((await deps.log.read(orderId, 1, 1)).length === 0) throw orderNotFound(orderId);
    const decision = await post(deps, { ...who, ...said });
    if (!decision.ok) throw new Problem(REQUEST_REFUSED, wordsOf(decision.refusal));
    return { postings: decision.value.data.postings };
  });

export const handler: Handler = limited(makeHandler(correcting()));
