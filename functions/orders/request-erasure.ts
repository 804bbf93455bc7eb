import type { Handler } from 'aws-lambda';
import { v5, v7 } from 'uuid';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { keyReused } from '../shared/http/command-problems.ts';
import { customerIdOf } from '../shared/http/customer-path.ts';
import { bodyOf, idempotencyKeyOf } from '../shared/http/request.ts';
import { type ErasureRequestDeps, requestErasure } from './application/request-erasure.ts';
import { requestingErasure } from './composition.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { erasureAnswer } from './http/erasure-answer.ts';
import { requestErasure as route } from './routes.ts';

/** Ids of erasures that are requested with an Idempotency-Key are made from the key, in this namespace. */
const KEYED_ERASURES = 'b6b6b0a4-3a0c-4f0e-9d52-0d1f7a1d5c6e';

/** `POST /api/v1/customers/{customerId}/erasures`: has the personal data of a customer erased. It is recorded now, and done by a schedule. */
export const makeHandler = (deps: ErasureRequestDeps) =>
  endpoint(route, async (http) => {
    const { caller } = http;
    const customerId = customerIdOf(http, ordersOpenTo(caller));
    const { reason } = bodyOf(http);
    const key = idempotencyKeyOf(http, customerId);
    const erasureId = key ? v5(key, KEYED_ERASURES) : v7();
    const requestedBy = { type: caller.type, id: caller.id };
    const requested = await requestErasure(deps, { erasureId, customerId, reason, requestedBy });
    if (!requested.ok) throw keyReused();
    const { isRepeated, ...progress } = requested.value;
    const body = erasureAnswer(progress);
    const headers = { Location: body.links.self, ...(isRepeated ? { 'Idempotency-Replayed': 'true' } : {}) };
    return { status: 202, headers, body };
  });

export const handler: Handler = limited(makeHandler(requestingErasure()));
