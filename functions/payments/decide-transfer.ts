import type { Handler } from 'aws-lambda';
import { oncePerKey } from '../shared/edge/command-request.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import type { Idempotency } from '../shared/edge/idempotency.ts';
import { limited } from '../shared/edge/limited.ts';
import { type DecideDeps, decideTransfer as decide } from './application/decide-transfer.ts';
import { deployedDecisions } from './composition.ts';
import { problemOfTransfer } from './http/problems.ts';
import { shownTransfer } from './http/shown-transfer.ts';
import { decideTransfer } from './routes.ts';

interface Deps extends DecideDeps {
  readonly idempotency: Idempotency;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** `POST /api/v1/payments/transfers/{transferId}/decision`: for which order a transfer is, or that it goes back; for operators. */
export const makeHandler = ({ idempotency, now, ...deps }: Deps) =>
  endpoint(decideTransfer, async (http) => {
    const { transferId = '' } = http.pathParameters;
    const { answer, replayed } = await oncePerKey(
      http,
      { idempotency, target: transferId },
      async (said, { actor }) => {
        const decision = { ...said, actor, decidedAt: new Date(now()).toISOString() };
        const decided = await decide(deps, transferId, decision);
        if (!decided.ok) throw problemOfTransfer(transferId, decided.refusal);
        return shownTransfer(decided.value);
      },
    );
    return { status: 200, headers: { ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}) }, body: answer };
  });

export const handler: Handler = limited(makeHandler(deployedDecisions()));
