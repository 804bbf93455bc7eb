import type { Handler } from 'aws-lambda';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { postCorrection as post } from './application/correct-book.ts';
import type { PostingDeps } from './application/ports.ts';
import { reversing } from './composition.ts';
import { noBookOf, transferIn } from './http/book-path.ts';
import { byHandEndpoint } from './http/by-hand-endpoint.ts';
import { wordsOf } from './http/words-of-corrections.ts';
import { correctTransfer } from './routes.ts';

type Deps = Pick<PostingDeps, 'books' | 'now'> & { readonly idempotency: Idempotency };

/** `POST /api/v1/ledger/transfers/{transferId}/corrections`: an entry of a transfer without a reference that follows from no event. */
export const makeHandler = ({ idempotency, ...deps }: Deps) =>
  byHandEndpoint(correctTransfer, { idempotency, ownerIn: transferIn }, async ({ transferId }, said, who) => {
    if ((await deps.books.read(who.bookId, 1, 1)).length === 0) throw noBookOf(transferId);
    const decision = await post(deps, { ...who, ...said });
    if (!decision.ok) throw new Problem(REQUEST_REFUSED, wordsOf(decision.refusal));
    return { postings: decision.value.data.postings };
  });

export const handler: Handler = limited(makeHandler(reversing()));
