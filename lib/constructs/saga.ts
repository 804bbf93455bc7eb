import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ArnFormat, type CfnElement, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, type IConstruct } from 'constructs';
import { emulatorOf } from '../emulator/emulator-of.ts';
import { PROJECT_ROOT } from '../functions.ts';
import { environmentOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { grant, tell } from './grant.ts';
import { type Definition, type Entry, partOf } from './part-of-saga.ts';
import type { Probe } from './probe.ts';
import { gradually } from './rollout.ts';
import { sagaLogsOf } from './saga-logs.ts';
import { LIVE, type WaybillFunction } from './waybill-function.ts';

/** The functions that sagas invoke, by the name of the state that invokes each; AwaitRecovery is invoked by every state that waits. */
export type Steps = Record<string, WaybillFunction>;

export interface SagaProps {
  /** The state machine in Amazon States Language; it names functions as `${<State>FunctionArn}`. */
  readonly definitionFile: string;
  /** Where to enter the definition, for a saga that is the rest of another. @default its start; all of it */
  readonly entry?: Entry;
  /** Where the functions of its states are found; a saga may invoke those that its definition names, and no others. */
  readonly steps: Readonly<Steps>;
  /** The bus on which executions that release 0.2.0 or an earlier one started call a person: their definitions go on with this role. */
  readonly bus: EventBus;
}

/** @throws Error that names the file and, in the parser's words, the place */
function definitionIn(file: string): Definition {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Definition;
  } catch (error) {
    throw new Error(`${path.relative(PROJECT_ROOT, file)}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * A saga as a Standard workflow. Each definition is published as a version of its own, which stays when the
 * next one arrives: executions run to their end on the version they started with. New ones start through the alias `live`.
 */
export class Saga extends Construct {
  readonly machineArn: string;
  /** Start executions here. */
  readonly aliasArn: string;
  /** The functions that know it: CloudFormation makes them after it, and it after its steps. */
  readonly callers = new Set<IConstruct>();
  readonly #machine: StateMachine;
  readonly #isRest: boolean;

  constructor(scope: Construct, id: string, props: SagaProps) {
    super(scope, id);
    this.#isRest = props.entry !== undefined;
    const whole = definitionIn(props.definitionFile);
    const definition = JSON.stringify(props.entry ? partOf(whole, props.entry) : whole);
    const steps = stepsIn(definition, props.steps);

    const machine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries(
        steps.map(([state, step]) => [`${state}FunctionArn`, step.live.functionArn]),
      ),
      logs: {
        destination: new LogGroup(this, 'Log', {
          logGroupName: `${sagaLogsOf(Stack.of(this).stackName)}-${this.node.id}`,
          retention: environmentOf(this).logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    machine.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        // Executions of earlier releases invoke functions by their own ARN.
        resources: [...new Set(steps.flatMap(([, step]) => [step.live.functionArn, step.functionArn]))],
      }),
    );
    machine.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [props.bus.eventBusArn] }));
    this.#machine = machine;
    this.machineArn = machine.stateMachineArn;
    const isEmulated = emulatorOf(this) !== undefined;
    this.aliasArn = isEmulated
      ? machine.stateMachineArn
      : this.#publish(machine, definition, this.#watch(machine).alarmName).ref;

    Validations.of(machine.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The delivery of logs has no resources to name: its actions are granted on * or not at all.',
    });
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-SF2',
      reason: 'The trace of an order has the states of its sagas from their histories, which are there anyway.',
    });
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the whole history of each execution for 90 days. The log is for failures: ' +
        'logging every event would cost more than the saga.',
    });
  }

  /** Starts executions of the live version. */
  grantStart(starter: LambdaFunction): void {
    this.callers.add(starter);
    grant(starter, { actions: ['states:StartExecution'], on: this.aliasArn }, { SAGA_ARN: this.aliasArn });
  }

  /** Answers the tasks that wait with a token. */
  grantAnswer(answerer: LambdaFunction): void {
    this.callers.add(answerer);
    // Only forward steps are given up: the rest of a saga, which compensates, is never told that one has failed.
    const failing = this.#isRest ? [] : ['states:SendTaskFailure'];
    grant(answerer, { actions: ['states:SendTaskSuccess', ...failing], on: this.machineArn }, {});
  }

  /** Sees how executions stand, and starts others; the variable is that of the saga's id, such as `ORDER_SAGA_ARN`. */
  grantRestart(starter: LambdaFunction): void {
    grant(
      starter,
      { actions: ['states:StartExecution'], on: this.aliasArn },
      { [`${this.#variable}_ARN`]: this.aliasArn },
    );
    this.#grantOnExecutions(starter, 'states:DescribeExecution');
  }

  /** Looks at executions; what their ARNs begin with is in a variable such as `ORDER_SAGA_EXECUTIONS`. */
  grantLook(viewer: LambdaFunction, action: 'states:DescribeExecution' | 'states:GetExecutionHistory'): void {
    this.#grantOnExecutions(viewer, action);
    tell(viewer, { [`${this.#variable}_EXECUTIONS`]: this.#executions() });
  }

  get #variable(): string {
    return this.node.id.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  }

  /** The ARN of an execution, without its name. */
  #executions(): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: this.#machine.stateMachineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** How findings about a stack call the machine's name: in another stack, by what its own exports. */
  #calledIn(stack: Stack): string {
    const own = Stack.of(this);
    if (stack === own) return `<${own.getLogicalId(this.#machine.node.defaultChild as CfnElement)}.Name>`;
    const reference = own.resolve(own.exportValue(this.#machine.stateMachineName)) as { 'Fn::ImportValue': string };
    return reference['Fn::ImportValue'];
  }

  #grantOnExecutions(receiver: LambdaFunction, action: string): void {
    this.callers.add(receiver);
    grant(receiver, { actions: [action], on: `${this.#executions()}:*` }, {});
    const machine = this.#calledIn(Stack.of(receiver));
    Validations.of(receiver.role!).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${machine}:*]`,
      reason: 'Executions are named after orders: they are granted by the name of their state machine.',
    });
  }

  probe(name: string): Probe {
    const permission = { actions: ['states:DescribeStateMachine'], on: this.machineArn };
    return { name, kind: 'state-machine', target: this.machineArn, permission };
  }

  #publish(machine: StateMachine, definition: string, alarmName: string): CfnStateMachineAlias {
    const hash = createHash('sha256').update(definition).digest('hex').slice(0, 8);
    const version = new CfnStateMachineVersion(this, `Version${hash}`, {
      stateMachineArn: machine.stateMachineArn,
      // Publishes a version also when a function's ARN, the role or the logging changes, which the definition does not
      // show.
      stateMachineRevisionId: machine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return new CfnStateMachineAlias(this, 'Live', {
      name: LIVE,
      ...(environmentOf(this).rollout === 'canary'
        ? { deploymentPreference: gradually(version.ref, alarmName) }
        : { routingConfiguration: [{ stateMachineVersionArn: version.ref, weight: 100 }] }),
    });
  }

  /** Executions that compensated their order succeed: one that does not succeed needs an operator. */
  #watch(machine: StateMachine): Alarm {
    const period = Duration.minutes(1);
    return alarm(this, 'NotSucceeded', {
      metric: new MathExpression({
        // A sum has no data where one of its metrics has none, and each of these has data only when it happens.
        expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)',
        usingMetrics: {
          failed: machine.metricFailed({ period }),
          timedOut: machine.metricTimedOut({ period }),
          aborted: machine.metricAborted({ period }),
        },
        label: 'Sagas that did not come to an end',
        period,
      }),
      threshold: 1,
      severity: 'critical',
      description: 'A saga failed, timed out or was aborted: its order does not go on.',
      runbook: 'saga-not-succeeded',
    });
  }
}

/** @throws Error when the definition names a step that is not there */
function stepsIn(definition: string, steps: Readonly<Steps>): [state: string, step: WaybillFunction][] {
  const states = new Set([...definition.matchAll(/\$\{(\w+)FunctionArn\}/g)].map(([, state]) => state!));
  return [...states].map((state) => {
    const step = steps[state];
    if (!step) throw new Error(`No context has the step ${state} that a saga invokes.`);
    return [state, step];
  });
}
