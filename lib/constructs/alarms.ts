import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface AlarmOptions {
  readonly metric: IMetric;
  /** The alarm goes off at this value and above. */
  readonly threshold: number;
  /** What it means and what to do, for the person that it wakes. */
  readonly description: string;
  /** How many periods in a row must be at the threshold. @default 1 */
  readonly evaluationPeriods?: number;
}

/** An alarm that counts missing data as good: no traffic is no trouble. */
export function alarm(scope: Construct, id: string, options: AlarmOptions): Alarm {
  return new Alarm(scope, id, {
    metric: options.metric,
    threshold: options.threshold,
    alarmDescription: options.description,
    evaluationPeriods: options.evaluationPeriods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** For queues that are empty in normal operation. */
export function alarmOnFirstMessage(queue: Queue, description: string): Alarm {
  return alarm(queue, 'NotEmpty', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 1,
    description,
  });
}
