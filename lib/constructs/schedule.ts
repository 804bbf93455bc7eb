import type { Duration } from 'aws-cdk-lib';
import { Schedule as Expression, Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { alarm, type Severity } from './alarms.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { WaybillFunction } from './waybill-function.ts';

export interface ScheduleProps {
  /** At least a minute. */
  readonly every: Duration;
  /** What is called. It finds out by itself what there is to do: a call may come twice, late, or not at all. */
  readonly handler: WaybillFunction;
  /** What people miss while it does not run. */
  readonly severity: Severity;
  /** It is called once with each of them, side by side. @default once, with the event of the schedule */
  readonly inputs?: readonly RuleTargetInput[];
}

/** Calls a function at intervals; an alarm goes off when it has failed three times in a row or cannot be called. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { every, handler, severity, inputs }: ScheduleProps) {
    super(scope, id);
    const call = {
      severity,
      description: `${handler.node.id}, which runs every ${every.toMinutes()} min, fails.`,
      runbook: 'scheduled-function-fails',
    };
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { ...call, kind: 'schedule' });
    new Rule(this, 'Rule', {
      schedule: Expression.rate(every),
      targets: (inputs ?? [undefined]).map(
        (event) =>
          new LambdaFunction(handler.live, {
            ...(event ? { event } : {}),
            deadLetterQueue,
            // The next call does the work of one that was missed.
            retryAttempts: 2,
            maxEventAge: every,
          }),
      ),
    });
    alarm(this, 'Failing', {
      ...call,
      metric: handler.metricErrors({ period: every, statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 3,
    });
  }
}
