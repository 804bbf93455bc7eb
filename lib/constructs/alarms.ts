import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * How soon a person has to look:
 * - `critical`: orders, money or data suffer until a person acts. At any hour.
 * - `warning`: nothing is lost, and the platform does what it promises, but a person has work to do. In working hours.
 */
export type Severity = 'critical' | 'warning';

/** What the person needs that an alarm calls. */
export interface Call {
  readonly severity: Severity;
  /** What has happened and whom it affects, in one or two sentences. */
  readonly description: string;
  /** What to do: the name of a document in `docs/runbooks/`, without `.md`. */
  readonly runbook: string;
}

export interface AlarmOptions extends Call {
  readonly metric: IMetric;
  /** The alarm goes off at this value and above. */
  readonly threshold: number;
  /** How many periods in a row must be at the threshold. @default 1 */
  readonly evaluationPeriods?: number;
}

/**
 * An alarm that counts missing data as good: no traffic is no trouble. Its description begins with the severity and ends
 * with the runbook, because that is what reaches a person. `AlarmTopic` gives each alarm of the app its action.
 */
export function alarm(scope: Construct, id: string, options: AlarmOptions): Alarm {
  return new Alarm(scope, id, {
    ...AS_ALL,
    metric: options.metric,
    threshold: options.threshold,
    alarmDescription: descriptionOf(options),
    evaluationPeriods: options.evaluationPeriods ?? 1,
  });
}

const AS_ALL = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
} as const;

/** What reaches the person whom an alarm calls. */
export const descriptionOf = ({ severity, description, runbook }: Call): string =>
  `${severity}: ${description} Runbook: docs/runbooks/${runbook}.md`;

/** An alarm on one period that is a part of a composite one, and by itself calls nobody. */
export class SilentAlarm extends Alarm {
  constructor(
    scope: Construct,
    id: string,
    { metric, threshold, what }: Pick<AlarmOptions, 'metric' | 'threshold'> & { readonly what: string },
  ) {
    super(scope, id, { ...AS_ALL, metric, threshold, alarmDescription: what, evaluationPeriods: 1 });
  }
}

/** For queues that are empty in normal operation. */
export function alarmOnFirstMessage(queue: Queue, call: Call): Alarm {
  return alarm(queue, 'NotEmpty', {
    ...call,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 1,
  });
}
