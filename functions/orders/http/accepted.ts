/** What the endpoints that place or change an order have in common. */
import { createHash } from 'node:crypto';
import type { ApiAnswer } from '../../shared/http/answer.ts';

/** SHA-256 (hex) of what tells a request from another under the same key. */
export const requestHashOf = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

/** 202: it is decided and recorded, now or when the request came first. */
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
