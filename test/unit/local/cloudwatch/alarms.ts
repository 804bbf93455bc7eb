import { setImmediate } from 'node:timers/promises';
import { CloudWatchService } from '../../../../local/cloudwatch/service.ts';
import type { JsonObject, Measurement } from '../../../../local/contracts.ts';
import { RuntimeMetrics } from '../../../../local/metrics.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { makerOf } from '../resource-making.ts';

export const MINUTE = 60_000;
export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';

/** An alarm on the first message of a dead-letter queue. */
export const ON_FIRST_MESSAGE: JsonObject = {
  AlarmDescription: 'critical: It broke. Runbook: docs/runbooks/it.md',
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: 'dead' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: [TOPIC],
  OKActions: [TOPIC],
};

export const visible = (value: number): Measurement => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'dead' },
  value,
});

export interface Told {
  readonly topic: string;
  readonly subject: string;
  readonly message: JsonObject;
}

/** CloudWatch in virtual time; given an earlier one's context, a restart of it. */
export function cloudWatch(clock = new VirtualClock(), context = testContext(clock)) {
  const metrics = new RuntimeMetrics(clock);
  const told: Told[] = [];
  const gauges: Measurement[] = [];
  const service = new CloudWatchService(context, {
    metrics,
    gauges: () => gauges,
    notify: (topic, subject, message) => void told.push({ topic, subject, message: JSON.parse(message) as JsonObject }),
  });
  return {
    clock,
    context,
    metrics,
    told,
    gauges,
    service,
    make: makerOf(service.resources),
    /** Lets minutes pass, and the alarms be evaluated at the end of each. */
    async pass(minutes: number): Promise<void> {
      for (let passed = 0; passed < minutes; passed += 1) {
        clock.advance(MINUTE);
        for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      }
    },
    async state(): Promise<unknown> {
      const { MetricAlarms } = await service.handle('DescribeAlarms', {});
      return (MetricAlarms as JsonObject[])[0]?.StateValue;
    },
  };
}
