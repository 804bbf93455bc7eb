import type { HttpExchange } from '../../../shared/outbound/http-exchange.ts';
import { type Form, formOf } from './form.ts';

/** The version of the protocol that this adapter speaks, which the gateway keeps for as long as it is asked for. */
export const STRIPE_VERSION = '2026-10-28.endive';

/** The status under which a failure comes that the gateway has kept, and answers for as long as it knows the key. */
export const KEPT_FAILURE = 424;

/**
 * Requests of the card gateway's API: their bodies are forms. A failure (5xx) that was kept under the `Idempotency-Key` of the request is
 * an answer about that key, and no sign that the gateway is away now. Source: docs.stripe.com/api/idempotent_requests.
 */
export const cardExchange =
  (exchange: HttpExchange): HttpExchange =>
  async ({ body, ...request }) => {
    const headers = { ...request.headers, 'stripe-version': STRIPE_VERSION };
    const answer = await exchange(
      body === undefined
        ? { ...request, headers }
        : {
            ...request,
            headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
            body: formOf(JSON.parse(body) as Form),
          },
    );
    const isKept = answer.status >= 500 && answer.headers?.['idempotent-replayed'] === 'true';
    return isKept ? { ...answer, status: KEPT_FAILURE, text: '{}' } : answer;
  };
