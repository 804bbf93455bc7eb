import type { Handler } from 'aws-lambda';
import { validate as isUuid } from 'uuid';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { customerIdOf } from '../shared/http/customer-path.ts';
import { Problem } from '../shared/http/problem.ts';
import type { Erasures } from './application/erasure-ports.ts';
import { erasureProgress } from './application/request-erasure.ts';
import { erasures } from './composition.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { erasureAnswer } from './http/erasure-answer.ts';
import { ERASURE_NOT_FOUND } from './http/problems.ts';
import { getErasure } from './routes.ts';

/** `GET /api/v1/customers/{customerId}/erasures/{erasureId}`: how far an erasure is. */
export const makeHandler = (deps: { readonly erasures: Pick<Erasures, 'find' | 'orders'> }) =>
  endpoint(getErasure, async (http) => {
    const customerId = customerIdOf(http, ordersOpenTo(http.caller));
    const erasureId = http.pathParameters.erasureId ?? '';
    const progress = isUuid(erasureId) ? await erasureProgress(deps, customerId, erasureId) : undefined;
    if (!progress) throw new Problem(ERASURE_NOT_FOUND, `There is no erasure ${erasureId.slice(0, 64)}.`);
    return { status: 200, body: erasureAnswer(progress) };
  });

export const handler: Handler = limited(makeHandler({ erasures: erasures() }));
