/** The common part of the endpoints that place or change an order. */
import type { ApiAnswer } from '../../shared/http/answer.ts';

/** 202: the command is decided and recorded, now or at its first request. */
export function accepted(
  answer: { readonly orderId: string },
  replayed: boolean,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  const self = `/api/v1/orders/${answer.orderId}`;
  return {
    status: 202,
    headers: { Location: self, ...headers, ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}) },
    body: { ...answer, links: { self, history: `${self}/history` } },
  };
}
