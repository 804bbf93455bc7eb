import { ORDERS_IN_TIME, ORDERS_LATE, ORDERS_PLACED, TASKS_OPENED } from '../../functions/orders/adapters/metrics.ts';
import { createOrder } from '../../functions/orders/routes.ts';
import { methodMetrics } from '../constructs/api.ts';
import type { Counted, Objective } from './burn-alarm.ts';

/**
 * What the platform promises, and by what it is held. The targets are of this project: an operator may have others.
 * @param namespace of the metrics of the environment's functions
 * @param apiName of the API of the environment
 */
export function objectivesOf({
  namespace,
  apiName,
}: {
  readonly namespace: string;
  readonly apiName: string;
}): readonly Objective[] {
  const own = ({ name: metricName }: { readonly name: string }): Counted => ({ namespace, metricName });
  const ofRequests = (metricName: string): Counted => ({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: methodMetrics(apiName, createOrder),
  });
  return [
    {
      name: 'OrdersAccepted',
      promise: 'Requests for orders are answered without a 5xx',
      target: 0.999,
      bad: ofRequests('5XXError'),
      others: { all: ofRequests('Count') },
      suffering: 'Customers cannot order: requests for orders are answered with a 5xx.',
      runbook: 'orders-not-accepted',
    },
    {
      name: 'OrdersInTime',
      promise: 'Orders end within a minute, without waiting',
      target: 0.99,
      bad: own(ORDERS_LATE),
      others: own(ORDERS_IN_TIME),
      suffering: 'Customers wait for their confirmation: orders are late.',
      runbook: 'orders-late',
    },
    {
      name: 'NothingParked',
      promise: 'Orders leave no task to a person',
      target: 0.999,
      bad: own(TASKS_OPENED),
      others: own(ORDERS_PLACED),
      suffering: 'Orders are left to people: tasks are opened.',
      runbook: 'tasks-opened',
    },
  ];
}
