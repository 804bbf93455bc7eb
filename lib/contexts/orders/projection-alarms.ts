import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PROJECTION_LAG } from '../../../functions/orders/adapters/metrics.ts';
import { alarm } from '../../constructs/alarms.ts';
import type { EventSubscription } from '../../constructs/event-subscription.ts';
import { environmentOf } from '../../stages/environment.ts';

const period = Duration.minutes(1);
/** Readers of lists expect them to be seconds behind. */
const TOO_FAR_BEHIND = Duration.minutes(1);
const MINUTES_IN_A_ROW = 5;

/**
 * Raises an alarm when a projection stays behind: by its own metric, and by its queue when the projection does not run.
 */
export function watchProjection(subscription: EventSubscription, projection: string): void {
  alarm(subscription, 'Behind', {
    metric: new Metric({
      namespace: environmentOf(subscription).metricsNamespace,
      metricName: PROJECTION_LAG.name,
      dimensionsMap: { Projection: projection },
      statistic: 'Maximum',
      period,
    }),
    threshold: TOO_FAR_BEHIND.toMilliseconds(),
    evaluationPeriods: MINUTES_IN_A_ROW,
    severity: 'warning',
    description: `The projection ${projection} is more than a minute behind: lists and searches show old orders.`,
    runbook: 'projection-behind',
  });
  alarm(subscription, 'Waiting', {
    metric: subscription.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period }),
    threshold: TOO_FAR_BEHIND.toSeconds(),
    evaluationPeriods: MINUTES_IN_A_ROW,
    severity: 'warning',
    description: `Events have waited for the projection ${projection} for more than a minute: it fails or does not run.`,
    runbook: 'projection-behind',
  });
}
