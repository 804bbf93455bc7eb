import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { RATE_LIMITER_UNAVAILABLE } from '../../functions/shared/rate-limit/metrics.ts';
import { RATE_LIMIT_TABLES } from '../../functions/shared/rate-limit/tables.ts';
import { environmentOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { Group } from './group.ts';
import { WaybillTable } from './waybill-table.ts';

export interface RateLimiterProps {
  /** Where its table is: in the stack that is kept. */
  readonly data: Construct;
}

/** The token buckets of the API's callers. How many requests they hold, the configuration says. */
export class RateLimiter extends Group {
  readonly #table: WaybillTable;

  constructor(scope: Construct, id: string, { data }: RateLimiterProps) {
    super(scope, id);
    this.#table = new WaybillTable(data, 'RateLimits', RATE_LIMIT_TABLES.rateLimits);
    alarm(this, 'RateLimiterUnavailable', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: RATE_LIMITER_UNAVAILABLE.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 10,
      severity: 'warning',
      description:
        'Callers get a tenth of their limit, or a tenth too much: the table of limits does not answer within a quarter of a second.',
      runbook: 'rate-limiter-unavailable',
    });
  }

  /** Takes each request out of the token bucket of its caller. */
  grantTake(limited: LambdaFunction): void {
    this.#table.grantTo(limited, 'UpdateItem');
  }
}
