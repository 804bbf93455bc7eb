import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { grant } from './grant.ts';
import type { Probe } from './probe.ts';

/** The bus of the platform's own events. */
export class DomainEventBus extends EventBus {
  grantPublish(publisher: LambdaFunction): void {
    grant(publisher, { actions: ['events:PutEvents'], on: this.eventBusArn }, { EVENT_BUS_NAME: this.eventBusName });
  }

  probe(name: string): Probe {
    const permission = { actions: ['events:DescribeEventBus'], on: this.eventBusArn };
    return { name, kind: 'event-bus', target: this.eventBusName, permission };
  }
}
