import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { RATE_LIMITER_UNAVAILABLE } from '../../functions/shared/rate-limit/metrics.ts';
import { RATE_LIMIT_TABLES } from '../../functions/shared/rate-limit/tables.ts';
import { alarm } from './alarms.ts';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import { numberParameter } from './parameters.ts';
import { WaybillTable } from './waybill-table.ts';

export interface RateLimiterProps {
  /** Where its table is: in the stack that is kept. */
  readonly data: Construct;
}

/** How many requests the API takes from each of its callers, as the settings of the deployment say. */
export class RateLimiter extends Group {
  readonly #table: WaybillTable;
  readonly #policy: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { data }: RateLimiterProps) {
    super(scope, id);
    this.#table = new WaybillTable(data, 'RateLimits', RATE_LIMIT_TABLES.rateLimits);
    const upTo999999 = { allowed: '^[1-9][0-9]{0,5}$', range: 'from 1 to 999999' };
    this.#policy = {
      RATE_LIMIT_PER_SECOND: numberParameter(this, 'CallerRequestsPerSecond', {
        description: 'Requests a second that each caller of the API may make in the long run',
        byDefault: 50,
        ...upTo999999,
      }),
      RATE_LIMIT_BURST: numberParameter(this, 'CallerBurst', {
        description: 'Requests that a caller may make at once after a quiet time',
        byDefault: 100,
        ...upTo999999,
      }),
    };
    alarm(this, 'RateLimiterUnavailable', {
      metric: new Metric({
        namespace: METRICS_NAMESPACE,
        metricName: RATE_LIMITER_UNAVAILABLE.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 10,
      severity: 'warning',
      description:
        'Requests are answered without the limit of their callers: the table of limits does not answer within a quarter of a second.',
      runbook: 'rate-limiter-unavailable',
    });
  }

  /** Takes each request out of the token bucket of its caller. */
  grantTake(limited: LambdaFunction): void {
    this.#table.grantTo(limited, 'UpdateItem');
    tell(limited, this.#policy);
  }
}
