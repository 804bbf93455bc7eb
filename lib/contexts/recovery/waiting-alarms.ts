import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { OLDEST_WAIT, ORDERS_GIVEN_UP } from '../../../functions/recovery/adapters/metrics.ts';
import { alarm } from '../../constructs/alarms.ts';
import { environmentOf } from '../../stages/environment.ts';

const WAIT_TOO_LONG = Duration.minutes(10);

/** Raises an alarm when orders wait for long, and when one was given up. */
export function watchWaitingOrders(scope: Construct): void {
  const metricOf = ({ name }: { readonly name: string }, statistic: string) =>
    new Metric({
      namespace: environmentOf(scope).metricsNamespace,
      metricName: name,
      statistic,
      period: Duration.minutes(5),
    });
  const runbook = 'orders-wait';
  alarm(scope, 'OrdersWait', {
    metric: metricOf(OLDEST_WAIT, 'Maximum'),
    threshold: WAIT_TOO_LONG.toMilliseconds(),
    severity: 'warning',
    description: 'Orders have waited for more than ten minutes for a partner, or for the platform itself.',
    runbook,
  });
  alarm(scope, 'OrdersGivenUp', {
    metric: metricOf(ORDERS_GIVEN_UP, 'Sum'),
    threshold: 1,
    severity: 'critical',
    description: 'An order was given up, because it has waited for too long: customers lose their orders.',
    runbook,
  });
}
