import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias, CfnAlias, IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachineAlias } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, type IConstruct } from 'constructs';
import { environmentOf } from '../stages/environment.ts';

/** A tenth of all calls and executions goes to a new version first, for five minutes. */
const CANARY = { percentage: 10, minutes: 5, codeDeploy: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' };
/** What an alarm may be made of (AWS, "CloudWatch service quotas"). */
const MOST_METRICS = 10;

/** A function with the alias that callers call. */
export type Shifted = LambdaFunction & { readonly live: IFunction };

export interface RolloutProps {
  readonly functions: readonly Shifted[];
  /** Those that API Gateway calls: what they answer with is what they are judged by. */
  readonly answering: ReadonlySet<IConstruct>;
  /** Those that know sagas, and are made after them. */
  readonly callingSagas: ReadonlySet<IConstruct>;
}

/** The alarms on functions of a stack. */
interface Failures {
  /** On those that its sagas call, and on all others that know no saga. */
  readonly first: readonly CfnAlarm[];
  /** On those that know sagas: CloudFormation makes them after the sagas, these after their steps, and so these alarms after what the steps wait for. */
  readonly last: readonly CfnAlarm[];
}
const NONE: Failures = { first: [], last: [] };

/**
 * What shifts callers of functions to a new version, and back when an alarm goes off: an application of CodeDeploy with a group for each function. It is known by
 * names, which begin as the stacks do, so that it is there before the first function needs it. The alarms on functions are in the stacks of these, and there before
 * the first of their aliases is shifted. See docs/decisions/0147-an-update-goes-back-when-its-own-functions-fail.md.
 */
export class Rollout extends Construct {
  constructor(scope: Construct, id: string, { functions, answering, callingSagas }: RolloutProps) {
    super(scope, id);
    const application = new CfnApplication(this, 'Application', {
      applicationName: applicationOf(this),
      computePlatform: 'Lambda',
    });
    const role = this.#role();
    const apiFails = this.#apiFails();
    const judged = functions.filter((each) => !answering.has(each));
    const failures = new Map(
      [...Map.groupBy(judged, (each) => Stack.of(each))].map(([stack, those]): [Stack, Failures] => [
        stack,
        {
          first: alarmsOn(
            stack,
            'FunctionsFail',
            those.filter((each) => !callingSagas.has(each)),
          ),
          last: alarmsOn(
            stack,
            'SagaCallersFail',
            those.filter((each) => callingSagas.has(each)),
          ),
        },
      ]),
    );
    const sagas = this.node.root.node.findAll().filter((each) => each instanceof CfnStateMachineAlias);
    const ofSagas = (sagas[0] && failures.get(Stack.of(sagas[0]))) ?? NONE;
    for (const each of functions) {
      const own = failures.get(Stack.of(each)) ?? NONE;
      const name = each.node.id;
      const group = new CfnDeploymentGroup(this, name, {
        applicationName: application.ref,
        deploymentGroupName: name,
        serviceRoleArn: role.roleArn,
        deploymentConfigName: CANARY.codeDeploy,
        deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
        alarmConfiguration: {
          enabled: true,
          alarms: namesOf(apiFails, own, ofSagas).map((of) => ({ name: of })),
        },
        autoRollbackConfiguration: {
          enabled: true,
          events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        },
      });
      group.node.addDependency(role);
      for (const alarm of [...own.first, ...(callingSagas.has(each) ? own.last : [])]) {
        aliasOf(each).addResourceDependency(alarm);
      }
    }
    for (const saga of sagas) watchWith(saga, namesOf(apiFails, ofSagas), ofSagas.first);
  }

  /** As AWS's own policy AWSCodeDeployRoleForLambdaLimited, for the functions of this environment alone. */
  #role(): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    const functions = Stack.of(this).formatArn({
      service: 'lambda',
      resource: `function:${environmentOf(this).prefix}-*`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        resources: [functions],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'What alarms say is granted on all alarms or on none.',
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${environmentOf(this).prefix}-*]`,
      reason: 'All functions of this environment, which begin with its name, and no others.',
    });
    return role;
  }

  /** What callers get: of what is answered, as much fails as breaks the promise, and more than a few. */
  #apiFails(): CfnAlarm {
    const dimensions = [{ name: 'ApiName', value: applicationOf(this) }];
    const of = (id: string, stat: string): CfnAlarm.MetricDataQueryProperty => ({
      id,
      metricStat: { metric: { namespace: 'AWS/ApiGateway', metricName: '5XXError', dimensions }, stat, period: MINUTE },
      returnData: false,
    });
    return stopping(this, 'ApiFails', 'ApiFails', {
      metrics: [
        of('failed', 'Sum'),
        of('share', 'Average'),
        { id: 'broken', expression: `IF(failed >= ${A_FEW} AND share >= ${PROMISED_SHARE}, 1, 0)`, returnData: true },
      ],
      evaluationPeriods: 1,
      threshold: 1,
    });
  }
}

const MINUTE = Duration.minutes(1).toSeconds();
/** Answers with a 5xx. */
const A_FEW = 5;
/** What the objective `OrdersAccepted` leaves. */
const PROMISED_SHARE = 0.001;
/**
 * Of the calls of a function in a minute: a new version that always fails makes it a tenth. A partner that now and then does not answer makes it less.
 * Each invocation counts as 0 or 1, so that their average is the share (AWS, "Types of metrics for Lambda functions").
 */
const FAILING_SHARE = 0.03;
/** A single call that fails once in a quiet minute says nothing. */
const MINUTES = { bad: 2, of: 5 };

/** Alarms on functions of a stack, each on the worst of up to ten of them: CloudFormation takes back a stack as a whole. */
function alarmsOn(stack: Stack, name: string, functions: readonly Shifted[]): readonly CfnAlarm[] {
  const parts = Math.ceil(functions.length / MOST_METRICS);
  return Array.from({ length: parts }, (_, part) => {
    const those = functions.filter((_function, index) => index % parts === part);
    const metrics = those.map(
      ({ functionName }, index): CfnAlarm.MetricDataQueryProperty => ({
        id: `f${index}`,
        metricStat: {
          metric: {
            namespace: 'AWS/Lambda',
            metricName: 'Errors',
            dimensions: [{ name: 'FunctionName', value: functionName }],
          },
          stat: 'Average',
          period: MINUTE,
        },
        returnData: false,
      }),
    );
    const id = `${name}${part + 1}`;
    return stopping(stack, id, `${stack.stackName.split('-').at(-1)!}${id}`, {
      metrics: [...metrics, { id: 'worst', expression: 'MAX(METRICS())', returnData: true }],
      evaluationPeriods: MINUTES.of,
      datapointsToAlarm: MINUTES.bad,
      threshold: FAILING_SHARE,
    });
  });
}

type Judgement = Pick<CfnAlarmProps, 'metrics' | 'evaluationPeriods' | 'datapointsToAlarm' | 'threshold'>;

/** An alarm that stops a rollout, and calls nobody: what a person has to know has alarms of its own. */
const stopping = (scope: Construct, id: string, name: string, judgement: Judgement): CfnAlarm =>
  new CfnAlarm(scope, id, {
    // Not among those that operators see, which begin with the prefix and a hyphen.
    alarmName: `${applicationOf(scope)}Rollout-${name}`,
    alarmDescription: 'Takes back a new version that is being rolled out.',
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    ...judgement,
  });

const namesOf = (apiFails: CfnAlarm, ...failures: readonly Failures[]): string[] => [
  ...new Set(
    [apiFails, ...failures.flatMap(({ first, last }) => [...first, ...last])].map(({ alarmName }) => alarmName!),
  ),
];

const aliasOf = ({ live }: Shifted): CfnAlias => live.node.defaultChild as CfnAlias;

const applicationOf = (scope: Construct): string => environmentOf(scope).prefix;
/** Has CloudFormation shift callers of an alias to its next version through the group of this function. */
export function shiftGradually(alias: Alias, functionId: string): void {
  (alias.node.defaultChild as CfnAlias).cfnOptions.updatePolicy = {
    codeDeployLambdaAliasUpdate: { applicationName: applicationOf(alias), deploymentGroupName: functionId },
  };
}

/** The same for executions of a state machine, which Step Functions does by itself. @param alarmName of the machine's own alarm */
export const gradually = (
  stateMachineVersionArn: string,
  alarmName: string,
): CfnStateMachineAlias.DeploymentPreferenceProperty => ({
  stateMachineVersionArn,
  type: 'CANARY',
  percentage: CANARY.percentage,
  interval: CANARY.minutes,
  alarms: [alarmName],
});

/** A definition that gives its steps what they cannot use makes them fail. */
function watchWith(saga: CfnStateMachineAlias, names: readonly string[], alarms: readonly CfnAlarm[]): void {
  const preference = saga.deploymentPreference as CfnStateMachineAlias.DeploymentPreferenceProperty;
  saga.deploymentPreference = { ...preference, alarms: [...(preference.alarms ?? []), ...names] };
  for (const alarm of alarms) saga.addResourceDependency(alarm);
}
