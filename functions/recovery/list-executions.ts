import type { Handler } from 'aws-lambda';
import type { OrderLog } from '../published/order-log.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import type { Executions } from './application/execution-ports.ts';
import { findExecutions } from './application/find-executions.ts';
import { executions, hasAwsConsole } from './composition.ts';
import { executionIdOf } from './domain/executions.ts';
import { consoleLink, executionsPath } from './http/execution-links.ts';
import { listExecutions } from './routes.ts';

export interface ListExecutionsDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly executions: Pick<Executions, 'find'>;
  /** Whether it is AWS that has the executions, so that its console shows them. */
  readonly hasAwsConsole: boolean;
}

/** `GET /api/v1/orders/{orderId}/executions`: the executions of the order's sagas, as Step Functions has them; for operators. */
export const makeHandler = (deps: ListExecutionsDeps) =>
  endpoint(listExecutions, async (http) => {
    const orderId = orderIdOf(http);
    const events = await deps.log.read(orderId, 1);
    if (events.length === 0) throw orderNotFound(orderId);
    const items = (await findExecutions(deps, events)).map(({ run, count, status, ...found }) => {
      const executionId = executionIdOf({ run, count });
      const console = deps.hasAwsConsole ? consoleLink(found) : undefined;
      const history = `${executionsPath(orderId)}/${executionId}/history`;
      return {
        executionId,
        saga: run.machine,
        status: status.toLowerCase(),
        ...found,
        links: { history, ...(console ? { console } : {}) },
      };
    });
    return revalidated({ status: 200, body: { orderId, items, links: { self: http.path } } }, http);
  });

export const handler: Handler = limited(
  makeHandler({ log: stepDeps().log, executions: executions(), hasAwsConsole: hasAwsConsole() }),
);
