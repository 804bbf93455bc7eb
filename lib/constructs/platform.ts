import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { ConfigurationParameter } from './configuration-parameter.ts';
import { DeadLetterFile } from './dead-letter-file.ts';
import { DomainEventBus } from './domain-event-bus.ts';
import { EventLog } from './event-log.ts';
import { Group } from './group.ts';
import { IdempotencyRecords } from './idempotency-records.ts';
import { numberParameter } from './parameters.ts';
import { Partners } from './partners.ts';
import type { Probe } from './probe.ts';
import { RateLimiter } from './rate-limiter.ts';

export interface PlatformProps {
  /** Where tables are: the stack that is kept. */
  readonly data: Construct;
}

/** What all bounded contexts share. Each resource grants its own use. */
export class Platform extends Group {
  /** Where contexts put their tables. */
  readonly data: Construct;
  readonly bus: DomainEventBus;
  readonly eventLog: EventLog;
  readonly deadLetters: DeadLetterFile;
  readonly idempotencyRecords: IdempotencyRecords;
  readonly rateLimiter: RateLimiter;
  readonly partners: Partners;
  readonly configuration: ConfigurationParameter;
  readonly probes: readonly Probe[];

  constructor(scope: Construct, id: string, { data }: PlatformProps) {
    super(scope, id);
    this.data = data;
    // Not in the group: CDK makes the name of the bus from its path, and a new name would be a new bus.
    this.bus = new DomainEventBus(scope, 'Bus', { description: 'What happens to orders' });
    new CfnOutput(this, 'EventBusName', { value: this.bus.eventBusName });
    this.eventLog = new EventLog(data, 'EventLog', {
      snapshotEvery: numberParameter(this, 'SnapshotEvery', {
        description: 'A snapshot of an order is due when so many events have come since the last one',
        byDefault: 20,
        allowed: '^[1-9][0-9]{0,3}$',
        range: 'from 1 to 9999',
      }),
    });
    this.deadLetters = new DeadLetterFile(data);
    this.idempotencyRecords = new IdempotencyRecords(data, 'IdempotencyRecords');
    this.rateLimiter = new RateLimiter(this, 'RateLimiter', { data });
    new AlarmTopic(this, 'AlarmTopic');
    this.configuration = new ConfigurationParameter(this, 'ConfigurationParameter');
    this.partners = new Partners(data, 'PartnerEntries', { configuration: this.configuration });
    this.probes = [this.eventLog.table.probe('order-log'), this.bus.probe('event-bus')];
  }
}
