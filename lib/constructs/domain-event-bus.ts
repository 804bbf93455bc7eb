import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type EventBusProps } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENTS_REFUSED } from '../../functions/shared/event-log/metrics.ts';
import { environmentOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { grant } from './grant.ts';
import type { Probe } from './probe.ts';

/** The bus of the platform's own events. */
export class DomainEventBus extends EventBus {
  constructor(scope: Construct, id: string, props: EventBusProps) {
    super(scope, id, props);
    alarm(this, 'EventsRefused', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: EVENTS_REFUSED.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 1,
      severity: 'critical',
      description: 'A message tells of an event that the order log does not have: something else writes to the bus.',
      runbook: 'events-refused',
    });
  }

  grantPublish(publisher: LambdaFunction): void {
    grant(publisher, { actions: ['events:PutEvents'], on: this.eventBusArn }, { EVENT_BUS_NAME: this.eventBusName });
  }

  probe(name: string): Probe {
    const permission = { actions: ['events:DescribeEventBus'], on: this.eventBusArn };
    return { name, kind: 'event-bus', target: this.eventBusName, permission };
  }
}
