import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { alarm } from './alarms.ts';
import { type Definition, type Entry, partOf } from './part-of-saga.ts';

export interface SagaProps {
  /** The state machine in Amazon States Language; it names resources as `${<State>FunctionArn}`, `${EventBusName}` and `${SagaEventSource}`. */
  readonly definitionFile: string;
  /** Where to enter the definition, for a saga that is the rest of another. @default its start; all of it */
  readonly entry?: Entry;
  /** The functions of the saga, by the name of the state that invokes them. */
  readonly steps: Readonly<Record<string, IFunction>>;
  /** Where the saga says that an order waits for a person. */
  readonly bus: EventBus;
  /** The source of the events that the saga publishes. */
  readonly eventSource: string;
  /** How long the log of failures is kept. @default one month */
  readonly logRetention?: RetentionDays;
}

/**
 * A saga as a Standard workflow. Each definition is published as a version of its own, which stays when the
 * next one arrives: executions run to their end on the version they started with. New ones start through the alias `live`.
 */
export class Saga extends Construct {
  readonly machineArn: string;
  /** Start executions here. */
  readonly aliasArn: string;

  constructor(scope: Construct, id: string, props: SagaProps) {
    super(scope, id);
    const whole = JSON.parse(readFileSync(props.definitionFile, 'utf8')) as Definition;
    const definition = JSON.stringify(props.entry ? partOf(whole, props.entry) : whole);
    const steps = Object.entries(props.steps);

    const machine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: {
        ...Object.fromEntries(steps.map(([state, step]) => [`${state}FunctionArn`, step.functionArn])),
        EventBusName: props.bus.eventBusName,
        SagaEventSource: props.eventSource,
      },
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', {
          retention: props.logRetention ?? RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    machine.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: steps.map(([, step]) => step.functionArn),
      }),
    );
    machine.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [props.bus.eventBusArn] }));
    this.machineArn = machine.stateMachineArn;
    this.aliasArn = this.publish(machine, definition).ref;
    this.watch(machine);

    Validations.of(machine.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray and the delivery of logs have no resources to name: these actions are granted on * or not at all.',
    });
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the whole history of each execution for 90 days. The log is for failures: ' +
        'logging every event would cost more than the saga.',
    });
  }

  private publish(machine: StateMachine, definition: string): CfnStateMachineAlias {
    const hash = createHash('sha256').update(definition).digest('hex').slice(0, 8);
    const version = new CfnStateMachineVersion(this, `Version${hash}`, {
      stateMachineArn: machine.stateMachineArn,
      // Publishes anew when a function's ARN, the role or the logging changes, which the definition does not show.
      stateMachineRevisionId: machine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return new CfnStateMachineAlias(this, 'Live', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: version.ref, weight: 100 }],
    });
  }

  /** Compensated orders succeed, so whatever does not needs a person. */
  private watch(machine: StateMachine): void {
    const period = Duration.minutes(1);
    alarm(this, 'NotSucceeded', {
      metric: new MathExpression({
        expression: 'failed + timedOut + aborted',
        usingMetrics: {
          failed: machine.metricFailed({ period }),
          timedOut: machine.metricTimedOut({ period }),
          aborted: machine.metricAborted({ period }),
        },
        label: 'Sagas that did not come to an end',
        period,
      }),
      threshold: 1,
      description:
        'A saga failed, timed out or was aborted: its order needs a person. The saga-failures queue says which.',
    });
  }
}
