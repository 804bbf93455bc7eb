import { arnOf } from '../arn.ts';
import { AwsError, type JsonObject, type Measurement, type ServiceContext } from '../contracts.ts';
import type { RuntimeMetrics } from '../metrics.ts';
import { ignored, physicalName, type ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { type AlarmDefinition, alarmDefinition } from './alarm-definition.ts';
import { AlarmStates, type KnownState } from './alarm-states.ts';
import { type CompositeDefinition, compositeDefinition, evaluateComposite } from './composite-alarm.ts';
import { describeAlarms, type KnownAlarm } from './describe-alarms.ts';
import { type AlarmState, type Evaluation, evaluate } from './evaluation.ts';
import { notificationOf, subjectOf } from './notification.ts';

const MINUTE_MS = 60_000;

export interface CloudWatchOptions {
  readonly metrics: Pick<RuntimeMetrics, 'put' | 'statistic'>;
  /** Reads what is measured at intervals. */
  readonly gauges: () => Measurement[];
  /** Tells a topic. */
  readonly notify: (topicArn: string, subject: string, message: string) => void;
}

/** CloudWatch: what the services measure, and alarms on it. Each minute, alarms are evaluated, and changes are told to topics. */
export class CloudWatchService implements Service {
  readonly name = 'cloudwatch';
  readonly targets = ['GraniteServiceVersion20100801'];
  readonly meters = ['cloudwatch.requests'];
  readonly resources: ResourceTypes;
  readonly #context: ServiceContext;
  readonly #options: CloudWatchOptions;
  readonly #alarms: AlarmDefinition[] = [];
  /** In the order of their references: one that is a part of another comes before it. */
  readonly #composites: CompositeDefinition[] = [];
  readonly #states: AlarmStates;
  #cancel: () => void = () => {};

  constructor(context: ServiceContext, options: CloudWatchOptions) {
    this.#context = context;
    this.#options = options;
    this.#states = new AlarmStates(context.store);
    this.resources = {
      'AWS::CloudWatch::Alarm': (resource) => {
        const name = physicalName(resource, resource.properties.AlarmName);
        const arn = arnOf(context, this.name, `alarm:${name}`);
        this.#alarms.push(alarmDefinition(resource, name, arn));
        return { ref: name, attributes: { Arn: arn } };
      },
      'AWS::CloudWatch::CompositeAlarm': (resource) => {
        const name = physicalName(resource, resource.properties.AlarmName);
        const arn = arnOf(context, this.name, `alarm:${name}`);
        this.#composites.push(compositeDefinition(resource, name, arn));
        return { ref: name, attributes: { Arn: arn } };
      },
      'AWS::CloudWatch::Dashboard': ignored,
    };
  }

  /** Begins to evaluate alarms at the end of each minute. */
  resume(): void {
    const { clock } = this.#context;
    const endOfMinute = (Math.floor(clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
    this.#cancel = clock.at(endOfMinute, () => {
      void this.#evaluateAll(endOfMinute);
      this.resume();
    });
  }

  close(): void {
    this.#cancel();
  }

  async handle(operation: string, input: JsonObject): Promise<JsonObject> {
    if (operation !== 'DescribeAlarms') {
      throw new AwsError('UnknownOperationException', `The embedded CloudWatch has no operation ${operation}.`);
    }
    this.#context.meter.count('cloudwatch.requests', operation);
    return describeAlarms(
      [...this.#alarms, ...this.#composites].map((definition) => ({ definition, ...this.#stateOf(definition) })),
      input,
    );
  }

  permissions(operation: string): Permission[] {
    return [{ action: `cloudwatch:${operation}`, resource: arnOf(this.#context, this.name, 'alarm:*') }];
  }

  async #evaluateAll(now: number): Promise<void> {
    try {
      // What is read now stands for the minute that ends now.
      for (const gauge of this.#options.gauges()) this.#options.metrics.put({ ...gauge, at: now - 1 });
      for (const alarm of this.#alarms) {
        this.#take(alarm, await evaluate(alarm, this.#options.metrics, now), now);
      }
      for (const alarm of this.#composites) {
        this.#take(alarm, await evaluateComposite(alarm, (named) => this.#stateNamed(named)), now);
      }
    } catch (error) {
      this.#context.warn(`Alarms could not be evaluated: ${(error as Error).message}`);
    }
  }

  #take(alarm: KnownAlarm['definition'], evaluation: Evaluation | undefined, now: number): void {
    const before = this.#stateOf(alarm);
    if (evaluation === undefined || evaluation.state === before.state) return;
    const after = { ...evaluation, changedAt: now };
    this.#states.put(alarm.name, after);
    const message = JSON.stringify(notificationOf(alarm, before.state, after, this.#context));
    for (const topic of alarm.actions[after.state]) {
      this.#options.notify(topic, subjectOf(alarm, after.state), message);
    }
  }

  #stateNamed(nameOrArn: string): AlarmState | undefined {
    const found = [...this.#alarms, ...this.#composites].find(({ name, arn }) => [name, arn].includes(nameOrArn));
    return found && this.#stateOf(found).state;
  }

  #stateOf({ name }: Pick<AlarmDefinition, 'name'>): KnownState {
    const unknown = { state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', changedAt: 0 } as const;
    return this.#states.of(name) ?? unknown;
  }
}
