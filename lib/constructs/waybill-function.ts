import { Aws, CfnCondition, type Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type CfnFunction,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE, METRICS_NAMESPACE_VARIABLE } from '../../functions/shared/edge/metrics.ts';
import { bundleWithBootstrap } from '../emulator/bundle-with-bootstrap.ts';
import { bringsItsOwnLoop, emulatorOf } from '../emulator/emulator-of.ts';
import { bundleDirOf, contextOf, type FunctionName } from '../functions.ts';
import { environmentOf, removalPolicyOf } from '../stages/environment.ts';
import { shiftGradually } from './rollout.ts';
import { settingsDigest } from './settings-digest.ts';

export interface WaybillFunctionProps {
  /** After this the invocation is ended. Keep it below the timeout of the caller that waits for the answer. */
  readonly timeout: Duration;
  /** Memory, and with it the share of a processor. @default 512 MB */
  readonly memoryMb?: number;
  /** Whether its log is a part of the audit trail, which is kept longer. @default false */
  readonly isAudited?: boolean;
}

/** Tells the values of all parameters apart; no function reads it. */
const SETTINGS_VARIABLE = 'SETTINGS_DIGEST';

/** What every caller of a function calls it by. */
export const LIVE = 'live';

/**
 * One Lambda function as all of ours run: the bundle of its source file, with a log group and a role of its own.
 * It may do nothing until a resource grants its use: each grant gives the permission and the name together. Each deployment that changes it publishes a
 * version, which stays when the next one arrives; callers call the alias `live`.
 * See docs/decisions/0136-callers-call-the-live-version.md.
 */
export class WaybillFunction extends LambdaFunction {
  /** The version that is live, for callers: the function itself is what was deployed last. */
  readonly live: IFunction;

  constructor(scope: Construct, name: FunctionName, props: WaybillFunctionProps) {
    const id = idOf(name);
    const { logRetention, auditRetention } = environmentOf(scope);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.isAudited ? auditRetention : logRetention,
      // Who asked for what is to be known also when the function is gone.
      removalPolicy: props.isAudited ? removalPolicyOf(scope) : RemovalPolicy.DESTROY,
    });
    // CDK's default role may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const settings = settingsDigest(scope);
    super(scope, id, {
      description: name,
      ...(bringsItsOwnLoop(scope) ? asCustomRuntime(name) : onLambdasNode(name)),
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      timeout: props.timeout,
      memorySize: props.memoryMb ?? 512,
      role,
      logGroup,
      // Lambda's own format has a level of its own, which would win over that of the configuration. Our lines are JSON anyway.
      loggingFormat: LoggingFormat.TEXT,
      // Spans are in the lines of the log: X-Ray would cut the trace of an order at the outbox, and keep one in twenty.
      // See docs/decisions/0127-the-trace-of-an-order-has-its-id.md.
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: contextOf(name),
        ...ownNamespace(environmentOf(scope).metricsNamespace),
        [SETTINGS_VARIABLE]: settings,
      },
      // A version is frozen with the values of the deployment's parameters: other values make another one.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN, description: settings },
    });
    this.live = emulatorOf(scope) === undefined ? (this.#publish() as IFunction) : this;
  }

  #publish(): Alias {
    const alias = new Alias(this, 'Live', { aliasName: LIVE, version: this.currentVersion as IVersion });
    if (environmentOf(this).rollout === 'canary') shiftGradually(alias, this.node.id);
    return alias;
  }
}

/** The one without a name is that of functions without this variable. */
const ownNamespace = (namespace: string): Readonly<Record<string, string>> =>
  namespace === METRICS_NAMESPACE ? {} : { [METRICS_NAMESPACE_VARIABLE]: namespace };

const onLambdasNode = (name: FunctionName) => ({
  runtime: Runtime.NODEJS_24_X,
  code: Code.fromAsset(bundleDirOf(name)),
});

const asCustomRuntime = (name: FunctionName) => ({
  runtime: Runtime.PROVIDED_AL2023,
  code: Code.fromAsset(bundleWithBootstrap(name)),
});

/**
 * Keeps a part of the account's concurrency for a function: others cannot take it away, and the function gets no more.
 * @param executions a parameter of the deployment; 0: none is reserved
 */
export function reserveConcurrency(of: LambdaFunction, executions: string): void {
  const reserves = new CfnCondition(of, 'ReservesConcurrency', {
    expression: Fn.conditionNot(Fn.conditionEquals(executions, '0')),
  });
  const resource = of.node.defaultChild as CfnFunction;
  resource.addPropertyOverride(
    'ReservedConcurrentExecutions',
    Fn.conditionIf(reserves.logicalId, executions, Aws.NO_VALUE),
  );
}

/** `orders/create-order` is `CreateOrder`, which is also what a state of a saga that invokes it is called. */
const idOf = (name: FunctionName): string =>
  name
    .slice(name.indexOf('/') + 1)
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
