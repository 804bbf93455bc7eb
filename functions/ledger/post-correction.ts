import type { Handler } from 'aws-lambda';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderNotFound } from '../shared/http/order-path.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { assertNever } from '../shared/kernel/assert-never.ts';
import { postCorrection as post } from './application/correct-book.ts';
import type { PostingDeps } from './application/ports.ts';
import { correcting } from './composition.ts';
import type { CorrectionRefusal } from './domain/correct.ts';
import { byHandEndpoint } from './http/by-hand-endpoint.ts';
import { postCorrection } from './routes.ts';

/** `POST /api/v1/ledger/orders/{orderId}/corrections`: an entry that follows from no event. */
export const makeHandler = ({ idempotency, ...deps }: PostingDeps & { readonly idempotency: Idempotency }) =>
  byHandEndpoint(postCorrection, idempotency, async (orderId, said, who) => {
    if ((await deps.log.read(orderId, 1, 1)).length === 0) throw orderNotFound(orderId);
    const decision = await post(deps, { ...who, ...said });
    if (!decision.ok) throw new Problem(REQUEST_REFUSED, wordsOf(decision.refusal));
    return { postings: decision.value.data.postings };
  });

function wordsOf(refusal: CorrectionRefusal): string {
  switch (refusal.kind) {
    case 'not-balanced':
      return 'The postings sum to zero for each unit, are at least two, and none is of 0.';
    case 'no-account':
      return `There is no account ${refusal.account}; the accounts are in docs/ledger.md, such as clearing or channel/card.`;
    case 'wrong-unit':
      return `${refusal.account} is an account of money, got ${refusal.unit}; expected a currency such as CNY.`;
    default:
      return assertNever(refusal);
  }
}

export const handler: Handler = limited(makeHandler(correcting()));
