import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { orderIdOf } from '../shared/http/order-path.ts';
import { Problem } from '../shared/http/problem.ts';
import { INVALID_CURSOR } from '../shared/http/problems.ts';
import { queryOf } from '../shared/http/request.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { type Executions, PageExpired } from './application/execution-ports.ts';
import { executions } from './composition.ts';
import { parseExecutionId } from './domain/executions.ts';
import { placeInExecution } from './http/execution-requests.ts';
import { EXECUTION_NOT_FOUND } from './http/problems.ts';
import { getExecutionHistory } from './routes.ts';

/** `GET /api/v1/orders/{orderId}/executions/{executionId}/history`: what Step Functions has recorded of one execution; for operators. */
export const makeHandler = (deps: { readonly executions: Pick<Executions, 'history'> }) =>
  endpoint(getExecutionHistory, async (http) => {
    const orderId = orderIdOf(http);
    const { executionId = '' } = http.pathParameters;
    const { limit, cursor, order } = queryOf(http);
    const cursors = new Cursors(placeInExecution, { orderId, executionId, order });
    const execution = parseExecutionId(orderId, executionId);
    const after = cursors.decode(cursor);
    const page = execution && (await deps.executions.history(execution, limit, order, after).catch(sayWhatExpired));
    if (!page) {
      throw new Problem(
        EXECUTION_NOT_FOUND,
        `The order has no execution ${executionId.slice(0, 64)}, or none any more.`,
      );
    }
    const { events, next } = page;
    const body = {
      orderId,
      executionId,
      events,
      ...(next === undefined ? {} : { next: cursors.encode(next) }),
      links: { self: http.path },
    };
    return revalidated({ status: 200, body }, http);
  });

function sayWhatExpired(error: unknown): never {
  if (!(error instanceof PageExpired)) throw error;
  throw new Problem(INVALID_CURSOR, 'This cursor is too old: read the history from its beginning.', { cause: error });
}

export const handler: Handler = limited(makeHandler({ executions: executions() }));
